"""XML read with expat alone, so that no document type or entity passes in any encoding.

Expat sees a document type as a document type whether it is written in UTF-8 or UTF-16; a search
of the bytes would not. Without a document type there are no entities to expand.
"""

from collections.abc import Iterator
from xml.parsers import expat

from kadin_danisma.exchange.refusal import UnfitFileError
from kadin_danisma.i18n import _

_CHUNK = 1 << 16
#: Unknown encodings arrive as LookupError or ValueError, depending on their kind.
_FAULTS = (expat.ExpatError, LookupError, ValueError)


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses every document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    return parser


def feed(parser: expat.XMLParserType, data: bytes) -> Iterator[int]:
    """Parse a part piece by piece and yield how many bytes are done.

    Raises:
        UnfitFileError: The part is not well-formed or declares a document type.
    """
    for start in range(0, len(data), _CHUNK):
        _parse(parser, data[start : start + _CHUNK], final=False)
        yield min(start + _CHUNK, len(data))
    _parse(parser, b"", final=True)
    yield len(data)


def is_well_formed(data: bytes) -> bool:
    """Tell whether a part is well-formed XML.

    Raises:
        UnfitFileError: It declares a document type.
    """
    try:
        new_parser().Parse(data, True)  # noqa: FBT003 (expat takes no keywords)
    except _FAULTS:
        return False
    return True


def elements(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the local names and attributes of a part's elements in their order.

    Attributes keep their prefixes (``r:id``): only their local part is stable across writers.
    """
    found: list[tuple[str, dict[str, str]]] = []
    parser = new_parser()
    parser.StartElementHandler = lambda name, attributes: found.append((local(name), attributes))
    _parse(parser, data, final=True)
    return found


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
    return UnfitFileError(_("The workbook is damaged. Please save it again and try once more."))


def _parse(parser: expat.XMLParserType, data: bytes, *, final: bool) -> None:
    try:
        parser.Parse(data, final)
    except _FAULTS as error:
        raise damaged() from error


def _refuse_document_type(*_arguments: object) -> None:
    raise UnfitFileError(
        _("The workbook holds XML entities or document types, which no workbook needs.")
    )
