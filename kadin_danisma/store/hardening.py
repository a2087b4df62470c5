"""What the program asks of the operating system: keep us unread, and how much memory is there.

Measured (shared reference, security.md section 2, "Memory"): after PR_SET_DUMPABLE 0 another
process of the same person can no longer read ours. An administrator still can.
"""

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4


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


def harden_process() -> None:
    """Forbid core dumps and reading by other processes, and make new files private.

    Windows keeps no core dumps by itself; there only the file mask is set.
    """
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def physical_memory() -> int:
    """Return the bytes of memory this machine has."""
    if sys.platform == "win32":
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.total)
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
