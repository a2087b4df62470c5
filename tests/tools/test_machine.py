import importlib.util

import pytest

from kadin_danisma import libraries
from tools import machine


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A Debian on which nothing is installed; what would be run is kept."""
    ran: list[list[str]] = []

    class Done:
        returncode = 0

    def run(command: list[str], **_options: object) -> Done:
        ran.append(command)
        return Done()

    monkeypatch.setattr(machine, "is_debian", lambda: True)
    monkeypatch.setattr(libraries, "loads", lambda _library: False)
    monkeypatch.setattr(machine, "_loads_python", lambda _library: False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(machine.shutil, "which", lambda _name: None)
    monkeypatch.setattr(machine.subprocess, "run", run)
    return ran


def test_a_bare_machine_lacks_venv_and_the_libraries_of_qt(bare: list[list[str]]) -> None:
    missing = machine.missing_packages(window=False, bundle=False)
    assert missing[0].endswith("-venv")
    assert missing[1:] == list(libraries.OFFSCREEN.values())


def test_a_window_needs_more_and_packing_more_still(bare: list[list[str]]) -> None:
    window = machine.missing_packages(window=True, bundle=False)
    assert set(libraries.WINDOW.values()) < set(window)
    packing = machine.missing_packages(window=False, bundle=True)
    assert {*window, "binutils"} <= set(packing)


def test_driving_the_built_program_needs_a_screen_and_a_hand(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_is_there", lambda _file: False)
    driving = machine.missing_packages(window=False, bundle=False, drive=True)
    assert {"xvfb", "openbox", "xdotool", "python3-gi", "gir1.2-atspi-2.0"} <= set(driving)


def test_root_installs_exactly_what_is_missing(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0, raising=False)
    machine.provide_packages(window=False, bundle=False)
    update, install = bare
    assert update[:2] == ["apt-get", "update"]
    assert install[:4] == ["apt-get", "install", "-y", "--no-install-recommends"]
    assert install[4:] == machine.missing_packages(window=False, bundle=False)


def test_everybody_else_is_told_what_to_type(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(machine.MissingError) as told:
        machine.provide_packages(window=True, bundle=False)
    for package in machine.missing_packages(window=True, bundle=False):
        assert package in str(told.value)
    assert "sudo apt-get" in str(told.value)
    assert bare == []


def test_nothing_is_run_where_nothing_is_missing(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "missing_packages", lambda **_named: [])
    machine.provide_packages(window=True, bundle=True)
    assert bare == []


def test_other_systems_are_left_alone(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "is_debian", lambda: False)
    machine.provide_packages(window=True, bundle=True)
    assert bare == []


def test_an_old_python_is_refused_with_the_way_to_a_newer_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine.require_python()
    monkeypatch.setattr(machine.sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(machine.MissingError, match=r"3\.9"):
        machine.require_python()


def test_a_display_is_seen_by_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not machine.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert machine.has_display()
