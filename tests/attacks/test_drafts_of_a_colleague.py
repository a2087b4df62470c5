"""A colleague, a coordinator, IT, with the vault key and SQL: nobody reads or writes her drafts."""

from collections.abc import Iterable

import pytest

from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.services import drafts as services
from kadin_danisma.services import finding
from kadin_danisma.store import drafts, keyring, keys, sealing
from kadin_danisma.store.drafts import Owner
from tests.attacks.centre import Centre, passphrase_of
from tests.attacks.conftest import Holds
from tests.attacks.insider import Insider, at_work
from tests.store.test_wall import everything, pages

HERS = "yarımkalanmarker eşi bugün aradı"
FORGED = "adresi verdim, görüşebilirler"

#: What the program would be if the key of drafts were nobody's own.
OPEN_KEY = (Owner, "key", property(lambda _owner: bytes(32)))
UNBOUND = (Owner, "bound", lambda _owner, _draft_id: b"")


def kept_by(centre: Centre, name: str = "avukat") -> str:
    """Let somebody leave a session unfinished, and return the id of the woman's file."""
    with centre.at(name) as desk:
        client_id = finding.all_clients(desk, 1)[0].id
        services.keep(
            desk, Draft("d", Form.SESSION, desk.clock.now(), client_id, typed={"note": HERS})
        )
    return client_id


def read_by(centre: Centre, name: str = "avukat") -> list[object]:
    with centre.at(name) as desk:
        return [each.typed.get("note") for each in services.kept(desk)]


def keys_of(insider: Insider) -> Iterable[bytes]:
    """Return every key she has, and what could be made of each."""
    held = keyring.held(insider.db, insider.author.user_id, insider.unlocked.identity.sealing)
    for key in (insider.unlocked.key, insider.unlocked.identity.sealing, *held.values()):
        yield key
        yield keys.subkey(key, "drafts")


def rows(insider: Insider) -> list[tuple[str, str, bytes]]:
    return insider.db.execute("SELECT user_id, id, sealed FROM draft").fetchall()


def reads_it(name: str, centre: Centre) -> bool:
    kept_by(centre)
    with at_work(centre.path, name, passphrase_of(name)) as insider:
        private = insider.unlocked.identity.sealing
        found = [
            *drafts.all_of(insider.db, Owner(centre.ids["avukat"], private)).values(),
            *drafts.all_of(insider.db, Owner(insider.author.user_id, private)).values(),
        ]
        for user_id, draft_id, row in rows(insider):
            bound = Owner(user_id, private).bound(draft_id)
            nonce, sealed = row[: keys.NONCE_BYTES], row[keys.NONCE_BYTES :]
            for key in keys_of(insider):
                found += [
                    said.decode(errors="replace")
                    for said in (
                        keys.unseal(sealed, nonce, key, bound),
                        sealing.unseal(row, key),
                    )
                    if said
                ]
    return any("eşi bugün" in each for each in found)


@pytest.mark.parametrize("name", ["elif", "psikolog", "danisma", "derya"])
def test_nobody_reads_it(holds: Holds, name: str) -> None:
    centre = holds(lambda tried: reads_it(name, tried), OPEN_KEY)
    assert read_by(centre) == [HERS]


def test_no_row_and_no_page_shows_words_form_or_file(centre: Centre) -> None:
    client_id = kept_by(centre)
    with at_work(centre.path, "derya", passphrase_of("derya")) as insider:
        said = b" ".join(bytes(str(part), "utf-8") for row in rows(insider) for part in row)
        assert client_id.encode() not in said
        assert b"session" not in said
        seen = b"\n".join(everything(insider.db))
        key = insider.unlocked.key
    assert HERS.encode() not in seen
    assert HERS.encode() not in pages(centre.path, key)
    for file in centre.path.parent.iterdir():
        assert HERS.encode() not in file.read_bytes()


def test_it_has_no_key_to_the_table_at_all(centre: Centre) -> None:
    kept_by(centre)
    with centre.its_desk() as keeper:
        assert not hasattr(keeper, "read")
    assert read_by(centre) == [HERS]


def lays_words_into_hers(centre: Centre) -> bool:
    kept_by(centre)
    forged = Draft("forged", Form.SESSION, centre.clock.now(), "c", typed={"note": FORGED})
    hers = centre.ids["avukat"]
    with at_work(centre.path, "elif", passphrase_of("elif")) as insider:
        drafts.put(
            insider.db, Owner(hers, insider.unlocked.identity.sealing), "forged", forged.as_text()
        )
        public = keyring.public_of(insider.db, hers)
        assert public is not None
        insider.db.execute(
            "INSERT INTO draft VALUES (?, 'forged-2', ?)",
            (hers, sealing.seal(forged.as_text().encode(), public)),
        )
    return FORGED in read_by(centre)


def test_nobody_lays_words_into_it(holds: Holds) -> None:
    centre = holds(lays_words_into_hers, OPEN_KEY)
    assert read_by(centre) == [HERS]


def doubles_it(centre: Centre) -> bool:
    kept_by(centre)
    with at_work(centre.path, "elif", passphrase_of("elif")) as insider:
        insider.db.execute("INSERT INTO draft SELECT user_id, 'again', sealed FROM draft")
    return len(read_by(centre)) > 1


def test_nobody_puts_it_into_another_row(holds: Holds) -> None:
    centre = holds(doubles_it, UNBOUND)
    assert read_by(centre) == [HERS]


def test_a_draft_of_a_former_program_that_somebody_planted_is_shown_as_such(centre: Centre) -> None:
    """That can still be planted with SQL; nobody says when it was begun, and its line says so."""
    said = (
        '{"form": "session", "client_id": "c", "record_id": "", "revision": 0, "day": "",'
        f' "opened": {{}}, "typed": {{"note": "{FORGED}"}}}}'
    )
    hers = centre.ids["avukat"]
    with at_work(centre.path, "elif", passphrase_of("elif")) as insider:
        public = keyring.public_of(insider.db, hers)
        assert public is not None
        sealed = sealing.seal(said.encode(), public).hex()
        insider.db.execute("INSERT INTO preference VALUES (?, 'draft.form', ?)", (hers, sealed))
    with centre.at("avukat") as desk:
        (found,) = services.kept(desk)
    assert found.begun_at is None
