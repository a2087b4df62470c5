"""The seals of a vault's pages, checked without its key: what looking after a vault takes.

SQLCipher 4 ends each page with a random IV and an HMAC-SHA512 over the rest and the number of the
page. The key of that HMAC follows from the vault key and the beginning of the file, and decrypts
nothing (``keys.page_seal_key``; docs/decisions/0017).
"""

import hashlib
import hmac
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from kadin_danisma.foreign import open_regular
from kadin_danisma.progress import Progress
from kadin_danisma.store.connection import PAGE_BYTES, SALT_BYTES
from kadin_danisma.store.files import beside

_HMAC_BYTES = 64
#: The log that a crash leaves: a header, then frames of a header and a page each.
_LOG_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_SIGN_FROM, _SIGN_TO = 8, 16
_PAGES_BETWEEN_WORDS = 500
_TRIED = 16


def broken_pages(vault: Path, seal_key: bytes, progress: Progress | None = None) -> list[int]:
    """Return the numbers of the pages whose seal does not match, with what a crash left.

    A page that the log holds whole may be half written in the file, and is healed by the log.

    Args:
        vault: The file; nobody may have it open.
        seal_key: The key of its page seals.
        progress: Told (pages done, pages in all); cancels by raising.
    """
    healed = set(_whole_pages_of_log(beside(vault, "-wal"), seal_key))
    with BufferedReader(open_regular(vault)) as file:
        total = -(-vault.stat().st_size // PAGE_BYTES)
        broken = []
        for number, page in enumerate(_chunks(file, PAGE_BYTES), start=1):
            if number not in healed and not _is_sealed(page, number, seal_key):
                broken.append(number)
            if progress and (number % _PAGES_BETWEEN_WORDS == 0 or number == total):
                progress(number, total)
    return broken


def fits(vault: Path, seal_key: bytes) -> bool:
    """Tell whether a key seals the pages of a file, by the first few; some may be damaged."""
    with BufferedReader(open_regular(vault)) as file:
        first = [file.read(PAGE_BYTES) for _number in range(_TRIED)]
    return any(_is_sealed(page, number, seal_key) for number, page in enumerate(first, start=1))


def _is_sealed(page: bytes, number: int, seal_key: bytes) -> bool:
    # The first page begins with the salt of the file, which is in its place before any key is.
    start = SALT_BYTES if number == 1 else 0
    if len(page) != PAGE_BYTES:
        return False
    said = page[start:-_HMAC_BYTES] + number.to_bytes(4, "little")
    made = hmac.new(seal_key, said, hashlib.sha512).digest()
    return hmac.compare_digest(made, page[-_HMAC_BYTES:])


def _whole_pages_of_log(log: Path, seal_key: bytes) -> Iterator[int]:
    """Yield the numbers of the pages that the present round of a log holds whole."""
    if not log.is_file():
        return
    with BufferedReader(open_regular(log)) as file:
        header = file.read(_LOG_HEADER_BYTES)
        sign = header[2 * _SIGN_FROM : 2 * _SIGN_FROM + _SIGN_TO - _SIGN_FROM]
        for frame in _chunks(file, _FRAME_HEADER_BYTES + PAGE_BYTES):
            if frame[_SIGN_FROM:_SIGN_TO] != sign:
                return
            number = int.from_bytes(frame[:4], "big")
            if _is_sealed(frame[_FRAME_HEADER_BYTES:], number, seal_key):
                yield number


def _chunks(file: BinaryIO, length: int) -> Iterator[bytes]:
    while chunk := file.read(length):
        yield chunk
