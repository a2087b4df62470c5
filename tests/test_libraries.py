import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma import app, libraries


def without(*names: str) -> Callable[[str], bool]:
    """A loader of a computer that lacks these libraries."""
    return lambda library: library not in names


X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}


def test_each_library_that_a_window_lacks_is_named_with_its_package() -> None:
    lacking = libraries.missing_for_window(
        X11, without("libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libEGL.so.1")
    )
    assert lacking == {
        "libEGL.so.1": "libegl1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    }


def test_a_complete_computer_lacks_nothing() -> None:
    assert libraries.missing_for_window(X11, without()) == {}


def test_what_the_built_program_carries_is_not_asked_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "libinvented-42.so.7").touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert libraries.loads("libinvented-42.so.7")
    assert not libraries.loads("libinvented-43.so.7")


def test_one_way_to_a_screen_is_enough() -> None:
    lacking = without("libxcb-xkb.so.1")
    assert libraries.missing_for_window({**X11, **WAYLAND}, lacking) == {}
    assert libraries.missing_for_window(WAYLAND, lacking) == {}
    chosen = {**X11, **WAYLAND, "QT_QPA_PLATFORM": "xcb"}
    assert libraries.missing_for_window(chosen, lacking) == {"libxcb-xkb.so.1": "libxcb-xkb1"}


def test_offscreen_needs_no_library_of_a_screen() -> None:
    environment = {**X11, "QT_QPA_PLATFORM": "offscreen"}
    assert libraries.missing_for_window(environment, without(*libraries.WINDOW)) == {}
    assert "libGL.so.1" in libraries.missing_for_window(environment, without("libGL.so.1"))


def test_a_library_of_this_machine_loads_and_an_invented_one_does_not() -> None:
    assert libraries.missing({"libinvented-42.so.7": "libinvented"}) == {
        "libinvented-42.so.7": "libinvented"
    }


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (
            "libGL.so.1: cannot open shared object file: No such file or directory",
            {"libGL.so.1": "libgl1"},
        ),
        (
            "libgthread-2.0.so.0: cannot open shared object file: No such file or directory",
            {"libgthread-2.0.so.0": "libglib2.0-0"},
        ),
        (
            "libnobody.so.3: cannot open shared object file: No such file or directory",
            {"libnobody.so.3": ""},
        ),
        ("No module named 'PySide6.QtPrintSupport'", {}),
        ("cannot import name 'libx.so' from 'y'", {}),
    ],
)
def test_an_import_over_a_missing_library_is_told_from_a_fault_of_the_program(
    said: str, named: dict[str, str]
) -> None:
    assert libraries.named_by(ImportError(said), without()) == named


def test_what_qt_lacks_is_named_all_at_once() -> None:
    error = ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
    found = libraries.named_by(error, without("libGL.so.1", "libEGL.so.1", "libxcb.so.1"))
    assert found == {"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1"}


def test_the_window_says_calmly_what_is_missing_and_qt_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = {"libxcb-cursor.so.0": "libxcb-cursor0", "libEGL.so.1": "libegl1"}
    monkeypatch.setattr(app.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(app, "harden_process", lambda: None)
    monkeypatch.setattr(libraries, "missing_for_window", lambda _environment: lacking)
    assert app.main([]) == 1
    said = capsys.readouterr().err
    assert "bu bilgisayarda libxcb-cursor.so.0, libEGL.so.1 eksik" in said
    assert "sudo apt install libegl1 libxcb-cursor0\n" in said


def test_a_command_over_a_missing_library_ends_calmly_and_other_faults_stay_faults(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(text: str) -> None:
        def run(_words: object) -> int:
            raise ImportError(text)

        monkeypatch.setattr(app, "run_command", run)

    monkeypatch.setattr(app, "harden_process", lambda: None)
    fail("libexpat.so.1: cannot open shared object file: No such file or directory")
    assert app.main(["--version"]) == 1
    assert "sudo apt install libexpat1" in capsys.readouterr().err
    fail("No module named 'kadin_danisma.ui.printing'")
    with pytest.raises(ImportError):
        app.main(["--version"])
