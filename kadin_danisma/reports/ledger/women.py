"""Worlds of women: the same women came in the same months, but may be others than they are."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kadin_danisma.domain import counting
from kadin_danisma.domain.facts import Facts
from kadin_danisma.reports.ledger.edition import Edition, Place
from kadin_danisma.reports.ledger.worlds import Frame, Worlds, is_total

#: Labels that only women have, one each: {table: units of the counting}.
ATTRIBUTES = tuple(definition for definition in counting.TABLES if definition.unit == "clients")
#: A woman's months and her label in each of them: what is known of her may change in the year.
_Labels = dict[str, str]


def worlds(editions: Sequence[Edition], months: Mapping[str, Facts]) -> list[Worlds]:
    """Return a family for each attribute.

    Args:
        editions: All reports of the year, the new one among them.
        months: The facts of each of their months; a woman has the same number in all of them.
    """
    return [_attribute(definition, editions, months) for definition in ATTRIBUTES]


def _attribute(
    definition: counting.Definition, editions: Sequence[Edition], months: Mapping[str, Facts]
) -> Worlds:
    """Return the worlds in which women who came in the same months exchange an attribute."""
    made = Worlds(definition.id, bends=True)
    frame = Frame(made, definition.id, editions)
    known: dict[int, _Labels] = defaultdict(dict)
    for month in frame.months:
        for client, _times, labels in definition.units(months[month]):
            known[client][month] = labels[0][0]
    women = Counter(tuple(labels.items()) for labels in known.values())
    possible = dict.fromkeys(women)
    for own in women:
        possible |= dict.fromkeys(_others(dict(own), definition.dims[0][1]))
    for labels in possible:
        pattern = tuple(month for month, _label in labels)
        name = (definition.id, pattern, tuple(label for _month, label in labels))
        made.add(name, pattern, _places(dict(labels), frame), women[labels])
    made.leave_to_others(is_total)
    return made


def _others(own: _Labels, every: Sequence[str]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield what a woman's labels could have been instead, changing when they truly did."""
    first, last = next(iter(own.values())), list(own.values())[-1]
    for other in every:
        yield tuple((month, other) for month in own)
        if first != last:
            for replaced in (first, last):
                yield tuple(
                    (month, other if label == replaced else label) for month, label in own.items()
                )


def _places(labels: _Labels, frame: Frame) -> list[Place]:
    """Return where a woman is counted: in each report as she was in its last month."""
    found: list[Place] = []
    for edition, _table in frame.tables:
        inside = [label for month, label in labels.items() if month in edition.months]
        if inside:
            found.extend(frame.cells(edition, inside[-1:]))
    return found
