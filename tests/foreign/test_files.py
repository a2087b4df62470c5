"""What is no ordinary file is refused at once, wherever a file from outside is opened."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import Clock
from kadin_danisma.errors import KnownError
from kadin_danisma.exchange import template
from kadin_danisma.foreign import IrregularFileError, open_regular, read_regular
from kadin_danisma.services import importing, reconciling, second_factor, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import anchor, slot_files, waiting
from kadin_danisma.store.files import Hold
from tests.foreign.test_patterns import within

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes pipes and links")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link(path: Path) -> None:
    target = path.with_name("target")
    target.write_bytes(b"PK")
    path.symlink_to(target)


def broken_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def circle(path: Path) -> None:
    path.symlink_to(path)


THINGS = [pipe, folder, device, link, broken_link, circle]


@pytest.fixture(params=THINGS, ids=lambda make: make.__name__)
def thing(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "thing"
    request.param(path)
    return path


def refused(thing: Path, open_it: Callable[[Path], object]) -> None:
    with within(20, waiting=True), pytest.raises(KnownError) as caught:
        open_it(thing)
    assert str(thing) not in caught.value.message


def test_a_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"content")
    with open_regular(path) as file:
        assert file.read() == b"content"
    assert read_regular(path, 3) == b"con"
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "none")


def test_anything_else_is_not(thing: Path) -> None:
    refused(thing, open_regular)
    with pytest.raises(IrregularFileError):
        open_regular(Path("/dev/null"))
    with pytest.raises(IrregularFileError):
        open_regular(Path("a\0b"))


def test_what_takes_the_place_of_a_file_after_the_look_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for make in (pipe, link):
        path = tmp_path / make.__name__
        make(path)
        monkeypatch.setattr("kadin_danisma.foreign.require_regular", lambda _path: None)
        with within(20, waiting=True), pytest.raises((IrregularFileError, OSError)):
            open_regular(path)


def test_no_workbook_is_read_through_it(thing: Path, desk: Desk) -> None:
    (only,) = importing.import_workbook(desk, thing).refused
    assert (only.sheet, only.row, only.column) == (None, None, None)


def test_no_report_comes_back_through_it(thing: Path, desk: Desk) -> None:
    refused(thing, lambda path: reconciling.bring_back(desk, path))


def test_no_key_file_is_read_through_it(thing: Path) -> None:
    refused(thing, second_factor.read)


def test_no_backup_is_checked_or_restored_through_it(thing: Path, tmp_path: Path) -> None:
    refused(thing, lambda path: upkeep.verify(path, "kim", "parola", Clock()))
    new = tmp_path / "new.vault"
    refused(thing, lambda path: upkeep.restore(path, new, "kim", "parola", Clock()))
    assert not new.exists()


def test_a_template_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    pipe(tmp_path / "pipe")
    refused(tmp_path / "pipe", template.write_template)


@pytest.mark.parametrize("make", [pipe, folder, device, circle], ids=lambda make: make.__name__)
def test_no_vault_is_held_through_it(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "thing"
    make(path)
    with within(20, waiting=True), pytest.raises((KnownError, OSError, RuntimeError)):
        Hold(path)


def test_a_vault_may_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.vault").write_bytes(b"x")
    (tmp_path / "my.vault").symlink_to(tmp_path / "real.vault")
    hold = Hold(tmp_path / "my.vault")
    assert hold.size() == 1
    hold.close()


@pytest.mark.parametrize("make", THINGS, ids=lambda make: make.__name__)
def test_what_stands_beside_a_vault_is_no_pipe_either(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    vault = tmp_path / "x.vault"
    for path in (slot_files.paths(vault)[0], anchor.path_of(vault), waiting.place(vault)):
        make(path)
        (tmp_path / "target").unlink(missing_ok=True)
    with within(20, waiting=True), pytest.raises(KnownError):
        slot_files.read_copies(vault)
    with within(20, waiting=True):
        assert anchor.vaults_in(anchor.path_of(vault)) == set()
        assert waiting.read(vault) == []
