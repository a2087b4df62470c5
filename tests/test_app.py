import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma import app
from kadin_danisma.i18n import current_language, use_language
from kadin_danisma.paths import default_vault
from tests.leaks.faults import Faulty, broken
from tests.leaks.markers import marker
from tests.leaks.scanner import Scanner


@pytest.fixture(autouse=True)
def turkish_afterwards(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app, "harden_process", lambda: None)
    yield
    use_language("tr")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    windows: list[tuple[Path, str]] = []

    def open_window(path: Path, language: str) -> int:
        windows.append((path, language))
        return 7

    monkeypatch.setattr(app, "run_window", open_window)
    return windows


def test_without_a_command_the_window_opens_on_the_usual_vault(opened) -> None:
    assert app.main([]) == 7
    assert opened == [(default_vault(), "tr")]


def test_the_window_opens_on_another_vault_in_another_language(opened, tmp_path: Path) -> None:
    app.main(["--vault", str(tmp_path / "a.vault"), "--language", "en"])
    assert opened == [(tmp_path / "a.vault", "en")]
    assert current_language() == "en"


def test_a_command_does_not_open_the_window(opened, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--version"]) == 0
    assert "SQLCipher" in capsys.readouterr().out
    assert opened == []


def test_a_vault_named_alone_is_opened(opened, tmp_path: Path) -> None:
    named = tmp_path / "Merkez 1.VAULT"
    named.touch()
    assert app.main([str(named)]) == 7
    assert app.main(["--language", "en", str(named)]) == 7
    assert opened == [(named, "tr"), (named, "en")]


def test_a_vault_that_is_not_there_opens_nothing(
    opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main([str(tmp_path / "yok.vault")]) == 4
    assert "kasa yok" in capsys.readouterr().err
    assert opened == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["--language", "xx"], "tr"),
        (["--language=xx", "counts"], "tr"),
        (["--language"], "tr"),
        (["--language", "en", "--vault"], "en"),
        (["--vault", "--language=en"], "en"),
        (["--language", "en", "new", "--vault"], "en"),
        (["--language=en", "nonsense"], "en"),
        (["new", "v", "--nonsense", "--language", "en"], "en"),
    ],
)
def test_wrong_use_speaks_the_chosen_language(
    opened, words: list[str], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(words) == 2
    said = capsys.readouterr().err
    own, other = ("anlaşılamadı", "not understood")[:: 1 if language == "tr" else -1]
    assert own in said
    assert other not in said
    assert "error" not in said
    assert opened == []


def test_ctrl_c_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_path: Path, _language: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "run_window", stop)
    assert app.main([]) == 130
    assert capsys.readouterr().err == "Durduruldu.\n"


def test_a_command_is_answered_in_the_chosen_language(
    opened, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["--language", "en", "counts"]) == 2
    assert "not understood" in capsys.readouterr().err
    assert app.main(["counts"]) == 2
    assert "anlaşılamadı" in capsys.readouterr().err
    assert opened == []


def test_without_a_screen_the_window_is_refused_calmly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.main([]) == 2
    assert "ekran" in capsys.readouterr().err


def test_a_fault_is_told_by_its_place_and_never_by_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        raise ValueError("Ayşe Yılmaz")
    except ValueError:
        app.tell_fault(*sys.exc_info())  # type: ignore[arg-type] (inside an except there is one)
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "test_app.py" in told
    assert "Ayşe" not in told


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch):
    """The hooks of the program, for one test."""
    for place, name in (
        (sys, "excepthook"),
        (sys, "unraisablehook"),
        (threading, "excepthook"),
        (warnings, "showwarning"),
    ):
        monkeypatch.setattr(place, name, getattr(place, name))
    app.install_hooks()


def fault_in_a_thread() -> None:
    thread = threading.Thread(target=lambda: broken("thread"))
    thread.start()
    thread.join()


def fault_in_a_destructor() -> None:
    Faulty(marker("destructor"))


def fault_nobody_caught() -> None:
    try:
        broken("main thread")
    except ValueError:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type] (inside an except there is one)


def warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        app.install_hooks()
        warnings.warn(f"about {marker('warning')}", ResourceWarning, stacklevel=1)


@pytest.mark.parametrize(
    ("happens", "kind"),
    [
        (fault_in_a_thread, "ValueError"),
        (fault_in_a_destructor, "ValueError"),
        (fault_nobody_caught, "ValueError"),
        (warning, "ResourceWarning"),
    ],
)
def test_wherever_a_fault_comes_up_only_kind_and_place_are_told(
    hooked: None, happens: Callable[[], None], kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    happens()
    said = "".join(capfd.readouterr())
    assert kind in said
    assert ".py:" in said
    assert Scanner().scan(said.encode()) == set()


def test_a_fault_is_borne_where_nobody_can_hear_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    app.tell_fault(ValueError, None, None)
