from itertools import product

from kadin_danisma.domain.counting import TABLES
from kadin_danisma.domain.table import TOTAL
from kadin_danisma.domain.titles import category_label, table_title


def test_every_table_has_a_title() -> None:
    titles = [table_title(definition.id) for definition in TABLES]
    assert all(titles)
    assert len(set(titles)) == len(TABLES)


def test_every_category_of_every_table_has_a_label() -> None:
    for definition in TABLES:
        for dim, keys in definition.dims:
            assert all(category_label(*pair) for pair in product([dim], [*keys, TOTAL]))
