"""The process keeps itself unread."""

import subprocess
import sys

import pytest

from kadin_danisma.store.hardening import physical_memory

SCRIPT = """
import ctypes, os, resource
from kadin_danisma.store.hardening import harden_process
harden_process()
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(oct(os.umask(0)), resource.getrlimit(resource.RLIMIT_CORE), dumpable)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there are no core dumps to forbid elsewhere")
def test_a_hardened_process_leaves_no_dump_and_makes_private_files() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout.split(" ", 1) == ["0o77", "(0, 0) 0\n"]


def test_a_machine_has_memory() -> None:
    assert physical_memory() > 1 << 28
