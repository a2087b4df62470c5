import json
import re
from pathlib import Path

import openpyxl
import pytest

from tests.builders import PASSPHRASE
from tests.cli.conftest import Answer, Say

DATA = Path(__file__).resolve().parent.parent / "data"
SAMPLE = DATA / "ornek-yil.xlsx"
TRUE_COUNTS = json.loads((DATA / "ornek-yil.counts.json").read_text(encoding="utf-8"))
ROWS = {
    "clients": 174, "applications": 185, "contacts": 80, "sessions": 348, "playroom_visits": 67,
    "referrals": 108, "trainings": 18,
}  # fmt: skip


@pytest.fixture
def year(centre: Path, acting: Say) -> Path:
    """A vault with the sample year."""
    assert acting("import", centre, SAMPLE, "--json").data["added"] == ROWS
    return centre


def spoiled(tmp_path: Path, sheet: str, cell: str, value: object) -> Path:
    """The sample year with one cell changed."""
    book = openpyxl.load_workbook(SAMPLE)
    book[sheet][cell] = value
    path = tmp_path / "spoiled.xlsx"
    book.save(path)
    return path


def test_new_makes_a_vault_and_says_its_recovery_code_once(acting: Say, vault_path: Path) -> None:
    answer = acting("new", vault_path, "--centre", "Örnek Merkez", "--json")
    assert answer.status == 0
    assert set(answer.data) == {"vault", "recovery_code"}
    assert len(answer.data["recovery_code"]) > 20
    assert answer.data["recovery_code"] not in answer.err


@pytest.mark.parametrize("name", ["kurtarrna", "leyl\u0430", "ley\u200bla"])
def test_new_refuses_a_user_name_that_can_be_misread(say: Say, vault_path: Path, name: str) -> None:
    acts = ("--centre", "Örnek", "--user", name, "--password-stdin")
    assert say("new", vault_path, *acts, typed=f"{PASSPHRASE}\n").status == 4
    assert not vault_path.exists()


def test_new_never_overwrites(acting: Say, centre: Path) -> None:
    before = centre.read_bytes()
    assert acting("new", centre, "--centre", "Başka").status == 4
    assert centre.read_bytes() == before


def test_the_sample_year_counts_to_the_last_cell(year: Path, acting: Say) -> None:
    for period, wanted in TRUE_COUNTS.items():
        answer = acting("counts", year, "--period", period, "--json").data
        assert {key: answer[key] for key in ("period", "from", "to")} == {
            key: wanted[key] for key in ("period", "from", "to")
        }
        assert answer["format"] == "kadin-danisma-counts/1"
        assert rows_of(answer["tables"]) == rows_of(wanted["tables"])


def rows_of(tables: list[dict[str, list[list[object]]]]) -> dict[str, set[tuple[object, ...]]]:
    return {str(table["id"]): {tuple(row) for row in table["rows"]} for table in tables}


def test_importing_the_same_workbook_twice_adds_nothing(year: Path, acting: Say) -> None:
    answer = acting("import", year, SAMPLE, "--json")
    assert answer.status == 0
    assert set(answer.data["added"].values()) == {0}


def test_a_dry_run_writes_nothing(centre: Path, acting: Say) -> None:
    assert acting("import", centre, SAMPLE, "--dry-run", "--json").data["added"] == ROWS
    counts = acting("counts", centre, "--period", "2025", "--json").data
    assert ["clients", 0] in counts["tables"][0]["rows"]


def test_a_bad_cell_is_named_and_nothing_is_written(
    centre: Path, acting: Say, tmp_path: Path
) -> None:
    answer = acting("import", centre, spoiled(tmp_path, "Görüşmeler", "D5", "31.02.2025"), "--json")
    assert answer.status == 4
    (refusal,) = answer.data["refused"]
    assert (refusal["sheet"], refusal["row"], refusal["column"]) == ("Görüşmeler", 5, "Tarih")
    assert "31.02" not in answer.out + answer.err
    assert set(answer.data) == {"added", "refused", "notes"}
    counts = acting("counts", centre, "--period", "2025", "--json").data
    assert ["clients", 0] in counts["tables"][0]["rows"]


def test_a_bad_cell_is_named_in_words_too(centre: Path, acting: Say, tmp_path: Path) -> None:
    answer = acting("import", centre, spoiled(tmp_path, "Görüşmeler", "D5", "31.02.2025"))
    assert answer.status == 4
    assert answer.out.startswith("Görüşmeler, satır 5, Tarih: ")


