"""Locking and closing: nothing is asked, everything is put away, nothing is left half done."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.drafts import Form
from kadin_danisma.errors import KnownError
from kadin_danisma.services import access, casework, drafts, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.idleness import IDLE
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell import replacing
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.replacing import NOT_REPLACED, as_one_line, replace_process
from tests.builders import PASSPHRASE, a_client
from tests.ui.conftest import dispose


@pytest.fixture
def at_work(window: MainWindow, desk: Desk) -> MainWindow:
    """A window with a note half written."""
    client = a_client()
    intake.open_file(desk, client)
    window.show_client(client.id)
    window.page.new_session()
    window.page.dialog.text.setPlainText("yarım kalan")
    return window


def test_a_closed_window_asks_nothing_and_keeps_what_was_typed(at_work: MainWindow, desk: Desk):
    assert at_work.close()
    (kept,) = drafts.kept(desk)
    assert kept.typed["note"] == "yarım kalan"


def test_logging_out_of_the_system_keeps_what_was_typed_and_the_form_open(
    at_work: MainWindow, desk: Desk
):
    at_work.keep_unfinished()
    assert len(drafts.kept(desk)) == 1
    assert at_work.page.dialog.isVisible()


def test_a_full_disk_does_not_keep_the_program_open(
    at_work: MainWindow, locked: list[str], monkeypatch: pytest.MonkeyPatch
):
    def full(*_arguments: object) -> None:
        raise KnownError("Disk dolu.")

    monkeypatch.setattr(drafts, "keep", full)
    at_work.lock()
    assert locked == ["locked"]


def test_a_fault_of_the_program_does_not_keep_it_open(
    at_work: MainWindow, locked: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(at_work.place.reveals, "hide_all", lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        at_work.lock()
    assert locked == ["locked"]


def test_nothing_is_shown_while_the_work_under_way_is_finished(at_work: MainWindow, qtbot: QtBot):
    seen: list[bool] = []
    at_work.place.background.finish = lambda: seen.append(at_work.isVisible())
    form = at_work.page.dialog
    at_work.lock()
    assert seen == [False]
    assert not form.isVisible()


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


class Work:
    """Three steps of work; the lock comes after the first."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.asked = threading.Event()
        self.steps = 0

    def may_stop(self, progress: Progress) -> None:
        self._go(progress)

    def must_finish(self, progress: Progress) -> None:
        self._go(progress.before_the_first)

    def _go(self, tell: Callable[[int, int], None]) -> None:
        for step in range(3):
            tell(step, 3)
            self.steps += 1
            self.begun.set()
            self.asked.wait(5)


@pytest.mark.parametrize(("what", "done"), [("may_stop", 1), ("must_finish", 3)])
def test_the_lock_stops_work_where_it_may_and_waits_for_it_where_not(
    background: Background, what: str, done: int
):
    work = Work()
    answers: list[object] = []
    background.run(getattr(work, what), answers.append, answers.append)
    work.begun.wait(5)
    # The worker goes on as soon as it was asked to stop.
    background._errands[1].steps.stop()
    work.asked.set()
    background.finish()
    assert work.steps == done
    assert answers == []


@pytest.fixture
def replaced() -> list[list[str]]:
    return []


@pytest.fixture
def program(
    qapp, look: Look, vault_path, clock: FixedClock, replaced: list[list[str]], qtbot: QtBot
) -> Iterator[Program]:
    desk, _code = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    made = Program(qapp, vault_path, "tr", clock, lambda words: replaced.append(list(words)))
    made.start()
    made.enter(desk)
    yield made
    made.close()
    if made.window is not None:
        dispose(made.window)
    look.wear("light", 100)


def test_nobody_at_the_desk_locks_the_program(
    program: Program, replaced: list[list[str]], monkeypatch: pytest.MonkeyPatch
):
    assert program.guard is not None
    monkeypatch.setattr(program.guard._idleness, "_clocks", (lambda: 1e12, lambda: IDLE))
    program.guard.look()
    program.guard.look()
    assert [words[0] for words in replaced] == ["--vault"]


def test_what_was_copied_goes_with_the_lock(
    program: Program, replaced: list[list[str]], monkeypatch: pytest.MonkeyPatch
):
    cleared: list[int] = []
    monkeypatch.setattr(program.clipboard, "clear", lambda: cleared.append(len(replaced)))
    program.lock()
    assert cleared == [0]


def test_the_lock_happens_even_if_the_vault_cannot_be_closed(
    program: Program, replaced: list[list[str]], monkeypatch: pytest.MonkeyPatch
):
    assert program._place is not None
    vault, close = program._place.desk.vault, program._place.desk.vault.close

    def full() -> None:
        close()
        raise KnownError("Disk dolu.")

    monkeypatch.setattr(vault, "close", full)
    with pytest.raises(KnownError):
        program.lock()
    monkeypatch.undo()
    assert len(replaced) == 1


def test_a_program_that_cannot_be_started_anew_ends(monkeypatch: pytest.MonkeyPatch):
    class Ended(BaseException):
        """The process would be gone."""

    ends: list[int] = []

    def end(status: int) -> None:
        ends.append(status)
        raise Ended

    def gone(*_arguments: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(replacing.os, "execv", gone)
    monkeypatch.setattr(replacing.os, "_exit", end)
    with pytest.raises(Ended):
        replace_process([])
    assert ends == [NOT_REPLACED]


def test_on_windows_a_path_with_spaces_stays_one_word():
    words = ["main.py", "--vault", "C:\\Belgeler ve Ayarlar\\merkez.vault"]
    assert as_one_line(words, "win32")[2] == '"C:\\Belgeler ve Ayarlar\\merkez.vault"'
    assert as_one_line(words, "linux") == words


def test_the_kept_form_is_of_the_right_record(at_work: MainWindow, desk: Desk):
    at_work.lock()
    (kept,) = drafts.kept(desk)
    assert kept.form is Form.SESSION
    assert casework.client(desk, kept.client_id)
