"""What the process does for itself before it sees a passphrase: no dumps, no open files.

Measured (shared reference, security.md section 2, "Memory"): after PR_SET_DUMPABLE 0 another
process of the same person can no longer read ours. An administrator still can.
"""

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4


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
