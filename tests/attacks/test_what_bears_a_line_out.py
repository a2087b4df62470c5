"""A colleague with SQL uses what others signed more than once, and for what they did not say."""

import json
from pathlib import Path

import pytest

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.trust import Trust
from kadin_danisma.services import auditing, breaking, casework, intake
from kadin_danisma.store import audit, notes, sealing, signed_content, vouching
from kadin_danisma.store.signed_content import Content
from tests.attacks import insider as with_sql
from tests.attacks.centre import Centre, passphrase_of
from tests.attacks.raw_files import AT
from tests.builders import a_client, a_session


def respelled(evidence: str, how: str) -> str:
    """Return the evidence of a line of IT's journal in another spelling."""
    at, number, signature = json.loads(evidence)
    return {
        "with spaces": json.dumps([at, number, signature]),
        "in capitals": json.dumps([at, number, signature.upper()], separators=(",", ":")),
        "a number as a text": json.dumps([at, str(number), signature], separators=(",", ":")),
        "a number with a point": json.dumps([at, number + 0.5, signature], separators=(",", ":")),
        "as it was": evidence,
    }[how]


@pytest.mark.parametrize(
    "how",
    ["with spaces", "in capitals", "a number as a text", "a number with a point", "as it was"],
)
def test_a_line_of_its_journal_counts_once_however_it_is_spelt(
    centre: Centre, tmp_path: Path, how: str
) -> None:
    with centre.its_desk() as keeper:
        keeper.make_backup(tmp_path)
    centre.works("derya")
    with with_sql.at_work(centre.path, "danisma", passphrase_of("danisma")) as insider:
        subject, evidence = insider.db.execute(
            "SELECT subject, evidence FROM audit WHERE action = 'backup'"
        ).fetchone()
        members = insider.unlocked.roster.members
        it, me = members[centre.ids["bilgi"]].user, members[insider.author.user_id].user
        audit.add(
            insider.db, insider.chain_key, me, with_sql.LATE, "sign_in", "", author=insider.author
        )
        audit.add(
            insider.db, insider.chain_key, it, with_sql.LATE, "backup", subject,
            author=insider.author, evidence=respelled(evidence, how),
        )  # fmt: skip
    with centre.at("derya") as desk:
        lines = [
            each.line for each in auditing.page(desk, LogQuery()) if each.line.action == "backup"
        ]
    assert [line.trust for line in lines] == [Trust.UNKNOWN, Trust.CARRIED]


def test_a_file_put_beside_a_signed_line_is_none_of_it(centre: Centre) -> None:
    """A row that is not sealed with its line is one of a line from before, which nobody signed."""
    seen, other = a_client(file_no="2026/0002"), a_client(file_no="2026/0003")
    with centre.at("derya") as desk:
        intake.open_file(desk, seen)
        intake.open_file(desk, other)
    with centre.at("avukat") as desk:
        casework.client_page(desk, seen.id)
    with with_sql.at_work(centre.path, "danisma", passphrase_of("danisma")) as insider:
        (seq,) = insider.db.execute(
            "SELECT seq FROM audit JOIN audit_file USING (seq) WHERE client_id = ? AND user_id = ?",
            (seen.id, centre.ids["avukat"]),
        ).fetchone()
        insider.db.execute("INSERT INTO audit_file VALUES (?, ?, 0)", (other.id, seq))
    with centre.at("derya") as desk:
        by_file = auditing.page(desk, LogQuery(client_id=other.id))
        assert "avukat" not in [each.line.by for each in by_file]
        line = next(each.line for each in auditing.page(desk, LogQuery()) if each.line.seq == seq)
        assert (line.file_numbers, line.files) == ((seen.file_no,), 1)


def test_files_of_a_line_are_not_told_apart_otherwise_than_they_were_signed(
    centre: Centre,
) -> None:
    """Two files in one row, with a line break between them, would be said by the same signature."""
    with centre.at("avukat") as desk, desk.vault.write() as db:
        desk.vault.audit(db, "client.list", "2", ["a", "b"])
    with with_sql.at_work(centre.path, "danisma", passphrase_of("danisma")) as insider:
        seq = audit.last(insider.db).seq
        insider.db.execute("DELETE FROM audit_file WHERE seq = ?", (seq,))
        insider.db.execute("INSERT INTO audit_file VALUES (?, ?, 1)", ("a\nb", seq))
        insider.reseal_log(seq)
    with centre.at("derya") as desk:
        line = next(each.line for each in auditing.page(desk, LogQuery()) if each.line.seq == seq)
    assert line.trust is Trust.UNKNOWN


@pytest.mark.parametrize("how", ["another file", "another hour"])
def test_a_notice_of_a_broken_seal_says_no_more_than_was_signed(centre: Centre, how: str) -> None:
    seen, other = a_client(file_no="2026/0002"), a_client(file_no="2026/0003")
    with centre.at("derya") as desk:
        intake.open_file(desk, seen)
        intake.open_file(desk, other)
    with centre.at("ikinci") as desk:
        breaking.break_seal(desk, seen.id, centre.code, "Kadın bugün tehlikede ve avukatı izinde.")
    with centre.at("derya") as desk:
        (notice,) = breaking.unseen(desk)
        assert notice.trust is Trust.SIGNED
    with with_sql.at_work(centre.path, "danisma", passphrase_of("danisma")) as insider:
        if how == "another file":
            (seq,) = insider.db.execute(
                "SELECT seq FROM audit WHERE action = 'break_glass'"
            ).fetchone()
            insider.db.execute("UPDATE broken_seal SET client_id = ?", (other.id,))
            insider.db.execute("INSERT INTO audit_file VALUES (?, ?, 0)", (other.id, seq))
        else:
            insider.db.execute("UPDATE broken_seal SET at = ?", (with_sql.LATE.isoformat(),))
    with centre.at("derya") as desk:
        (notice,) = breaking.unseen(desk)
        assert notice.trust is Trust.UNKNOWN


def test_the_founder_calls_no_note_of_today_one_from_before_signatures(centre: Centre) -> None:
    client = a_client(file_no="2026/0002")
    session = a_session(client, note="dava açıldı")
    with centre.at("avukat") as desk:
        intake.open_file(desk, client)
        intake.record_session(desk, session)
    with with_sql.at_work(centre.path, "derya", passphrase_of("derya")) as insider:
        public = insider.unlocked.roster.disciplines[Discipline.LEGAL]
        bound = notes._bound(session.id, 2)
        sealed = sealing.seal(
            signed_content.packed(bound, Content("davadan vazgeçti".encode())), public
        )
        row = (session.id, 2, "legal", sealed, b"x" * 18, AT, centre.ids["avukat"])
        insider.db.execute(
            "INSERT INTO sealed_note (record_id, revision, discipline, sealed, print, at, by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        vouching.vouch(insider.db, insider.author)
    with centre.at("elif") as desk:
        assert casework.note_trust(desk, session.id) is Trust.UNKNOWN
