from pathlib import Path

import pytest

import dev
from tools import machine


def test_without_a_job_the_jobs_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 2
    listed = capsys.readouterr().out
    assert all(name in listed for name in dev.JOBS)


def test_what_is_missing_is_said_and_nothing_else_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(**_named: object) -> None:
        raise machine.MissingError("libgl1 is missing")

    monkeypatch.setattr(machine, "provide_packages", refuse)
    assert dev.main(["run"]) == 1
    assert "libgl1 is missing" in capsys.readouterr().err


@pytest.mark.parametrize("job", dev.JOBS)
def test_a_job_gets_the_rest_of_the_words_and_gives_its_status(
    job: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []

    def do(words: list[str]) -> int:
        given.append(words)
        return 6

    monkeypatch.setattr(machine, "provide_packages", lambda **_named: None)
    monkeypatch.setattr(dev, "prepare", lambda: None)
    monkeypatch.setitem(dev.JOBS, job, do)
    assert dev.main([job, "counts", "--period", "2026"]) == 6
    assert given == [["counts", "--period", "2026"]]


def test_tests_run_without_a_display_and_on_all_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[tuple[str, ...], dict[str, str] | None]] = []

    def python(*words: str, environment: dict[str, str] | None = None) -> int:
        called.append((words, environment))
        return 0

    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(dev, "python", python)
    dev.test(["-k", "demo"])
    dev.test(["-n0"])
    words, environment = called[0]
    assert words == ("-m", "pytest", "-n", "auto", "-k", "demo")
    assert environment is not None
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    # Where the tests' vaults lay is gone with them.
    assert not Path(environment["TMPDIR"]).exists()
    assert called[1][0] == ("-m", "pytest", "-m", "not slow", "-n0")


def test_the_everyday_suite_leaves_long_proofs_out_and_all_takes_them_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "python", lambda *words, environment: called.append(words) or 0)
    dev.test([])
    dev.test(["--all"])
    dev.test(["tests/tools/test_dev.py"])
    assert called[0][-2:] == ("-m", "not slow")
    assert "not slow" not in called[1]
    assert "--all" not in called[1]
    assert "not slow" not in called[2]


def test_every_step_is_done_and_one_that_fails_fails_all(monkeypatch: pytest.MonkeyPatch) -> None:
    statuses = iter((0, 3, 0))
    monkeypatch.setattr(dev, "python", lambda *_words: next(statuses))
    assert dev.steps(["a"], ["b"], ["c"]) == 3
    assert list(statuses) == []
