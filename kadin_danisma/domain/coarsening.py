"""The facts of a month as it is kept once it is published: only what is counted, and no riddles.

A birth year becomes that of the eldest of its age band, a district the first of its group, answers
lose their order, and a contact without a file keeps nothing but that it was. Every table of the
closed list counts the same as before (contract.md section 3), in the month and in its quarter and
year, which all end in one calendar year.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from kadin_danisma.domain import lists, places
from kadin_danisma.domain.counting import age_band, child_age_band
from kadin_danisma.domain.facts import (
    NOBODY,
    ApplicationFact,
    ClientFact,
    Facts,
    ReferralFact,
    SessionFact,
    VisitFact,
)

_ADULTS = {"u18": 17, "18_29": 29, "30_39": 39, "40_49": 49, "50_59": 59, "60p": 60}
_CHILDREN = {"0_2": 2, "3_5": 5, "6_11": 11, "12_17": 17}
_PLACES = {places.residence_of(key): key for key in reversed(places.DISTRICT.keys)}
#: Turns a woman's number, which is even, into one that no woman has.
_OTHER = 1
_Fact = TypeVar("_Fact", ApplicationFact, ClientFact, ReferralFact, SessionFact, VisitFact)
_REAL_VIOLENCE = frozenset(lists.REAL_VIOLENCE)


def coarse(facts: Facts) -> Facts:
    """Return the facts of a month without what no table tells apart, in an order that says nothing.

    Args:
        facts: The facts; their women's numbers are kept.
    """
    return Facts(
        year=facts.year,
        clients=tuple(sorted(_woman(fact, facts.year) for fact in facts.clients)),
        applications=tuple(sorted(map(_application, facts.applications))),
        sessions=tuple(sorted(facts.sessions)),
        referrals=tuple(sorted(facts.referrals)),
        visits=tuple(sorted((_visit(fact, facts.year) for fact in facts.visits), key=repr)),
        trainings=facts.trainings,
        training_participants=facts.training_participants,
    )


def beside(facts: Facts, month: str, published: Mapping[str, Facts]) -> Facts:
    """Return a month as it fits to those of its year that were published before it.

    What was published stays, so the month gives way. Who applied in a published month before it is
    not first in it, although her application was moved to another file since. Who was first in a
    published month after it, and turns out to have applied in this one, stands in it for another
    woman: nobody is first twice, and what was said of that later month remains true.

    Args:
        facts: The month as the records give it now.
        month: Its key.
        published: The published months of its year, by their keys.
    """
    known = {
        fact.client for key, past in published.items() if key < month for fact in past.applications
    }
    first_later = {
        fact.client
        for key, later in published.items()
        if key > month
        for fact in later.clients
        if fact.first
    }
    clients = tuple(
        fact._replace(first=fact.first and fact.client not in known) for fact in facts.clients
    )
    applying = {fact.client for fact in facts.applications} - {NOBODY}
    return _as_others(replace(facts, clients=clients), first_later & applying)


def _as_others(facts: Facts, women: set[int]) -> Facts:
    """Return facts in which some women have the numbers of others, whom nobody else has."""
    if not women:
        return facts
    others = {client: client ^ _OTHER for client in women}

    def renamed(several: tuple[_Fact, ...]) -> tuple[_Fact, ...]:
        return tuple(fact._replace(client=others.get(fact.client, fact.client)) for fact in several)

    return replace(
        facts,
        clients=renamed(facts.clients),
        applications=renamed(facts.applications),
        sessions=renamed(facts.sessions),
        referrals=renamed(facts.referrals),
        visits=renamed(facts.visits),
    )


def _woman(fact: ClientFact, year: int) -> ClientFact:
    age = _ADULTS.get(age_band(fact.birth_year, year))
    return fact._replace(
        birth_year=None if age is None else year - age,
        district=_PLACES[places.residence_of(fact.district)],
    )


def _application(fact: ApplicationFact) -> ApplicationFact:
    if fact.client == NOBODY:
        return ApplicationFact(NOBODY, "", "", (), (), ())
    return fact._replace(
        reasons=tuple(sorted(fact.reasons)),
        violence_types=tuple(sorted(_REAL_VIOLENCE.intersection(fact.violence_types))),
        perpetrators=tuple(sorted(fact.perpetrators)),
    )


def _visit(fact: VisitFact, year: int) -> VisitFact:
    age = _CHILDREN.get(child_age_band(fact.birth_year, year))
    return fact._replace(birth_year=None if age is None else year - age)
