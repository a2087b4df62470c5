"""Worlds of how women came and what they told: first, returning, continuing; types, perpetrators.

The same women came in the same months. Whether they applied then or only had a session, how many
applications there were, whether they had been here before, and what they told of violence may be
otherwise.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from kadin_danisma.domain import counting, lists
from kadin_danisma.domain.facts import NOBODY, Facts
from kadin_danisma.domain.table import TOTAL
from kadin_danisma.reports.ledger import units
from kadin_danisma.reports.ledger.course import NOTHING, Course, Said
from kadin_danisma.reports.ledger.edition import Edition, Place
from kadin_danisma.reports.ledger.worlds import SUMMARY, Frame, Link, Worlds, is_total

TYPES, PERPETRATORS = "clients_by_violence_type", "clients_by_perpetrator"
_LINES = ("clients", "clients_first", "clients_returning", "clients_continuing")
#: Tables that are seen to elsewhere, but for their totals.
_OTHERS = (units.CHANNEL, units.APPLICANT, units.REASON, units.SESSIONS)
#: Instead of so many courses others are invented; the more there are, the more can be exchanged.
_MANY = 100
#: So many different things that women told in a month are given to others to tell.
_HEARD = 12


def worlds(
    editions: Sequence[Edition], months: Mapping[str, Facts], *, widely: bool = False
) -> list[Worlds]:
    """Return the one family of all this.

    Args:
        editions: All reports that hang together, the new one among them.
        months: The facts of each of their months; a woman has the same number in all of them.
        widely: Whether applications (and sessions, where they are few) vary with the women, who
            could also have told what others did: more worlds, and a longer search.
    """
    made = Worlds("courses", bends=True)
    frames = _frames(made, editions)
    used = sorted({month for edition in editions for month in edition.months})
    own = _courses({month: months[month] for month in used})
    places = {course: [*_lines(course, editions), *_tables(course, frames)] for course in own}
    heard = _heard(own) if widely else {}
    for course in _chosen(own, dict(places)):
        for other in course.others(heard):
            if other not in places:
                places[other] = [*_lines(other, editions), *_tables(other, frames)]
    applying: dict[str, dict[int, int]] = defaultdict(dict)
    continuing: dict[str, dict[int, int]] = defaultdict(dict)
    for course, found in places.items():
        at = made.add(_name(course), tuple(sorted(course.came)), found, own[course], course.applied)
        for month in course.came:
            (applying if month in course.applied else continuing)[month][at] = 1
    if widely:
        _link(made, editions, months, applying, continuing)
        made.leave_to_others(lambda place: place[1] in _OTHERS and not is_total(place))
    else:
        _limit(made, applying, {
            month: sum(fact.client != NOBODY for fact in facts.applications)
            for month, facts in months.items()
        })  # fmt: skip
    if not (widely and units.are_sessions_few(editions)):
        _limit(made, continuing, {
            month: sum(fact.times for fact in facts.sessions) for month, facts in months.items()
        })  # fmt: skip
    return [made]


def _limit(made: Worlds, women: Mapping[str, Mapping[int, int]], most: Mapping[str, int]) -> None:
    """Let no more women apply, or go on, than there truly were applications, or sessions."""
    for month, upper in most.items():
        made.links.append(Link(women.get(month, {}), upper=upper))


def _link(
    made: Worlds,
    editions: Sequence[Edition],
    months: Mapping[str, Facts],
    applying: Mapping[str, Mapping[int, int]],
    continuing: Mapping[str, Mapping[int, int]],
) -> None:
    """Vary applications with the women, and sessions where they are few.

    Nobody applies without an application, or goes on without a session. Each application
    came through one channel, from one person, for some reasons.
    """
    channel = units.add_units(made, units.CHANNEL, editions, months)
    applicant = units.add_units(made, units.APPLICANT, editions, months)
    reason = units.add_reasons(made, editions, months)
    few = units.are_sessions_few(editions)
    sessions = units.add_units(made, units.SESSIONS, editions, months) if few else {}
    for month in channel:
        applications = dict.fromkeys(channel[month], 1)
        made.links.append(Link(applications | dict.fromkeys(applying.get(month, ()), -1)))
        for same in (applicant, reason):
            alike = applications | dict.fromkeys(same[month], -1)
            made.links.append(Link(alike, lower=0, upper=0))
        if few:
            own = dict.fromkeys(sessions[month], 1)
            made.links.append(Link(own | dict.fromkeys(continuing.get(month, ()), -1)))


def _frames(made: Worlds, editions: Sequence[Edition]) -> tuple[Frame, Frame]:
    for line in _LINES:
        made.add_lines(editions, line)
    types = Frame(made, TYPES, editions)
    for edition, _table in types.tables:
        other = edition.table(PERPETRATORS)
        if other and (TOTAL,) in other.cells:
            # Both tables have one base: their totals are the same number.
            total = (edition.number, PERPETRATORS, (TOTAL,))
            made.row_of(total, same_as=(edition.number, TYPES, (TOTAL,)))
    return types, Frame(made, PERPETRATORS, editions)


def _courses(months: Mapping[str, Facts]) -> Counter[Course]:
    """Return how many women had each course."""
    types: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    who: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    came: dict[int, set[str]] = defaultdict(set)
    new: set[int] = set()
    real = frozenset(lists.REAL_VIOLENCE)
    for month, facts in months.items():
        for application in facts.applications:
            if application.client != NOBODY:
                came[application.client].add(month)
                types[application.client][month] |= real.intersection(application.violence_types)
                who[application.client][month].update(application.perpetrators)
        for session in facts.sessions:
            came[session.client].add(month)
        new.update(fact.client for fact in facts.clients if fact.first)
    return Counter(
        Course(
            frozenset(those),
            client not in new,
            tuple(
                Said(month, frozenset(types[client][month]), frozenset(who[client][month]))
                for month in sorted(types[client])
            ),
        )
        for client, those in came.items()
    )


def _heard(own: Iterable[Course]) -> dict[str, list[Said]]:
    """Return some of what women told in each month, each thing once."""
    found: dict[str, dict[Said, None]] = defaultdict(dict)
    for course in own:
        for said in course.told:
            found[said.month][said] = None
    return {month: list(told)[:_HEARD] for month, told in found.items()}


def _chosen(own: Counter[Course], places: Mapping[Course, Sequence[Place]]) -> Iterator[Course]:
    """Yield the courses instead of which others are invented: not of all, where there are many.

    First come those behind the smallest numbers, which must be able to be 0, then of each class of
    women who came in the same months as many as fit its size.
    """
    told: Counter[Place] = Counter()
    for course, count in own.items():
        told.update(dict.fromkeys(places[course], count))
    rarest = {course: min(told[place] for place in places[course]) for course in own}
    yield from sorted(own, key=rarest.__getitem__)[:_MANY]
    classes: dict[frozenset[str], list[Course]] = defaultdict(list)
    for course in own:
        classes[course.came].append(course)
    women = {came: sum(own[course] for course in of_class) for came, of_class in classes.items()}
    for came in sorted(classes, key=lambda each: (-women[each], sorted(each)))[:_MANY]:
        yield from classes[came][: ceil(_MANY * women[came] / own.total())]


def _lines(course: Course, editions: Sequence[Edition]) -> Iterator[Place]:
    for edition in editions:
        for line in course.lines(edition.months):
            yield (edition.number, SUMMARY, (line,))


def _tables(course: Course, frames: tuple[Frame, Frame]) -> Iterator[Place]:
    for frame in frames:
        for edition, table in frame.tables:
            inside = [said for said in course.told if said.month in edition.months]
            types = NOTHING.union(*(said.types for said in inside))
            if types and table.id == TYPES:
                yield from frame.cells(edition, sorted(types))
            elif types:
                who = NOTHING.union(*(said.who for said in inside))
                yield from frame.cells(edition, counting.perpetrators_told(who))


def _name(course: Course) -> tuple[object, ...]:
    told = tuple(
        (said.month, tuple(sorted(said.types)), tuple(sorted(said.who))) for said in course.told
    )
    return ("course", tuple(sorted(course.came)), course.known, told)
