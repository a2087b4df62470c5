"""What an inspector gets says whether the log is whole; a paper proves later what stood there."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.auditing import DeedKind, LogQuery
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.errors import KnownError
from kadin_danisma.reports import raster
from kadin_danisma.services import casework, inspecting, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.inspecting import Comparison
from kadin_danisma.store import audit, log_reading
from kadin_danisma.store.connection import Mode, connected
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client

ISIL = a_client("2026/0001", name="Işıl Yıldız")


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    intake.open_file(desk, ISIL)
    casework.client_page(desk, ISIL.id)
    return desk


def tampered(desk: Desk, clock: FixedClock, attack: str) -> Desk:
    """Return the desk of the vault after somebody with its key changed the log."""
    path, key = desk.vault.path, desk.vault._key
    desk.vault.close()
    with connected(path, key, Mode.WORK) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(attack)
    return Desk(Vault.open(path, "derya", PASSPHRASE, clock, accept_rollback=True), clock)


def newest(desk: Desk) -> list[tuple[str, str]]:
    with desk.vault.read() as db:
        return [(line.action, line.subject) for line in audit.lines(db, 2)]


def read_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def test_the_first_page_says_what_was_checked_and_every_format_holds_the_lines(
    stocked: Desk, tmp_path: Path
) -> None:
    paths = inspecting.export(stocked, LogQuery(), tmp_path, inspecting.FORMATS)
    pdf, xlsx, csv_file = paths
    text = raster.text(pdf.read_bytes())
    for said in (
        "Örnek Merkez",
        "derya",
        "1. satırdan 3. satıra",
        "dosyayı görüntüledi",
        "2026/0001",
    ):
        assert said in text, said
    assert "Işıl" not in text
    rows = read_csv(csv_file)
    assert rows[-1] == ["1", "22.11.2026 10.00", "derya", "merkezin kasasını oluşturdu", ""]
    book = load_workbook(xlsx)
    assert book.worksheets[1]["A2"].value == 3
    assert newest(stocked)[0] == ("audit.export", "3")


def test_only_what_was_asked_for_leaves(stocked: Desk, tmp_path: Path) -> None:
    query = LogQuery(kind=DeedKind.VIEW, client_id=ISIL.id)
    (path,) = inspecting.export(stocked, query, tmp_path, ["csv"])
    rows = read_csv(path)
    assert [row[3] for row in rows if row and row[0].isdigit()] == ["dosyayı görüntüledi"]
    with stocked.vault.read() as db:
        about = log_reading.page(db, LogQuery(client_id=ISIL.id))
    assert about[0].action == "audit.export"


@pytest.mark.parametrize(
    "attack",
    ["UPDATE audit SET user_name = 'zeynep' WHERE seq = 3", "DELETE FROM audit WHERE seq = 2",
     "DELETE FROM audit_file WHERE seq = 3"],
)  # fmt: skip
def test_the_export_of_a_changed_log_says_so_on_its_first_page(
    stocked: Desk, clock: FixedClock, tmp_path: Path, attack: str
) -> None:
    desk = tampered(stocked, clock, attack)
    pdf, csv_file = inspecting.export(desk, LogQuery(), tmp_path, ["pdf", "csv"])
    assert "DEĞİŞTİRİLMİŞ" in raster.text(pdf.read_bytes())
    assert any("DEĞİŞTİRİLMİŞ" in cell for row in read_csv(csv_file) for cell in row)
    desk.vault.close()


def test_what_looks_like_a_formula_leaves_as_text(stocked: Desk, tmp_path: Path) -> None:
    stocked.note("client.view", "=1+1")
    xlsx, csv_file = inspecting.export(stocked, LogQuery(), tmp_path, ["xlsx", "csv"])
    assert "'=1+1" in read_csv(csv_file)[-4]
    cells = [cell for row in load_workbook(xlsx).worksheets[1] for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert "'=1+1" in [cell.value for cell in cells]


def test_too_many_lines_for_one_file_are_refused_and_that_is_logged(
    stocked: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspecting, "MOST_LINES", 2)
    with pytest.raises(KnownError):
        inspecting.export(stocked, LogQuery(), tmp_path, ["csv"])
    assert list(tmp_path.glob("*.csv")) == []
    assert newest(stocked)[0] == ("audit.failed", "")


def printed(desk: Desk, folder: Path) -> tuple[int, str]:
    """Print the state of the log and return the line and the groups as a person reads them."""
    text = raster.text(inspecting.print_state(desk, folder).read_bytes())
    state = inspecting.check(desk).state
    groups = " ".join(state.head.hex()[at : at + 4] for at in range(0, 20, 4))
    assert groups in " ".join(text.split())
    return state.seq, groups


def test_a_printed_state_stands_as_long_as_nobody_changed_the_log(
    stocked: Desk, tmp_path: Path
) -> None:
    seq, groups = printed(stocked, tmp_path)
    assert newest(stocked)[0] == ("audit.print", "")
    casework.client_page(stocked, ISIL.id)
    assert inspecting.compare(stocked, seq, groups.upper()) is Comparison.STANDS
    assert newest(stocked)[0] == ("audit.compared", str(seq))


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        ("UPDATE audit SET subject = '2026/0009' WHERE seq = 2", Comparison.CHANGED),
        ("DELETE FROM audit WHERE seq = 2", Comparison.CHANGED),
        ("UPDATE audit SET mac = zeroblob(32) WHERE seq = 4", Comparison.CHANGED),
    ],
)
def test_a_changed_log_differs_from_the_paper(
    stocked: Desk, clock: FixedClock, tmp_path: Path, attack: str, found: Comparison
) -> None:
    seq, groups = printed(stocked, tmp_path)
    desk = tampered(stocked, clock, attack)
    assert inspecting.compare(desk, seq, groups) is found
    assert newest(desk)[0] == ("audit.differs", str(seq))
    desk.vault.close()


def rewritten(db: Connection, desk: Desk, seq: int) -> None:
    """Write the whole chain anew, as a holder of its key can."""
    db.execute("DELETE FROM audit_file WHERE seq > 1")
    db.execute("DELETE FROM audit WHERE seq > 1")
    for _line in range(seq):
        moment = desk.clock.now()
        audit.add(db, desk.vault._chain_key, desk.user, moment, "client.view", "2026/0009")


def test_a_chain_written_anew_by_a_key_holder_differs_from_the_paper(
    stocked: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    seq, groups = printed(stocked, tmp_path)
    stocked.vault.close()
    with connected(stocked.vault.path, stocked.vault._key, Mode.WORK) as db:
        rewritten(db, stocked, seq)
    vault = Vault.open(stocked.vault.path, "derya", PASSPHRASE, clock, accept_rollback=True)
    desk = Desk(vault, clock)
    assert inspecting.check(desk).broken is None
    assert inspecting.compare(desk, seq, groups) is Comparison.CHANGED
    vault.close()


def test_a_log_that_does_not_reach_so_far_was_cut(stocked: Desk, tmp_path: Path) -> None:
    seq, groups = printed(stocked, tmp_path)
    assert inspecting.compare(stocked, seq + 99, groups) is Comparison.SHORTER


def test_fewer_than_five_groups_prove_nothing(stocked: Desk, tmp_path: Path) -> None:
    seq, groups = printed(stocked, tmp_path)
    with pytest.raises(KnownError):
        inspecting.compare(stocked, seq, groups[:-1])
