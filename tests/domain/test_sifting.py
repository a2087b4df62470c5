"""What is wanted of applications, and how many each choice would show."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.circle import Seal, bare
from kadin_danisma.domain.records import Application
from kadin_danisma.domain.sifting import Sieve, Standing, Tally, standing_of
from kadin_danisma.domain.views import ApplicationLine
from tests.builders import an_application

CHANNELS, REASONS, PEOPLE = ("phone", "email"), ("violence", "divorce"), ("u1", "u2", "")


@st.composite
def line(draw: st.DrawFn) -> ApplicationLine:
    application = an_application(
        client_id=draw(st.sampled_from([None, "c1"])),
        channel=draw(st.sampled_from(CHANNELS)),
        reasons=tuple(draw(st.sets(st.sampled_from(REASONS)))),
    )
    person = draw(st.sampled_from(PEOPLE))
    made = ApplicationLine(application, "", person.upper(), person)
    if application.client_id and draw(st.booleans()):
        closed: Application = bare(application)
        return replace(made, application=closed, taken_by="", taken_by_id="", seal=Seal.CLOSED)
    return made


lines = st.lists(line(), max_size=12)
sieves = st.builds(
    Sieve,
    standing=st.sampled_from(Standing),
    channel=st.sampled_from(("", *CHANNELS)),
    reason=st.sampled_from(("", *REASONS)),
    taken_by=st.sampled_from(("", "u1", "u2")),
)


@given(lines=lines, sieve=sieves)
def test_the_number_on_a_choice_is_what_it_shows(
    lines: list[ApplicationLine], sieve: Sieve
) -> None:
    tally = Tally.of(lines, sieve)
    for standing in (Standing.FILED, Standing.CONTACT):
        shown = replace(sieve, standing=standing).sift(lines)
        assert tally.standing.get(standing, 0) == len(shown)
    for name, choices in (("channel", CHANNELS), ("reason", REASONS), ("taken_by", ("u1", "u2"))):
        for choice in ("", *choices):
            shown = replace(sieve, **{name: choice}).sift(lines)
            assert getattr(tally, name).get(choice, 0) == len(shown)
    assert tally.standing[""] == len(replace(sieve, standing=Standing.ALL).sift(lines))


@given(lines=lines)
def test_without_a_wish_all_are_shown_each_with_a_file_or_without(
    lines: list[ApplicationLine],
) -> None:
    assert Sieve().sift(lines) == lines
    assert Counter(map(standing_of, lines)).total() == len(lines)


@given(lines=lines, sieve=sieves)
def test_a_closed_one_is_never_told_by_its_channel_reason_or_person(
    lines: list[ApplicationLine], sieve: Sieve
) -> None:
    found = sieve.sift(lines)
    if sieve.channel or sieve.reason or sieve.taken_by:
        assert all(line.seal is not Seal.CLOSED for line in found)
