"""A colleague outside the circle changes no sealed field in the name of somebody inside."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.trust import Trust
from kadin_danisma.services import casework, circles, intake
from kadin_danisma.store import audit, circle_book, sealed_fields, sealing, trust, vouching
from kadin_danisma.store import circles as keys_of_files
from kadin_danisma.store.circle_book import CircleBook
from kadin_danisma.store.circles import Mark
from kadin_danisma.store.failures import BrokenVaultError
from kadin_danisma.store.sealed_fields import Part
from kadin_danisma.store.writer import Writer
from tests.attacks.insider import LATE, Insider, at_work
from tests.services.restricted import Centre, found

FORGED = "arayabilirsiniz, sorun olmaz"


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock) -> Centre:
    """A file that the coordinator sealed to a lawyer, who corrected it since."""
    made = found(vault_path, clock)
    made.seal("derya", "avukat", "psikolog")
    with made.at("avukat") as desk:
        standing = casework.client(desk, made.client.id)
        intake.correct(desk, replace(standing, call_hours="yalnız öğlen"))
    return made


def trusts(centre: Centre, by: str = "derya") -> tuple[bool, dict[str, Trust | None]]:
    """Return whether the file is doubtful, and what is told of the wordings of its fields."""
    with centre.at(by) as desk:
        page = casework.client_page(desk, centre.client.id)
        lines = casework.history(desk, Kind.CLIENT, centre.client.id)
        return page.doubtful, {line.new: line.trust for line in lines}


def test_who_seals_what_others_wrote_is_its_witness_and_not_its_author(centre: Centre) -> None:
    doubtful, said = trusts(centre)
    assert not doubtful
    assert said["Gülçiçek Saklıoğlu"] is Trust.SIGNED, "the coordinator wrote it and sealed it"
    assert said["yalnız öğlen"] is Trust.SHARED
    with centre.at("avukat") as desk:
        lines = [
            line
            for entry in casework.client_page(desk, centre.client.id).timeline
            for line in casework.history(desk, entry.kind, entry.record.id)
            if line.new == "Psk. Görüşen"
        ]
    assert [(line.trust, line.by, line.sealed_by) for line in lines] == [
        (Trust.CARRIED, "AVUKAT", "Derya A.")
    ]


def test_sealing_anew_keeps_every_signature(centre: Centre) -> None:
    before = trusts(centre)
    with centre.at("derya") as desk:
        circles.narrow(desk, centre.client.id, {centre.ids["psikolog"]})
    assert trusts(centre) == before


def _forge(centre: Centre, insider: Insider, mark: Mark | None) -> None:
    public = keys_of_files.publics(insider.db)[centre.client.id]
    at = LATE.isoformat(timespec="seconds")
    part = Part(9, at, centre.ids["avukat"], {"call_hours": FORGED})
    key = (Kind.CLIENT, centre.client.id)
    sealed_fields.add(insider.db, public, centre.client.id, key, [part], mark)


def unsigned(centre: Centre, insider: Insider) -> None:
    """She seals it as before signatures."""
    _forge(centre, insider, None)


def signed_with_her_own_key(centre: Centre, insider: Insider) -> None:
    """She says that the lawyer sealed it, and signs with her own key."""
    roster = insider.unlocked.roster
    writer = Writer(insider.author, roster, CircleBook(lambda: roster))
    _forge(centre, insider, Mark(LATE.isoformat(timespec="seconds"), centre.ids["avukat"], writer))


def as_its_witness(centre: Centre, insider: Insider) -> None:
    """She says that the lawyer wrote it and that she herself sealed it, and signs that."""
    roster = insider.unlocked.roster
    writer = Writer(insider.author, roster, CircleBook(lambda: roster))
    at = LATE.isoformat(timespec="seconds")
    _forge(centre, insider, Mark(at, insider.author.user_id, writer))


def as_its_witness_with_a_line(centre: Centre, insider: Insider) -> None:
    """She also signs in the log that she sealed the file, which is none of hers to seal."""
    as_its_witness(centre, insider)
    public = keys_of_files.publics(insider.db)[centre.client.id]
    me = insider.unlocked.roster.members[insider.author.user_id].user
    audit.add(
        insider.db, insider.chain_key, me, LATE, "circle.narrow", f"x {centre.ids['psikolog']}",
        [centre.client.id], author=insider.author, evidence=circle_book.evidence(public),
    )  # fmt: skip


@pytest.mark.parametrize(
    "forge", [unsigned, signed_with_her_own_key, as_its_witness, as_its_witness_with_a_line]
)
def test_a_field_in_the_lawyers_name_is_told_on_the_file(
    centre: Centre, forge: Callable[[Centre, Insider], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(centre.path, "danisma") as insider:
        forge(centre, insider)
    doubtful, said = trusts(centre)
    assert doubtful
    assert said[FORGED] is Trust.UNKNOWN
    monkeypatch.setattr(trust, "judged", lambda *_said: Trust.SIGNED)
    monkeypatch.setattr(vouching, "is_vouched", lambda *_said: True)
    monkeypatch.setattr(CircleBook, "sealed", lambda *_said: True)
    doubtful, said = trusts(centre)
    assert not doubtful
    assert said[FORGED] is not Trust.UNKNOWN


def test_a_record_that_names_another_file_is_looked_at_all_the_same(centre: Centre) -> None:
    """She writes a visit into the file, and seals it for the file under the name of another."""
    with at_work(centre.path, "danisma") as insider:
        (visit,) = insider.db.execute("SELECT id FROM playroom_visit LIMIT 1").fetchone()
        public = keys_of_files.publics(insider.db)[centre.client.id]
        insider.db.execute("DELETE FROM sealed_part WHERE record_id = ?", (visit,))
        part = Part(1, LATE.isoformat(), centre.ids["avukat"], {"child": "Başka Çocuk"})
        key = (Kind.PLAYROOM_VISIT, visit)
        sealed_fields.add(insider.db, public, "another", key, [part])
    assert trusts(centre)[0]


def test_nonsense_under_the_seal_is_damage_and_no_crash(centre: Centre) -> None:
    with at_work(centre.path, "danisma") as insider:
        public = keys_of_files.publics(insider.db)[centre.client.id]
        bound = sealed_fields._bound((Kind.CLIENT, centre.client.id), 9)
        insider.db.execute(
            "INSERT INTO sealed_part (kind, record_id, revision, client_id, sealed, at, by)"
            " VALUES ('client', :id, 9, :id, :sealed, '-', '')",
            {"id": centre.client.id, "sealed": sealing.seal(bound + b"[1]", public)},
        )
    with centre.at("derya") as desk, pytest.raises(BrokenVaultError):
        casework.client_page(desk, centre.client.id)
