"""Everything that a file may hold inside: streams, members of archives, pages of paper."""

import base64
import binascii
import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import pypdfium2

#: The first bytes of a zlib stream (window of 32 KB, any level) and of a gzip stream.
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
#: What stands before a raw deflate stream in an archive whose directory was lost.
_MEMBER = re.compile(rb"PK\x03\x04.{26}", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\s*endstream", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{16,})>")
_PDF_TEXT = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)", re.DOTALL)
_DEEPEST = 6
#: More than any file of a test unpacks to; a stream that is none gives up much sooner.
_MOST = 64 << 20


def views(content: bytes, where: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield the content itself and everything packed in it, each with the way to it.

    Args:
        content: The bytes of a file.
        where: The way so far.
        depth: How deep it lies.
    """
    yield where, content
    if depth < _DEEPEST:
        for name, inside in _inside(content):
            yield from views(inside, f"{where}>{name}", depth + 1)


def _inside(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield from _members(content)
    for match in _PACKED.finditer(content):
        kind = zlib.MAX_WBITS | 32
        if unpacked := _unpacked(content[match.start() :], kind):
            yield f"zlib@{match.start()}", unpacked
    for match in _MEMBER.finditer(content):
        names = int.from_bytes(content[match.start() + 26 : match.start() + 28], "little")
        names += int.from_bytes(content[match.start() + 28 : match.start() + 30], "little")
        if unpacked := _unpacked(content[match.end() + names :], -zlib.MAX_WBITS):
            yield f"deflate@{match.start()}", unpacked
    for match in _STREAM.finditer(content):
        with contextlib.suppress(ValueError):
            yield f"ascii85@{match.start()}", base64.a85decode(match[1].removesuffix(b"~>"))
    for match in _HEX.finditer(content):
        with contextlib.suppress(binascii.Error):
            yield f"hex@{match.start()}", binascii.unhexlify(b"".join(match[1].split()))
    if content.startswith(b"%PDF"):
        yield "text", _text(content).encode()
    if b" Tj" in content or b" TJ" in content or content.startswith(b"%PDF"):
        strings = [_ESCAPE.sub(_unescaped, match[1]) for match in _PDF_TEXT.finditer(content)]
        yield "strings", b"".join(strings)


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    if not content.startswith(b"PK"):
        return
    with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield "names", "\n".join(archive.namelist()).encode()
        for name in archive.namelist():
            yield name, archive.read(name)


def _unpacked(content: bytes, kind: int) -> bytes:
    """Return what a stream gives, as far as it is one."""
    try:
        return zlib.decompressobj(kind).decompress(content, _MOST)
    except zlib.error:
        return _as_far_as_it_goes(content, kind)


def _as_far_as_it_goes(content: bytes, kind: int) -> bytes:
    """Return the beginning of a torn stream, fed a little at a time."""
    stream, given = zlib.decompressobj(kind), b""
    with contextlib.suppress(zlib.error):
        for start in range(0, min(len(content), 1 << 16), 64):
            given += stream.decompress(content[start : start + 64])
    return given


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    if sign[0] in b"01234567":
        return bytes([int(sign, 8) & 0xFF])
    return b"" if sign in {b"\n", b"\r", b"\r\n"} else sign


def _text(content: bytes) -> str:
    """Return the text a reader of the PDF sees, its document information included."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return ""
    with document:
        pages = [page.get_textpage().get_text_range() for page in document]
        return "\n".join([*pages, *document.get_metadata_dict().values()])
