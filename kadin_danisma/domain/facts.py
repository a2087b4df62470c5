"""The facts of one period that are counted: bare tuples without names, numbers or texts.

The store fills them, ``domain.counting`` turns them into tables. A client is a small whole number
that means something only inside one ``Facts``; -1 stands for nobody (a contact).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

NOBODY = -1


class ClientFact(NamedTuple):
    """What tables ask of a woman."""

    client: int
    birth_year: int | None
    marital: str
    education: str
    employment: str
    heard_from: str
    district: str
    #: Whether her earliest application ever lies in the period.
    first: bool


class ApplicationFact(NamedTuple):
    """One application of the period (``client`` is NOBODY for a contact)."""

    client: int
    channel: str
    applicant_role: str
    reasons: tuple[str, ...]
    violence_types: tuple[str, ...]
    perpetrators: tuple[str, ...]


class SessionFact(NamedTuple):
    """Completed sessions of the period that are alike."""

    client: int
    service: str
    channel: str
    times: int


class ReferralFact(NamedTuple):
    """Referrals of the period that are alike."""

    client: int
    institution: str
    outcome: str
    times: int


class VisitFact(NamedTuple):
    """One playroom visit; ``child`` is the folded name, a child being (client, child)."""

    client: int
    child: str
    birth_year: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is counted about one period."""

    #: The year of the period's last day, which decides every age.
    year: int
    clients: tuple[ClientFact, ...]
    applications: tuple[ApplicationFact, ...]
    sessions: tuple[SessionFact, ...]
    referrals: tuple[ReferralFact, ...]
    visits: tuple[VisitFact, ...]
    trainings: int
    training_participants: int


def together(months: Mapping[str, Facts]) -> Facts:
    """Return the facts of a period out of those of its months (contract.md section 4).

    Args:
        months: By their keys, ``2026-01``; a woman has the same number in all of them. A month
            that was published stands as it was then, so a woman's labels may differ between
            months: the latest count.
    """
    ordered = [months[key] for key in sorted(months)]
    clients: dict[int, ClientFact] = {}
    for facts in ordered:
        for fact in facts.clients:
            before = clients.get(fact.client)
            clients[fact.client] = fact._replace(first=fact.first or bool(before and before.first))
    return Facts(
        max(facts.year for facts in ordered),
        tuple(clients.values()),
        tuple(fact for facts in ordered for fact in facts.applications),
        tuple(fact for facts in ordered for fact in facts.sessions),
        tuple(fact for facts in ordered for fact in facts.referrals),
        tuple(fact for facts in ordered for fact in facts.visits),
        sum(facts.trainings for facts in ordered),
        sum(facts.training_participants for facts in ordered),
    )
