"""A child stopped before the system calls we ask for: Linux' ptrace and seccomp through ctypes.

Needs neither strace nor a compiler; x86-64, kernel 5.3 or later. All other calls run at full speed.
"""

import ctypes
import errno
import os
import platform
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NoReturn

_TRACEME, _POKEUSER, _GO_ON, _GO_TO_CALL = 0, 6, 7, 24
_SET_OPTIONS, _GET_SYSCALL_INFO = 0x4200, 0x420E
#: The end of a call is told apart from a signal, the filter stops, the child dies with us.
_OPTIONS = 1 | 1 << 7 | 1 << 20
_AT_END_OF_CALL = signal.SIGTRAP | 0x80
_AT_CALL = signal.SIGTRAP | 7 << 8
#: Places of the call's number and of its value among the child's registers.
_NUMBER, _VALUE = 15 * 8, 10 * 8
_NO_CALL = (1 << 64) - 1
_NO_NEW_PRIVILEGES, _SET_FILTER, _BY_PROGRAM = 38, 22, 2
#: The filter's program: load the number, compare, answer "stop" or "go on".
_LOAD, _IS_EQUAL, _ANSWER = 0x20, 0x15, 0x06
_STOP, _PASS = 0x7FF00000, 0x7FFF0000
_LONGEST_PATH = 4096
_GETPPID = 110


def is_possible() -> bool:
    """Tell whether children can be traced on this machine."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return False
    try:
        child = TracedChild(_ask_for_parent, [_GETPPID])
        seen = child.next_call()
        child.kill()
    except OSError:
        return False
    return seen is not None


def _ask_for_parent() -> NoReturn:
    os.getppid()
    os._exit(0)


class _Call(ctypes.Structure):
    _fields_ = [("number", ctypes.c_uint64), ("arguments", ctypes.c_uint64 * 6)]


class _End(ctypes.Structure):
    _fields_ = [("value", ctypes.c_int64), ("is_error", ctypes.c_uint8)]


class _Either(ctypes.Union):
    _fields_ = [("call", _Call), ("end", _End), ("room", ctypes.c_uint8 * 64)]


class _Info(ctypes.Structure):
    """The answer to PTRACE_GET_SYSCALL_INFO."""

    _fields_ = [
        ("stop", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("instruction", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("of", _Either),
    ]


class _Line(ctypes.Structure):
    """One line of a filter's program."""

    _fields_ = [
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("lines", ctypes.POINTER(_Line))]


@dataclass(frozen=True, slots=True)
class Call:
    """A system call about to be made."""

    number: int
    arguments: tuple[int, ...]


class TracedChild:
    """A child that goes from call to call as it is told.

    Args:
        act: What it does; must not return.
        numbers: The calls before which it stops.

    Raises:
        OSError: Tracing is not allowed here.
    """

    def __init__(self, act: Callable[[], NoReturn], numbers: Iterable[int]) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._libc.ptrace.restype = ctypes.c_long
        self._libc.ptrace.argtypes = [
            ctypes.c_long,
            ctypes.c_long,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]
        self._info = _Info()
        self._memory = -1
        self._alive = True
        self.killed = False
        program = _program(numbers)
        self.pid = os.fork()
        if self.pid == 0:
            if self._libc.ptrace(_TRACEME, 0, None, None) == 0:
                os.kill(os.getpid(), signal.SIGSTOP)
                if self._filter(program):
                    act()
            os._exit(1)
        self._wait()
        if not self._alive:
            raise OSError(errno.EPERM, "")
        self._ask(_SET_OPTIONS, 0, _OPTIONS)
        self._memory = os.open(f"/proc/{self.pid}/mem", os.O_RDONLY)

    def next_call(self) -> Call | None:
        """Go on to the next call and stop before it; None at the child's end."""
        if not self._go_on(_GO_ON, _AT_CALL):
            return None
        call = self._info.of.call
        return Call(int(call.number), tuple(call.arguments))

    def finish_call(self, error: int = 0) -> int | None:
        """Let the call happen, or fail it with an error number.

        Returns:
            Its value, negative where it failed; None where the child ended in it.
        """
        if error:
            self._ask(_POKEUSER, _NUMBER, _NO_CALL)
            self._ask(_POKEUSER, _VALUE, (1 << 64) - error)
            return -error
        if not self._go_on(_GO_TO_CALL, _AT_END_OF_CALL):
            return None
        return int(self._info.of.end.value)

    def kill(self) -> None:
        """Kill the child before the call it stands at."""
        if self._alive:
            os.kill(self.pid, signal.SIGKILL)
        while self._alive:
            self._wait()
        self.killed = True

    def read(self, address: int, length: int) -> bytes:
        """Return a piece of the child's memory."""
        found = b""
        while len(found) < length:
            piece = os.pread(self._memory, length - len(found), address + len(found))
            if not piece:
                raise OSError(errno.EFAULT, "")
            found += piece
        return found

    def read_path(self, address: int) -> str:
        """Return the path that stands in the child's memory."""
        return os.fsdecode(os.pread(self._memory, _LONGEST_PATH, address).split(b"\0", 1)[0])

    def _filter(self, program: _Program) -> bool:
        prctl = self._libc.prctl
        failed = prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        failed = failed or prctl(_SET_FILTER, _BY_PROGRAM, ctypes.byref(program), 0, 0)
        return not failed

    def _go_on(self, request: int, until: int) -> bool:
        """Go on until a kind of stop, handing on signals; False at the child's end."""
        passed_on = 0
        while self._alive:
            self._ask(request, 0, passed_on)
            stop = self._wait()
            if stop == until:
                size = ctypes.sizeof(self._info)
                self._ask(_GET_SYSCALL_INFO, size, ctypes.addressof(self._info))
                return True
            passed_on = stop if stop < _AT_END_OF_CALL else 0
        return False

    def _wait(self) -> int:
        """Wait for the next stop and return what it is; 0 at the child's end."""
        _pid, status = os.waitpid(self.pid, 0)
        if os.WIFSTOPPED(status):
            return status >> 8
        self._alive = False
        if self._memory >= 0:
            os.close(self._memory)
        return 0

    def _ask(self, request: int, where: int, what: int) -> None:
        if self._libc.ptrace(request, self.pid, where, what) < 0:
            raise OSError(ctypes.get_errno(), "")


def _program(numbers: Iterable[int]) -> _Program:
    """Return the filter that stops before some calls."""
    wanted = sorted(numbers)
    lines = [_Line(_LOAD, 0, 0, 0)]
    lines += [_Line(_IS_EQUAL, len(wanted) - at, 0, each) for at, each in enumerate(wanted)]
    lines += [_Line(_ANSWER, 0, 0, _PASS), _Line(_ANSWER, 0, 0, _STOP)]
    return _Program(len(lines), (_Line * len(lines))(*lines))
