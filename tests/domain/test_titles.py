from itertools import product

from kadin_danisma.domain.counting import TABLES
from kadin_danisma.domain.table import TOTAL
from kadin_danisma.domain.titles import category_label, table_title
from kadin_danisma.i18n import _


def test_every_table_has_a_title() -> None:
    titles = [table_title(definition.id) for definition in TABLES]
    assert all(titles)
    assert len(set(titles)) == len(TABLES)


def test_every_category_of_every_table_has_a_label() -> None:
    for definition in TABLES:
        for dim, keys in definition.dims:
            assert all(category_label(*pair) for pair in product([dim], [*keys, TOTAL]))


def test_beside_a_number_a_count_is_in_the_singular_though_its_page_is_not() -> None:
    said = [category_label("count", key) for key in ("applications", "sessions", "trainings")]
    assert said == ["Başvuru", "Görüşme", "Eğitim"]
    assert [_("Applications"), _("Trainings")] == ["Başvurular", "Eğitimler"]
    assert category_label("count", "referrals") == "Yönlendirme"
