"""The colour profile that says which colours a page means: sRGB, made here from its numbers.

So no file with a licence of its own is shipped (docs/decisions/0027).
"""

import struct

NAME = "sRGB IEC61966-2.1"
#: White and primaries of sRGB as a profile sees them, in D50, and how they came there (ICC.1).
_WHITE = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.4361, 0.2225, 0.0139),
    b"gXYZ": (0.3851, 0.7169, 0.0971),
    b"bXYZ": (0.1431, 0.0606, 0.7139),
}
_ADAPTATION = (1.0479, 0.0229, -0.0502, 0.0296, 0.9904, -0.0171, -0.0092, 0.0151, 0.7517)
#: The curve of sRGB: ((x + 0.055) / 1.055) ** 2.4, and x / 12.92 below 0.04045.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def profile() -> bytes:
    """Return a colour profile of sRGB (ICC.1:2010, version 4: matrix and curve), made here."""
    curve = struct.pack(">4sIHH", b"para", 0, 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _text(NAME),
        b"cprt": _text("No rights reserved"),
        b"wtpt": _xyz(_WHITE),
        b"chad": struct.pack(">4sI", b"sf32", 0) + _fixed(*_ADAPTATION),
        **{name: _xyz(colour) for name, colour in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = start + len(body)
    # Size, no maker, version 4.3, a display of RGB, meant for XYZ; a fixed day; "acsp"; perceptual.
    head = struct.pack(">I4x4s4s4s4s", size, b"\x04\x30\0\0", b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s28x", 2000, 1, 1, 0, 0, 0, b"acsp") + _fixed(*_WHITE)
    return head.ljust(128, b"\0") + table + body


def _fixed(*numbers: float) -> bytes:
    """Return numbers as 16.16 fixed point."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _xyz(colour: tuple[float, ...]) -> bytes:
    return struct.pack(">4sI", b"XYZ ", 0) + _fixed(*colour)


def _text(words: str) -> bytes:
    """Return a text in one language, as a profile writes it."""
    letters = words.encode("utf-16-be")
    return struct.pack(">4s3I2s2s2I", b"mluc", 0, 1, 12, b"en", b"US", len(letters), 28) + letters
