"""Faults of the world become calm sentences; faults of the program stay what they are."""

import errno

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma.errors import KnownError
from kadin_danisma.store import failures
from kadin_danisma.store.failures import known, known_faults


def an_error(code: int) -> dbapi2.OperationalError:
    error = dbapi2.OperationalError("some words")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (an_error(5), failures.VaultInUseError),
        (an_error(8 | 3 << 8), failures.ReadOnlyMediumError),
        (an_error(10), failures.UnreachableMediumError),
        (an_error(26), failures.BrokenVaultError),
        (an_error(13), failures.FullDiskError),
        (dbapi2.OperationalError("database or disk is full"), failures.FullDiskError),
        (dbapi2.OperationalError("disk I/O error"), failures.UnreachableMediumError),
        (OSError(errno.ENOSPC, ""), failures.FullDiskError),
        (OSError(errno.EROFS, ""), failures.ReadOnlyMediumError),
        (OSError(errno.EIO, ""), failures.UnreachableMediumError),
        (FileNotFoundError(errno.ENOENT, ""), failures.UnreachableMediumError),
    ],
)
def test_a_fault_of_the_world_is_known(
    error: dbapi2.Error | OSError, expected: type[KnownError]
) -> None:
    assert type(known(error)) is expected
    with pytest.raises(expected), known_faults():
        raise error


@pytest.mark.parametrize(
    "error",
    [an_error(1), an_error(23), dbapi2.ProgrammingError("closed"), OSError(errno.EBADF, "")],
)
def test_a_fault_of_the_program_stays_what_it_is(error: dbapi2.Error | OSError) -> None:
    assert known(error) is None
    with pytest.raises(type(error)), known_faults():
        raise error
