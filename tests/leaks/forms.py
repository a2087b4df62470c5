"""The forms in which a text could stand in a file, as bytes to look for."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass

#: So many letters are enough to know a text again, and few enough to find it cut in two.
PIECE = 8
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a text.

    Args:
        name: What it is called in a finding.
        content: The bytes to look for.
    """

    name: str
    content: bytes


def forms(text: str) -> tuple[Form, ...]:
    """Return every form of an ASCII text without i; case and Turkish letters do not hide it."""
    found: dict[bytes, str] = {}
    for spelling in dict.fromkeys((text.lower(), text.upper(), text.capitalize())):
        for name, content in _of(spelling):
            found.setdefault(content, name)
    return tuple(Form(name, content) for content, name in found.items())


def secret_forms(secret: bytes) -> tuple[Form, ...]:
    """Return the forms of a key."""
    return (
        Form("bytes", secret),
        Form("hex", secret.hex().encode()),
        Form("HEX", secret.hex().upper().encode()),
        *(Form("base64", piece) for piece in _base64(secret)),
    )


def _of(text: str) -> Iterator[tuple[str, bytes]]:
    # Part of a number comes about by chance, in a table of places of a PDF for one.
    pieces = (text[:PIECE], text[-PIECE:]) if text.isalpha() else (text,)
    for piece in dict.fromkeys(pieces):
        yield "utf-8", piece.encode()
        yield "utf-8 reversed", piece[::-1].encode()
        for encoding in _WIDE:
            # Without the zero at the end, so that both byte orders and any alignment are found.
            yield encoding, piece.encode(encoding).strip(b"\0")
            yield f"{encoding} reversed", piece[::-1].encode(encoding).strip(b"\0")
    for encoding in ("utf-8", *_WIDE):
        whole = text.encode(encoding)
        yield f"hex of {encoding}", whole.hex().encode()
        yield f"HEX of {encoding}", whole.hex().upper().encode()
        for piece_of_it in _base64(whole):
            yield f"base64 of {encoding}", piece_of_it
    yield "percent-encoded", "".join(f"%{ord(sign):02X}" for sign in text).encode()
    yield "percent-encoded", "".join(f"%{ord(sign):02x}" for sign in text).encode()
    yield "json", "".join(f"\\u{ord(sign):04x}" for sign in text).encode()
    yield "xml", "".join(f"&#{ord(sign)};" for sign in text).encode()
    yield "xml", "".join(f"&#x{ord(sign):x};" for sign in text).encode()
    yield "octal", "".join(f"\\{ord(sign):03o}" for sign in text).encode()


def _base64(content: bytes) -> Iterator[bytes]:
    """Yield what of the base64 stays the same whatever stands before and behind."""
    for before in range(3):
        start = (3 - before) % 3
        whole = content[start : start + (len(content) - start) // 3 * 3]
        yield base64.b64encode(whole)
