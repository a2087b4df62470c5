"""From the facts of a period to tables of true counts: the definitions of contract.md section 3."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product

from kadin_danisma.domain import lists, places
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.facts import NOBODY, ClientFact, Facts, together
from kadin_danisma.domain.table import TOTAL, Cell, CellKey, Table, TableSpec

#: One unit to be counted: whose it is, how many alike, and its categories in each dimension.
Unit = tuple[int, int, tuple[tuple[str, ...], ...]]

SUMMARY = (
    "clients", "clients_first", "clients_returning", "clients_continuing", "applications",
    "contacts", "sessions", "referrals", "playroom_visits", "playroom_children", "playroom_hours",
    "trainings", "training_participants",
)  # fmt: skip
#: Counts of public events, behind which no client stands.
PUBLIC = frozenset({"trainings", "training_participants"})
_ADULT_BANDS = ((18, "u18"), (30, "18_29"), (40, "30_39"), (50, "40_49"), (60, "50_59"))
_CHILD_BANDS = ((3, "0_2"), (6, "3_5"), (12, "6_11"))


@dataclass(frozen=True, slots=True)
class Definition:
    """What one table counts, by which dimensions, and how its units are found."""

    id: str
    unit: str
    dims: tuple[tuple[str, tuple[str, ...]], ...]
    units: Callable[[Facts], Iterable[Unit]]
    multi: bool = False


def age_band(birth_year: int | None, year: int) -> str:
    """Return the age band of a woman in the year in which a period ends."""
    if birth_year is None:
        return "unknown"
    age = year - birth_year
    return next((band for limit, band in _ADULT_BANDS if age < limit), "60p")


def child_age_band(birth_year: int | None, year: int) -> str:
    """Return the age band of a child in the year in which a period ends."""
    if birth_year is None:
        return "unknown"
    age = year - birth_year
    return next((band for limit, band in _CHILD_BANDS if age < limit), "12_17")


def tables(facts: Facts, specs: Sequence[TableSpec] | None = None) -> tuple[Table, ...]:
    """Count the facts of a period.

    Args:
        facts: Everything dated in the period.
        specs: The tables wanted and their groups; all tables with every category by default.
    """
    wanted = specs if specs is not None else [TableSpec(definition.id) for definition in TABLES]
    by_id = {definition.id: definition for definition in TABLES}
    return tuple(_table(by_id[spec.id], spec, facts) for spec in wanted)


def tables_of(
    months: Mapping[str, Facts], keys: Iterable[str], specs: Sequence[TableSpec]
) -> tuple[Table, ...]:
    """Count the facts of some months together (contract.md section 4).

    Args:
        months: By their keys, those that are not wanted among them.
        keys: The months wanted.
        specs: The tables wanted and their groups.
    """
    return tables(together({key: months[key] for key in keys}), specs)


def _table(definition: Definition, spec: TableSpec, facts: Facts) -> Table:
    groups = {dim: dict(spec.groups[dim]) for dim, _ in definition.dims if dim in spec.groups}
    mapping = {
        dim: {member: group for group, members in by_group.items() for member in members}
        for dim, by_group in groups.items()
    }
    categories = {
        dim: tuple(dict.fromkeys(mapping.get(dim, {}).get(key, key) for key in keys))
        for dim, keys in definition.dims
    }
    table = Table(
        id=definition.id,
        unit=definition.unit,
        dims=tuple(categories),
        multi=tuple(categories) if definition.multi else (),
        categories=categories,
        groups=groups,
    )
    if definition.id == "summary":
        table.cells.update(_summary(facts))
    else:
        merge = [mapping.get(dim, {}) for dim in categories]
        table.cells.update(_tally(definition.units(facts), categories, merge))
    return table


def _tally(
    units: Iterable[Unit],
    categories: dict[str, tuple[str, ...]],
    merge: list[dict[str, str]],
) -> Iterator[tuple[CellKey, Cell]]:
    """Count units into every combination of categories and margins, zeros included."""
    values: dict[CellKey, int] = {}
    women: dict[CellKey, set[int]] = {}
    for client, times, labels in units:
        merged = (
            (*dict.fromkeys(into.get(label, label) for label in several), TOTAL)
            for several, into in zip(labels, merge, strict=True)
        )
        for key in product(*merged):
            values[key] = values.get(key, 0) + times
            women.setdefault(key, set()).add(client)
    for key in product(*((*keys, TOTAL) for keys in categories.values())):
        yield key, Cell(values.get(key, 0), len(women.get(key, ())))


def _summary(facts: Facts) -> Iterator[tuple[CellKey, Cell]]:
    applying = {fact.client for fact in facts.applications} - {NOBODY}
    first = {fact.client for fact in facts.clients if fact.first}
    with_file = [fact for fact in facts.applications if fact.client != NOBODY]
    contacts = len(facts.applications) - len(with_file)
    visiting = {visit.client for visit in facts.visits}
    minutes = sum(visit.minutes for visit in facts.visits)
    values: dict[str, tuple[int, int | None]] = {
        "clients": (len(facts.clients), len(facts.clients)),
        "clients_first": (len(first), len(first)),
        "clients_returning": (len(applying - first), len(applying - first)),
        "clients_continuing": (
            len(facts.clients) - len(applying),
            len(facts.clients) - len(applying),
        ),
        "applications": (len(with_file), len(applying)),
        "contacts": (contacts, contacts),
        "sessions": (
            sum(fact.times for fact in facts.sessions),
            len({fact.client for fact in facts.sessions}),
        ),
        "referrals": (
            sum(fact.times for fact in facts.referrals),
            len({fact.client for fact in facts.referrals}),
        ),
        "playroom_visits": (len(facts.visits), len(visiting)),
        "playroom_children": (
            len({(visit.client, visit.child) for visit in facts.visits}),
            len(visiting),
        ),
        "playroom_hours": ((minutes + 30) // 60, len(visiting)),
        "trainings": (facts.trainings, None),
        "training_participants": (facts.training_participants, None),
    }
    for name in SUMMARY:
        value, women = values[name]
        yield (name,), Cell(value, women)


def _applications(
    *fields: str,
) -> Callable[[Facts], Iterator[Unit]]:
    def units(facts: Facts) -> Iterator[Unit]:
        for fact in facts.applications:
            if fact.client != NOBODY:
                yield fact.client, 1, tuple((getattr(fact, name),) for name in fields)

    return units


def _reasons(facts: Facts) -> Iterator[Unit]:
    for fact in facts.applications:
        if fact.client != NOBODY:
            yield fact.client, 1, (fact.reasons or ("not_asked",),)


def violence_of(facts: Facts) -> dict[int, set[str]]:
    """Return the real violence types of each woman who told of any."""
    real = frozenset(lists.REAL_VIOLENCE)
    found: dict[int, set[str]] = {}
    for fact in facts.applications:
        if fact.client != NOBODY and (types := real.intersection(fact.violence_types)):
            found.setdefault(fact.client, set()).update(types)
    return found


def _violence(facts: Facts) -> Iterator[Unit]:
    for client, types in violence_of(facts).items():
        yield client, 1, (tuple(sorted(types)),)


def perpetrators_told(told: AbstractSet[str]) -> tuple[str, ...]:
    """Return under which labels a woman is counted who told of these perpetrators."""
    if known := told & frozenset(lists.PERPETRATOR_RELATION.real_keys):
        return tuple(sorted(known))
    return (next((key for key in ("unknown", "declined") if key in told), "not_asked"),)


def _perpetrators(facts: Facts) -> Iterator[Unit]:
    told: dict[int, set[str]] = {client: set() for client in violence_of(facts)}
    for fact in facts.applications:
        if fact.client in told:
            told[fact.client].update(fact.perpetrators)
    for client, relations in told.items():
        yield client, 1, (perpetrators_told(relations),)


def _clients(
    category: Callable[[ClientFact, int], str],
) -> Callable[[Facts], Iterator[Unit]]:
    def units(facts: Facts) -> Iterator[Unit]:
        for fact in facts.clients:
            yield fact.client, 1, ((category(fact, facts.year),),)

    return units


def _sessions(facts: Facts) -> Iterator[Unit]:
    for fact in facts.sessions:
        yield fact.client, fact.times, ((fact.service,), (fact.channel,))


def _referrals(facts: Facts) -> Iterator[Unit]:
    for fact in facts.referrals:
        yield fact.client, fact.times, ((fact.institution,), (fact.outcome,))


def _visits(facts: Facts) -> Iterator[Unit]:
    for fact in facts.visits:
        yield fact.client, 1, ((child_age_band(fact.birth_year, facts.year),),)


def _by(code_list: CodeList, name: str = "") -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ((name or code_list.name, code_list.keys),)


_BY_AGE = _clients(lambda fact, year: age_band(fact.birth_year, year))
_BY_RESIDENCE = _clients(lambda fact, _: places.residence_of(fact.district))

#: Every table of contract.md section 3, in its order.
TABLES = (
    Definition("summary", "mixed", (("count", SUMMARY),), lambda _: ()),
    Definition(
        "applications_by_channel", "applications", _by(lists.CHANNEL), _applications("channel")
    ),
    Definition(
        "applications_by_applicant",
        "applications",
        _by(lists.APPLICANT_ROLE),
        _applications("applicant_role"),
    ),
    Definition("applications_by_reason", "applications", _by(lists.REASON), _reasons, multi=True),
    Definition(
        "clients_by_violence_type",
        "clients_violence",
        (("violence_type", lists.REAL_VIOLENCE),),
        _violence,
        multi=True,
    ),
    Definition(
        "clients_by_perpetrator",
        "clients_violence",
        _by(lists.PERPETRATOR_RELATION),
        _perpetrators,
        multi=True,
    ),
    Definition("clients_by_age_band", "clients", _by(lists.AGE_BAND), _BY_AGE),
    Definition(
        "clients_by_marital", "clients", _by(lists.MARITAL), _clients(lambda fact, _: fact.marital)
    ),
    Definition(
        "clients_by_education",
        "clients",
        _by(lists.EDUCATION),
        _clients(lambda fact, _: fact.education),
    ),
    Definition(
        "clients_by_employment",
        "clients",
        _by(lists.EMPLOYMENT),
        _clients(lambda fact, _: fact.employment),
    ),
    Definition(
        "clients_by_heard_from",
        "clients",
        _by(lists.HEARD_FROM),
        _clients(lambda fact, _: fact.heard_from),
    ),
    Definition("clients_by_residence", "clients", _by(lists.RESIDENCE), _BY_RESIDENCE),
    Definition(
        "sessions_by_service_and_channel",
        "sessions",
        _by(lists.SERVICE) + _by(lists.CHANNEL),
        _sessions,
    ),
    Definition(
        "referrals_by_institution_and_outcome",
        "referrals",
        _by(places.INSTITUTION) + _by(lists.REFERRAL_OUTCOME, "outcome"),
        _referrals,
    ),
    Definition("playroom_by_age_band", "playroom_visits", _by(lists.CHILD_AGE_BAND), _visits),
)
