"""Where the queues of a Linux desktop lead to: Qt does not tell, the library it prints by does.

One of the few files that call a library of the system directly (tests/house.py, ``HARDENING``). It
asks what ``lpstat -v`` would say, without running a program.
"""

import ctypes


class _Option(ctypes.Structure):
    """``cups_option_t``."""

    _fields_ = (("name", ctypes.c_char_p), ("value", ctypes.c_char_p))


class _Queue(ctypes.Structure):
    """``cups_dest_t``."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("instance", ctypes.c_char_p),
        ("is_default", ctypes.c_int),
        ("count", ctypes.c_int),
        ("options", ctypes.POINTER(_Option)),
    )


def devices(library: str = "libcups.so.2") -> dict[str, str]:
    """Return the device behind each queue, empty where it is not told.

    Args:
        library: The library of CUPS; where it is missing, no queue can be asked.
    """
    try:
        cups = ctypes.CDLL(library)
    except OSError:
        return {}
    first = ctypes.POINTER(_Queue)()
    cups.cupsGetDests.restype = ctypes.c_int
    cups.cupsFreeDests.restype = None
    count = cups.cupsGetDests(ctypes.byref(first))
    try:
        return {_text(first[place].name): _device(first[place]) for place in range(count)}
    finally:
        cups.cupsFreeDests(count, first)


def _device(queue: _Queue) -> str:
    told = (queue.options[place] for place in range(queue.count))
    return next((_text(each.value) for each in told if each.name == b"device-uri"), "")


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace")
