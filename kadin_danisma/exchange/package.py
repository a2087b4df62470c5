"""A workbook's parts out of its ZIP file: bounded, checked, and nothing trusted that it claims."""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kadin_danisma.domain.text import has_direction_controls
from kadin_danisma.exchange import markup
from kadin_danisma.exchange.budget import MOST_BYTES, MOST_PACKED, Budget
from kadin_danisma.exchange.refusal import Unfit, UnfitFileError

_CHUNK = 1 << 16
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED_FLAG = 0x1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
#: How an OpenDocument says what it is, packed and as a single XML.
_KIND = "mimetype"
_OPEN = b"application/vnd.oasis.opendocument."
_FLAT = b"office:document"
#: The list of parts is read in one go; workbooks have some dozens, of some hundred bytes each.
_LARGEST_READ = 1 << 20
#: What is kept of a relation and of a content type beside its texts.
_ARROW_HOLDS = 400
_TYPE_HOLDS = 200
_DRIVE = re.compile(r"[A-Za-z]:")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
#: Everything zipfile and zlib raise on bytes that are not what they claim to be.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    IndexError,
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part to another part, or to the world outside."""

    id: str
    #: The last word of its type: ``worksheet``, ``hyperlink``, the same in both dialects.
    kind: str
    target: str
    external: bool


class Package:
    """The parts of a workbook by name; names are compared without regard to case.

    Args:
        names: The names of all parts.
        parts: The contents of those that are XML.
        budget: What may still be kept of them.
    """

    def __init__(self, names: tuple[str, ...], parts: dict[str, bytearray], budget: Budget) -> None:
        self.names = names
        self.budget = budget
        self._parts = {name.lower(): data for name, data in parts.items()}
        self._types: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        types = self.part("[Content_Types].xml") or bytearray(b"<Types/>")
        for name, attributes in markup.elements(types, "Override", "Default"):
            kind = attributes.get("ContentType", "").lower()
            budget.hold(_TYPE_HOLDS + sum(map(len, attributes.values())))
            if name == "Override":
                self._types[attributes.get("PartName", "").lstrip("/").lower()] = kind
            else:
                self._defaults[attributes.get("Extension", "").lower()] = kind

    def part(self, name: str) -> bytearray | None:
        """Return the content of an XML part, or None where there is none of this name."""
        found = self._parts.get(name.lower())
        return self._parts.get(_plain(name).lower()) if found is None else found

    def content_type(self, name: str) -> str:
        """Return the declared type of a part in small letters, or an empty text."""
        name = name.lower()
        return self._types.get(name) or self._defaults.get(name.rpartition(".")[2], "")

    def relationships(self, name: str) -> Iterator[Relationship]:
        """Yield the arrows that leave a part (the package itself is the empty name)."""
        folder, base = posixpath.split(name)
        data = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        for relationship in _relationships(data, folder) if data else ():
            self.budget.hold(_ARROW_HOLDS + len(relationship.id) + len(relationship.target))
            yield relationship

    def all_relationships(self) -> Iterator[Relationship]:
        """Yield the arrows of all parts; none of them is kept."""
        for name, data in self._parts.items():
            if name.endswith(".rels"):
                yield from _relationships(data, "")


class _Measured:
    """A file of which only so much can be read in one go, whatever it says of itself.

    ``zipfile`` reads the whole list of parts at once and makes an object of each.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Read as any file does."""
        found = self._file.read(size if 0 <= size <= _LARGEST_READ else _LARGEST_READ + 1)
        if len(found) > _LARGEST_READ:
            raise UnfitFileError(Unfit.TOO_MUCH)
        return found


def unpack(file: BinaryIO, budget: Budget) -> Package:
    """Read the parts of a file, once and within bounds.

    Args:
        file: The file, at its beginning.
        budget: What it may cost.

    Raises:
        UnfitFileError: The file is no ZIP, encrypted, damaged, too large, or has odd part names or
            XML with document types.
    """
    try:
        size = file.seek(0, 2)
        file.seek(0)
        _check_signature(file)
        if size > MOST_PACKED:
            raise UnfitFileError(Unfit.TOO_LARGE)
        return _unpack(file, size, budget)
    except OSError as error:
        # zipfile seeks to where a broken directory points, which the system refuses.
        raise markup.damaged() from error


def is_odd_name(name: str) -> bool:
    """Tell whether a part's name could leave its folder or stand for another part."""
    plain = _plain(name)
    if _CONTROL.search(plain) or has_direction_controls(plain):
        return True
    if "\\" in plain or _DRIVE.match(plain):
        return True
    segments = plain.removesuffix("/").split("/")
    return any(not segment.strip(". ") for segment in segments)