@pytest.mark.parametrize("content", [b"", b"no workbook at all", None])
def test_a_file_that_is_no_workbook_is_refused_as_a_whole(
    centre: Path, acting: Say, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "book.xlsx"
    if content is not None:
        path.write_bytes(content)
    answer = acting("import", centre, path, "--json")
    assert answer.status == 4
    (refusal,) = answer.data["refused"]
    assert [refusal[key] for key in ("sheet", "row", "column")] == [None, None, None]
    assert refusal["reason"]


def test_counts_are_shown_as_text_and_said_to_stay_inside(year: Path, acting: Say) -> None:
    answer = acting("counts", year, "--period", "2025-03")
    assert answer.status == 0
    assert "Mart 2025" in answer.out.splitlines()[0]
    assert "Kanala göre başvurular" in answer.out
    assert "Toplam" in answer.out


def test_a_report_prints_the_paths_it_wrote(year: Path, acting: Say, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = acting("report", year, "--period", "2025-03", "--out", out, "--format", "json,csv")
    assert answer.status == 0
    written = [Path(line) for line in answer.out.splitlines()]
    assert [path.suffix for path in written] == [".csv", ".json"]
    assert sorted(out.iterdir()) == sorted(written)


def test_publishing_again_gives_the_same_bytes(year: Path, acting: Say, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        assert acting("report", year, "--period", "2025-Q1", "--out", folder).status == 0
    first, second = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in folders)
    assert len(first) == 4
    assert first == second


def test_a_period_that_is_not_over_is_not_published(
    centre: Path, acting: Say, tmp_path: Path
) -> None:
    answer = acting("report", centre, "--period", "2026-11", "--out", tmp_path / "out", "--json")
    assert answer.status == 4
    assert set(answer.data) == {"error"}


def test_a_backup_is_checked_and_comes_back(year: Path, acting: Say, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (copy,) = acting("backup", year, stick, "--json").data["written"]
    assert acting("verify", copy, "--json").data == {"sound": True, "problems": []}
    assert re.search(r"denetim kodu: ([0-9a-f]{4} ?){16}$", acting("verify", copy).out.strip())
    restored = tmp_path / "restored.vault"
    assert acting("restore", copy, restored).status == 0
    assert acting("restore", copy, restored).status == 4
    here, there = (
        acting("counts", path, "--period", "2025", "--json").data for path in (year, restored)
    )
    assert here == there


def test_a_damaged_vault_is_told_as_one(year: Path, acting: Say) -> None:
    content = bytearray(year.read_bytes())
    content[len(content) // 2] ^= 0xFF
    year.write_bytes(content)
    assert acting("verify", year).status == 5


def test_a_template_is_a_workbook(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "bos.xlsx"
    assert say("template", path).out == f"{path}\n"
    assert "Danışanlar" in openpyxl.load_workbook(path).sheetnames


def test_a_demo_says_who_may_sign_in(say: Say, vault_path: Path) -> None:
    answer = say("demo", vault_path, "--months", "1", "--clients", "5", "--sessions", "9", "--json")
    assert answer.status == 0
    chief = answer.data["users"][0]
    acts = ("--user", chief["name"], "--password-stdin", "--json")
    counts = say(
        "counts", vault_path, "--period", "2026", *acts, typed=f"{chief['passphrase']}\n"
    ).data
    assert counts["tables"][0]["rows"]


def test_a_lesser_role_may_not(say: Say, vault_path: Path) -> None:
    users = say("demo", vault_path, "--months", "1", "--clients", "1", "--json").data["users"]
    front_desk = next(user for user in users if user["role"] == "front_desk")
    answer = say(
        "counts", vault_path, "--period", "2026", "--user", front_desk["name"], "--password-stdin",
        typed=front_desk["passphrase"],
    )  # fmt: skip
    assert answer.status == 6


def test_the_self_test_and_the_versions_are_told(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert say("--self-test", "--json").data["ok"] is True
    assert set(say("--version", "--json").data) == {"program", "sqlcipher", "sqlite", "qt"}


def _wrong(say: Say, path: Path, typed: str) -> Answer:
    return say(
        "counts", path, "--period", "2026", "--user", "derya", "--password-stdin", typed=typed
    )


@pytest.mark.parametrize("typed", ["", "\n", "wrong\n", f" {PASSPHRASE}x\n"])
def test_a_wrong_passphrase_ends_with_three(centre: Path, say: Say, typed: str) -> None:
    answer = _wrong(say, centre, typed)
    assert answer.status == 3
    assert answer.out == ""


def test_the_passphrase_is_the_first_line_however_it_ends(centre: Path, say: Say) -> None:
    for typed in (PASSPHRASE, f"{PASSPHRASE}\r\n", f"\ufeff{PASSPHRASE}\nmore\n"):
        assert _wrong(say, centre, typed).status == 0


@pytest.mark.parametrize("name", ["مركز Merkez", "Merkez 🌸", "中心"])
def test_new_refuses_a_centre_whose_name_cannot_be_printed(
    acting: Say, vault_path: Path, name: str
) -> None:
    refused = acting("new", vault_path, "--centre", name, "--json")
    assert refused.status == 4
    assert "basılamıyor" in refused.data["error"]
    assert list(vault_path.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["I\u0307zmir s\u0327ube", "Центр Κέντρο Əli", "Ş" * 200])
def test_new_takes_a_centre_whose_name_can(acting: Say, vault_path: Path, name: str) -> None:
    assert acting("new", vault_path, "--centre", name).status == 0
