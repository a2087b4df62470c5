"""What this machine offers: its memory, which decides how dear the guessing of a passphrase is."""

import ctypes
import os
import sys


class _MemoryStatus(ctypes.Structure):
    """The answer of Windows' GlobalMemoryStatusEx."""

    _fields_ = [
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        ("total", ctypes.c_ulonglong),
        ("free", ctypes.c_ulonglong),
        ("total_page", ctypes.c_ulonglong),
        ("free_page", ctypes.c_ulonglong),
        ("total_virtual", ctypes.c_ulonglong),
        ("free_virtual", ctypes.c_ulonglong),
        ("extended", ctypes.c_ulonglong),
    ]


def physical_memory() -> int:
    """Return the bytes of memory this machine has."""
    if sys.platform == "win32":
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.total)
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
