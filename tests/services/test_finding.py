"""Search and likely duplicates over a year of women: how much is found, and how often one is asked.

The figures of decision 0040 are held here: nobody of the sample year is asked about for a name
that is merely like hers, and of names typed another way nearly all are found.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from kadin_danisma.domain import phone
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.likeness import compare
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.text import fold, fold_words
from kadin_danisma.domain.views import Likeness
from kadin_danisma.services import casework, finding, importing, intake
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.store import records, search
from kadin_danisma.store.duplicates import likely_duplicates
from tests.builders import a_client
from tests.foreign.test_patterns import SECONDS, within
from tests.services.restricted import found

SAMPLE = Path(__file__).parent.parent / "data" / "ornek-yil.xlsx"
#: Spellings of one sound, as people write what they hear.
HEARD = (("mb", "nb"), ("nb", "mb"), ("ey", "ei"), ("ay", "ai"), ("gm", "m"), ("hr", "r"),
         ("mm", "m"), ("ll", "l"), ("iye", "ye"), ("gl", "l"), ("gd", "d"), ("c", "j"))  # fmt: skip


@pytest.fixture
def year(desk: Desk) -> list[Client]:
    """The women of the sample year, in a vault."""
    assert importing.import_workbook(desk, SAMPLE).refused == []
    with desk.vault.read() as db:
        return records.read(db, Client, "ORDER BY file_no", {})


def asked_pairs(women: list[Client], *, by_telephone: bool) -> tuple[Counter[str], Counter[str]]:
    """Return why pairs of women are shown as one, and why somebody is asked about them."""
    shown, asked = Counter[str](), Counter[str]()
    for one, other in combinations(women, 2):
        typed = replace(one, birth_year=None, kimlik_no="") if by_telephone else one
        why, asks = compare(typed, other, phone.stored_form(typed.phone))
        shown.update(why)
        asked.update(why if asks else ())
    return shown, asked


@pytest.mark.slow
def test_few_pairs_of_the_year_are_asked_about_though_they_are_two_women(
    year: list[Client],
) -> None:
    """15,051 pairs of different women: ten with all that is known, 23 with name and telephone."""
    assert len(year) == 174
    shown, asked = asked_pairs(year, by_telephone=False)
    assert shown == {Likeness.NAME: 21, Likeness.PHONE: 2}
    assert asked == {Likeness.NAME: 8, Likeness.PHONE: 2}
    shown, asked = asked_pairs(year, by_telephone=True)
    assert asked == shown == {Likeness.NAME: 21, Likeness.PHONE: 2}


def together(name: str) -> Iterator[str]:
    words = name.split()
    for place in range(len(words) - 1):
        if words[place].isalpha() and words[place + 1].isalpha():
            yield " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])


def one_word_more(name: str) -> Iterator[str]:
    first, *rest = name.split()
    yield " ".join([first, "Mevsim", *rest])


def a_letter_off(name: str) -> Iterator[str]:
    folded = fold(name)
    for place in range(0, len(folded) - 1, 3):
        if folded[place : place + 2].isalpha():
            yield folded[:place] + folded[place + 1] + folded[place] + folded[place + 2 :]
            yield folded[:place] + "k" + folded[place + 1 :]
            yield folded[:place] + folded[place + 1 :]


def as_heard(name: str) -> Iterator[str]:
    folded = fold(name)
    for heard, written in HEARD:
        if heard in folded:
            yield folded.replace(heard, written, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("slips", "share_found", "share_asked"),
    [
        pytest.param(together, 1, 1, id="together"),
        pytest.param(one_word_more, 1, 1, id="one word more"),
        pytest.param(a_letter_off, 0.95, 0.95, id="a letter off"),
        pytest.param(as_heard, 0.99, 0.99, id="as heard"),
    ],
)
def test_a_woman_of_the_year_is_found_by_another_spelling(
    desk: Desk,
    year: list[Client],
    slips: Callable[[str], Iterator[str]],
    share_found: float,
    share_asked: float,
) -> None:
    named = [woman for woman in year if len(fold_words(woman.name)) > 1]
    tried = searched = asked = 0
    # By the store, because by the service every look stands in the log.
    with desk.vault.read() as db:
        for woman, slip in ((each, slip) for each in named for slip in slips(each.name)):
            tried += 1
            lines = [*search.find(db, slip, 50), *search.find_near(db, slip, 50, off=False)]
            lines = lines or search.find_near(db, slip, 50, off=True)
            searched += woman.id in {line.id for line in lines}
            hits = likely_duplicates(db, Client(file_no="x", name=slip), None)
            asked += woman.id in {hit.line.id for hit in hits if hit.asks}
    assert tried >= 80
    assert searched >= share_found * tried, (searched, tried)
    assert asked >= share_asked * tried, (asked, tried)


def test_who_fits_by_her_letters_comes_before_who_sounds_alike(desk: Desk) -> None:
    for number, name in (("2026/0001", "Nur Cambaz"), ("2026/0002", "Nur Canbaz")):
        intake.open_file(desk, a_client(number, name=name))
    lines = finding.search(desk, "canbaz")
    assert [(line.file_no, line.near) for line in lines] == [
        ("2026/0002", False),
        ("2026/0001", True),
    ]


@pytest.mark.parametrize("written", ["Ayşe Nur Gül Kaya", "Ayşenurgül Kaya", "Ayşe Nurgül Kaya"])
@pytest.mark.parametrize("typed", ["Ayşe Nur Gül Kaya", "ayşenurgül kaya", "AYŞENUR GÜL KAYA"])
def test_three_names_are_found_wherever_they_are_parted(
    desk: Desk, written: str, typed: str
) -> None:
    intake.open_file(desk, a_client("2026/0001", name=written))
    intake.open_file(desk, a_client("2026/0002", name="Ayşe Kaya"))
    assert finding.search(desk, typed)[0].file_no == "2026/0001"
    hits = finding.likely_duplicates(desk, a_client("2026/0003", name=typed))
    assert (hits[0].line.file_no, hits[0].likeness, hits[0].asks) == (
        "2026/0001", (Likeness.NAME,), True,
    )  # fmt: skip


def test_her_own_name_is_not_pushed_out_by_many_that_are_like_it(desk: Desk) -> None:
    """Of a common name, as a vault of some thousand files has it: Kara, Kaya, Kava."""
    for number in range(12):
        intake.open_file(desk, a_client(f"2026/{number:04d}", name="Ayşe Kara"))
    hers = a_client("2026/0999", name="Ayşe Kaya")
    intake.open_file(desk, hers)
    hits = finding.likely_duplicates(desk, a_client("2026/1000", name="Ayşe Kaya"))
    assert [hit.line.id for hit in hits][:1] == [hers.id]
    assert len(hits) == 10


@pytest.mark.parametrize("name", ["avukat2", "derya", "danisma"])
def test_to_others_no_likeness_tells_of_a_restricted_file(
    vault_path: Path, clock: FixedClock, name: str
) -> None:
    centre = found(vault_path, clock)
    spelt = ("gul cicek", "Gulchichek", "gülçiçak", "Saklıoglu Gülçiçek", "sakliolgu")
    likely = [a_client("2026/0999", name=f"{each} Saklıoğlu") for each in spelt]
    centre.seal("avukat", "psikolog")
    with centre.at(name) as desk:
        assert [hit for words in spelt for hit in finding.search(desk, words)] == []
        assert [hit for client in likely for hit in finding.likely_duplicates(desk, client)] == []
    with centre.at("avukat") as desk:
        assert all(finding.search(desk, words) for words in spelt)
        assert all(finding.likely_duplicates(desk, client) for client in likely[:3])


@pytest.mark.parametrize("typed", ["0532 12ab", "12345", "komşusu", "0500 000 12 34 / 35", "+90 1"])
def test_what_is_no_telephone_number_is_refused_as_a_kimlik_no_is(desk: Desk, typed: str) -> None:
    with pytest.raises(RefusedError) as refused:
        intake.open_file(desk, a_client("2026/0001", phone=typed))
    assert [problem.field for problem in refused.value.problems] == ["phone"]
    assert typed not in refused.value.message
    assert finding.all_clients(desk) == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("+49 30 1234567", "+49301234567"), ("00963 11 234 5678", "+963112345678"),
     ("0500 000 12 34", "+905000001234"), ("", "")],
)  # fmt: skip
def test_numbers_of_this_and_other_countries_are_taken(desk: Desk, typed: str, stored: str) -> None:
    client = a_client("2026/0001", phone=typed)
    intake.open_file(desk, client)
    assert casework.client(desk, client.id).phone == stored
    if stored:
        (hit,) = finding.likely_duplicates(desk, a_client("2026/0002", name="", phone=typed))
        assert hit.likeness == (Likeness.PHONE,)


def test_a_number_from_an_older_list_stays_until_it_is_changed(desk: Desk) -> None:
    """A workbook may bring what is no number: nobody is kept from correcting the rest."""
    client = a_client("2026/0001", phone="komşusu 12")
    with desk.vault.write() as db:
        records.add(db, client, desk.stamp())
    intake.correct(desk, replace(client, revision=1, district="konak"))
    with pytest.raises(RefusedError):
        intake.correct(desk, replace(client, revision=2, phone="komşusu 13"))
    intake.correct(desk, replace(client, revision=2, phone="0500 000 12 34"))
    assert casework.client(desk, client.id).phone == "+905000001234"


@pytest.mark.parametrize("pasted", ["ab" * 10_000 + " kaya", "ada kaya " * 2_000])
def test_a_letter_pasted_into_the_name_is_answered_in_a_moment(desk: Desk, pasted: str) -> None:
    with within(SECONDS):
        assert finding.likely_duplicates(desk, a_client("2026/0002", name=pasted)) == []
        assert finding.search(desk, pasted) == []
