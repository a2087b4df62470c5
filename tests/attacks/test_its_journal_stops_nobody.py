"""A line that says IT restored the vault, written by somebody who only waits to be let in."""

from dataclasses import replace

from kadin_danisma.services import intake
from kadin_danisma.store import behind, journal
from kadin_danisma.store.journal import RESTORED
from tests.attacks.centre import Centre
from tests.attacks.conftest import Holds, always
from tests.attacks.raw_files import insider
from tests.builders import a_client


def says_that_it_restored(centre: Centre) -> None:
    she = insider(centre, "yeni")
    line = she.notes(by=centre.ids["bilgi"], action=RESTORED)
    she.writes(journal=(replace(line, signature=bytes(64)),))


def test_after_a_crash_everybody_gets_in_all_the_same(holds: Holds) -> None:
    """What IT restored has to be proved, and what a crash left cannot be."""

    def attack(centre: Centre) -> bool:
        with centre.at("derya") as desk:
            intake.open_file(desk, a_client(file_no="2026/0009"))
            crashed = centre.copy(
                centre.path.parent.with_name(f"{centre.path.parent.name}-crashed")
            )
        says_that_it_restored(crashed)
        return not crashed.gets_in("avukat")

    holds(attack, (journal, "is_believed", always))


def test_no_report_is_held_back_for_it(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        says_that_it_restored(centre)
        with centre.at("derya") as desk, desk.vault.read() as db:
            return behind.since(db) is not None

    centre = holds(attack, (journal, "is_believed", always))
    assert ("journal.refused", "1") in [line[1:] for line in centre.log()]
