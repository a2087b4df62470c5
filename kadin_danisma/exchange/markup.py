"""XML read with expat alone, so that no document type or entity passes in any encoding.

Expat sees a document type as a document type whether it is written in UTF-8 or UTF-16; a search
of the bytes would not. Without a document type there are no entities to expand. Every part goes
through ``is_well_formed`` first, which bounds what expat itself would keep: depth, names, and
single tags and comments, which it would read again from their start with every piece.
"""

from collections.abc import Iterator
from xml.parsers import expat

from kadin_danisma.exchange.refusal import Unfit, UnfitFileError

_CHUNK = 1 << 16
#: Unknown encodings arrive as LookupError or ValueError, depending on their kind.
_FAULTS = (expat.ExpatError, LookupError, ValueError)
#: Far more than any workbook has.
MOST_DEPTH = 200
MOST_NAMES = 20_000
LONGEST_TAG = 1_000_000

Attributes = dict[str, str]


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses every document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    return parser


def feed(parser: expat.XMLParserType, data: bytes | bytearray) -> Iterator[int]:
    """Parse a part piece by piece and yield how many bytes are done.

    Raises:
        UnfitFileError: The part is not well-formed or declares a document type.
    """
    yield from _pieces(parser, data)


def is_well_formed(data: bytes | bytearray) -> bool:
    """Tell whether a part is well-formed XML.

    Raises:
        UnfitFileError: It declares a document type, or is built so that reading it would cost.
    """
    parser, depth = new_parser(), _Depth()
    # A list in place of a dictionary: nobody reads it.
    parser.ordered_attributes = True
    parser.StartElementHandler = depth.enter
    parser.EndElementHandler = depth.leave
    try:
        for done in _raw_pieces(parser, data):
            _check_kept(parser, done)
    except _FAULTS:
        return False
    return True


def elements(data: bytes | bytearray, *names: str) -> Iterator[tuple[str, Attributes]]:
    """Yield the local names and attributes of a part's elements of some names, in their order.

    Attributes keep their prefixes (``r:id``): only their local part is stable across writers.

    Args:
        data: The part.
        names: The local names of the elements that are wanted.
    """
    found: list[tuple[str, Attributes]] = []
    wanted = frozenset(names)

    def start(name: str, attributes: Attributes) -> None:
        if (plain := local(name)) in wanted:
            found.append((plain, attributes))

    parser = new_parser()
    parser.StartElementHandler = start
    for _done in _pieces(parser, data):
        yield from found
        found.clear()


def local(name: str) -> str:
    """Return a name without its prefix (``x:row`` -> ``row``)."""
    return name.rpartition(":")[2]


def whole(text: str | None, otherwise: int) -> int:
    """Return a whole number out of an attribute; anything else is as good as left out."""
    if text and len(text) < 10 and text.isascii() and text.isdigit():
        return int(text)
    return otherwise


def damaged() -> UnfitFileError:
    """Return the refusal of a file whose inside is broken."""
    return UnfitFileError(Unfit.DAMAGED)


class _Depth:
    """Counts elements within elements.

    It does not know its parser: in a circle nobody would let go of either, and there may be twenty
    thousand parts (``decoder.py`` collects no garbage).
    """

    def __init__(self) -> None:
        self._depth = 0

    def enter(self, _name: str, _attributes: object) -> None:
        """Begin an element; refuse too many within one another."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise UnfitFileError(Unfit.TOO_MUCH)

    def leave(self, _name: str) -> None:
        """End an element."""
        self._depth -= 1


def _check_kept(parser: expat.XMLParserType, done: int) -> None:
    """Refuse too many names, and a tag or comment that does not end."""
    unread = done - max(0, parser.CurrentByteIndex)
    if unread > LONGEST_TAG or len(parser.intern) > MOST_NAMES:
        raise UnfitFileError(Unfit.TOO_MUCH)


def _pieces(parser: expat.XMLParserType, data: bytes | bytearray) -> Iterator[int]:
    try:
        yield from _raw_pieces(parser, data)
    except _FAULTS as error:
        raise damaged() from error


def _raw_pieces(parser: expat.XMLParserType, data: bytes | bytearray) -> Iterator[int]:
    with memoryview(data) as view:
        for start in range(0, len(view), _CHUNK):
            parser.Parse(view[start : start + _CHUNK], False)  # noqa: FBT003 (no keywords)
            yield min(start + _CHUNK, len(view))
        parser.Parse(b"", True)  # noqa: FBT003
        yield len(view)


def _refuse_document_type(*_arguments: object) -> None:
    raise UnfitFileError(Unfit.ENTITIES)