def _plain(name: str) -> str:
    """Return a part's name without the per cent signs of addresses."""
    return _PERCENT.sub(lambda match: chr(int(match[1], 16)), name)


def _check_signature(file: BinaryIO) -> None:
    start = file.read(len(_OLE))
    if start == _OLE:
        raise UnfitFileError(Unfit.ENCRYPTED if _is_encrypted(file) else Unfit.OLD)
    if start.startswith(b"<?xml") and _FLAT in start + file.read(_CHUNK):
        raise UnfitFileError(Unfit.OPEN_DOCUMENT)
    if not start.startswith(b"PK"):
        raise UnfitFileError(Unfit.OTHER)
    file.seek(0)


def _is_encrypted(file: BinaryIO) -> bool:
    """Tell whether a file of the old form holds an encrypted one, in its first 50 million bytes."""
    kept = b""
    for _piece in range(MOST_BYTES // _CHUNK):
        piece = file.read(_CHUNK)
        if _ENCRYPTED_STREAM in kept + piece:
            return True
        if not piece:
            break
        kept = piece[-len(_ENCRYPTED_STREAM) :]
    return False


def _unpack(file: BinaryIO, size: int, budget: Budget) -> Package:
    try:
        with zipfile.ZipFile(_Measured(file)) as archive:
            _check_directory(archive.infolist(), size)
            _refuse_open_document(archive)
            parts = {
                entry.orig_filename: content
                for entry in archive.infolist()
                if (content := _xml_of(archive, entry, budget)) is not None
            }
            names = tuple(entry.orig_filename for entry in archive.infolist())
    except _ZIP_FAULTS as error:
        raise markup.damaged() from error
    return Package(names, parts, budget)


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise UnfitFileError(Unfit.ENCRYPTED)
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise UnfitFileError(Unfit.OTHER)
    if sum(entry.compress_size for entry in entries) > size:
        # Parts that lie over one another are read again for each, also where they hold nothing.
        raise UnfitFileError(Unfit.TOO_MUCH)
    # orig_filename, because zipfile cuts names at a zero and turns backslashes on Windows.
    names = [entry.orig_filename for entry in entries]
    folded = {_plain(name).lower() for name in names}
    if len(folded) != len(names) or any(is_odd_name(name) for name in names):
        raise UnfitFileError(Unfit.ODD_NAMES)


def _refuse_open_document(archive: zipfile.ZipFile) -> None:
    """Tell an ODS as what it is, before anything in it is looked at as a workbook of ours."""
    for entry in archive.infolist():
        if entry.orig_filename == _KIND:
            with archive.open(entry) as stream:
                if stream.read(len(_OPEN)) == _OPEN:
                    raise UnfitFileError(Unfit.OPEN_DOCUMENT)


def _xml_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytearray | None:
    """Return the content of a part that is XML; of any other nothing is kept."""
    content = bytearray()
    with archive.open(entry) as stream:
        # Counted while it streams: the sizes in the headers are only claims.
        while chunk := stream.read(_CHUNK):
            budget.unpack(len(chunk))
            content += chunk
    return content if _is_xml(entry.orig_filename, content, budget) else None


def _is_xml(name: str, data: bytearray, budget: Budget) -> bool:
    """Tell whether a part is XML, and refuse what no XML of a workbook may hold."""
    must_be = name.lower().endswith((".xml", ".rels"))
    # Leading marks of byte order and the zeros of UTF-16 hide the first bracket.
    start = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not must_be and not start.startswith(b"<"):
        return False
    budget.mark(data.count(b"<"))
    well_formed = markup.is_well_formed(data)
    # Old drawings (VML) and foreign enclosures need not be well-formed; nobody reads them.
    if must_be and not well_formed:
        raise markup.damaged()
    return well_formed


def _relationships(data: bytearray, folder: str) -> Iterator[Relationship]:
    for _name, attributes in markup.elements(data, "Relationship"):
        target = attributes.get("Target", "")
        inside = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        external = attributes.get("TargetMode", "").lower() == "external"
        yield Relationship(
            id=attributes.get("Id", ""),
            kind=attributes.get("Type", "").rpartition("/")[2].lower(),
            target=target if external else posixpath.normpath(inside),
            external=external,
        )
