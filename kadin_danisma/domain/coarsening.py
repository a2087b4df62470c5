"""Leaving of the facts of a month only what is counted: what is kept of it once it is published.

A birth year becomes that of the eldest of its age band, a district the first of its group, answers
lose their order, and a contact without a file keeps nothing but that it was. Every table of the
closed list counts the same as before (contract.md section 3), in the month and in its quarter and
year, which all end in one calendar year.
"""

from kadin_danisma.domain import lists, places
from kadin_danisma.domain.counting import age_band, child_age_band
from kadin_danisma.domain.facts import NOBODY, ApplicationFact, ClientFact, Facts, VisitFact

_ADULTS = {"u18": 17, "18_29": 29, "30_39": 39, "40_49": 49, "50_59": 59, "60p": 60}
_CHILDREN = {"0_2": 2, "3_5": 5, "6_11": 11, "12_17": 17}
_PLACES = {places.residence_of(key): key for key in reversed(places.DISTRICT.keys)}
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
