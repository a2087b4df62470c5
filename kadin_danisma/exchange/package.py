"""A workbook's parts out of its ZIP file: bounded, checked, and nothing trusted that it claims."""

import errno
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kadin_danisma.domain.text import has_direction_controls
from kadin_danisma.exchange import markup
from kadin_danisma.exchange.refusal import UnfitFileError
from kadin_danisma.i18n import _

#: contract.md section 2: larger than this unpacked is refused.
MOST_BYTES = 50_000_000
_CHUNK = 1 << 16
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED_FLAG = 0x1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
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
    """

    def __init__(self, names: tuple[str, ...], parts: dict[str, bytes]) -> None:
        self.names = names
        self._parts = {name.lower(): data for name, data in parts.items()}
        self._types: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        for name, attributes in markup.elements(self.part("[Content_Types].xml") or b"<Types/>"):
            kind = attributes.get("ContentType", "").lower()
            if name == "Override":
                self._types[attributes.get("PartName", "").lstrip("/").lower()] = kind
            elif name == "Default":
                self._defaults[attributes.get("Extension", "").lower()] = kind

    def part(self, name: str) -> bytes | None:
        """Return the content of an XML part, or None where there is none of this name."""
        found = self._parts.get(name.lower())
        return self._parts.get(_plain(name).lower()) if found is None else found

    def content_type(self, name: str) -> str:
        """Return the declared type of a part in small letters, or an empty text."""
        name = name.lower()
        return self._types.get(name) or self._defaults.get(name.rpartition(".")[2], "")

    def relationships(self, name: str) -> list[Relationship]:
        """Return the arrows that leave a part (the package itself is the empty name)."""
        folder, base = posixpath.split(name)
        data = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        return _relationships(data, folder) if data else []

    def all_relationships(self) -> list[Relationship]:
        """Return the arrows of all parts."""
        return [
            relationship
            for name, data in self._parts.items()
            if name.endswith(".rels")
            for relationship in _relationships(data, "")
        ]


def unpack(path: Path) -> Package:
    """Read the parts of a file, once and within bounds.

    Raises:
        UnfitFileError: The file is missing, no ZIP, encrypted, damaged, too large, or has odd
            part names or XML with document types.
    """
    try:
        with path.open("rb") as file:
            _check_signature(file)
            return _unpack(file)
    except FileNotFoundError:
        raise UnfitFileError(_("The file was not found.")) from None
    except OSError as error:
        if error.errno == errno.EINVAL:
            # zipfile seeks to where a broken directory points, which the system refuses.
            raise markup.damaged() from error
        raise UnfitFileError(_("The file could not be read.")) from error


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


def _check_signature(file: IO[bytes]) -> None:
    start = file.read(len(_OLE))
    if start == _OLE:
        if _ENCRYPTED_STREAM in start + file.read(MOST_BYTES):
            raise _encrypted()
        raise UnfitFileError(
            _("This is a workbook of the old form (XLS). Please save it as XLSX and try again.")
        )
    if not start.startswith(b"PK"):
        raise UnfitFileError(_("This is not an XLSX workbook."))
    file.seek(0)


def _unpack(file: IO[bytes]) -> Package:
    try:
        with zipfile.ZipFile(file) as archive:
            _check_directory(archive.infolist())
            parts = _read_parts(archive)
            names = tuple(entry.orig_filename for entry in archive.infolist())
    except _ZIP_FAULTS as error:
        raise markup.damaged() from error
    return Package(names, {name: data for name, data in parts.items() if _is_xml(name, data)})


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise _encrypted()
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise UnfitFileError(_("This is not an XLSX workbook."))
    # orig_filename, because zipfile cuts names at a zero and turns backslashes on Windows.
    names = [entry.orig_filename for entry in entries]
    folded = {_plain(name).lower() for name in names}
    if len(folded) != len(names) or any(is_odd_name(name) for name in names):
        raise UnfitFileError(_("The workbook holds parts with odd or repeated names."))


def _read_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in archive.infolist():
        content = bytearray()
        with archive.open(entry) as stream:
            # Counted while it streams: the sizes in the headers are only claims.
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise UnfitFileError(
                        _("The workbook is larger than 50,000,000 bytes unpacked.")
                    )
                content += chunk
        parts[entry.orig_filename] = bytes(content)
    return parts


def _is_xml(name: str, data: bytes) -> bool:
    """Tell whether a part is XML, and refuse what no XML of a workbook may hold."""
    must_be = name.lower().endswith((".xml", ".rels"))
    # Leading marks of byte order and the zeros of UTF-16 hide the first bracket.
    start = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not must_be and not start.startswith(b"<"):
        return False
    well_formed = markup.is_well_formed(data)
    # Old drawings (VML) and foreign enclosures need not be well-formed; nobody reads them.
    if must_be and not well_formed:
        raise markup.damaged()
    return well_formed


def _relationships(data: bytes, folder: str) -> list[Relationship]:
    found = []
    for name, attributes in markup.elements(data):
        if name == "Relationship":
            target = attributes.get("Target", "")
            inside = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            external = attributes.get("TargetMode", "").lower() == "external"
            found.append(
                Relationship(
                    id=attributes.get("Id", ""),
                    kind=attributes.get("Type", "").rpartition("/")[2].lower(),
                    target=target if external else posixpath.normpath(inside),
                    external=external,
                )
            )
    return found


def _encrypted() -> UnfitFileError:
    return UnfitFileError(
        _("The workbook is encrypted. Please save it without a password and try again.")
    )
