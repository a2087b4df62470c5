import pytest

from kadin_danisma.domain import counting, lists, places
from kadin_danisma.domain.table import TableSpec
from kadin_danisma.reports.groups import all_groups
from kadin_danisma.reports.profiles import COARSE, FIRST, LATEST, edition_of, profile

KINDS = ("month", "quarter", "year")
EDITIONS = range(FIRST, LATEST + 1)
CODES = {dim: keys for definition in counting.TABLES for dim, keys in definition.dims}
CODES["age_band"] = (*lists.AGE_BAND.keys, *lists.CHILD_AGE_BAND.keys)
MONTH_AT_LEAST = {
    "summary", "applications_by_channel", "applications_by_reason", "clients_by_violence_type",
    "clients_by_age_band", "clients_by_residence", "sessions_by_service_and_channel",
    "referrals_by_institution_and_outcome", "playroom_by_age_band",
}  # fmt: skip
QUARTER_ADDS = {
    "applications_by_applicant", "clients_by_perpetrator", "clients_by_marital",
    "clients_by_education", "clients_by_employment", "clients_by_heard_from",
}  # fmt: skip


def ids(kind: str, edition: int = LATEST) -> set[str]:
    return {spec.id for spec in profile(kind, edition=edition)}


def published(spec: TableSpec, dim: str, keys: tuple[str, ...]) -> set[frozenset[str]]:
    """The categories of a dimension, each as the set of its codes."""
    groups = spec.groups.get(dim, {})
    grouped = {key for members in groups.values() for key in members}
    alone = {frozenset({key}) for key in keys if key not in grouped}
    return alone | {frozenset(members) for members in groups.values()}


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_kind_publishes_the_tables_of_the_contract(edition: int) -> None:
    assert ids("month", edition) >= MONTH_AT_LEAST
    assert ids("quarter", edition) >= MONTH_AT_LEAST | QUARTER_ADDS
    assert ids("year", edition) == {definition.id for definition in counting.TABLES}


@pytest.mark.parametrize("kind", KINDS)
def test_tables_stand_in_the_order_of_the_contract(kind: str) -> None:
    order = [definition.id for definition in counting.TABLES]
    assert [spec.id for spec in profile(kind)] == [name for name in order if name in ids(kind)]


def test_no_group_is_named_like_any_code() -> None:
    codes = {key for keys in CODES.values() for key in keys} | set(places.DISTRICT.keys)
    assert not codes & {name for _dim, name in all_groups()}


def test_groups_hold_known_codes_and_at_least_two() -> None:
    for (dim, _name), group in all_groups().items():
        assert set(group.members) <= set(CODES[dim])
        assert len(set(group.members)) == len(group.members) >= 2


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_code_stands_in_two_groups_of_a_table(kind: str, edition: int) -> None:
    for spec in profile(kind, edition=edition):
        for groups in spec.groups.values():
            members = [key for keys in groups.values() for key in keys]
            assert len(members) == len(set(members))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("coarse", "fine"), [("month", "quarter"), ("quarter", "year")])
def test_coarse_categories_are_unions_of_finer_ones(coarse: str, fine: str, edition: int) -> None:
    finer = {spec.id: spec for spec in profile(fine, edition=edition)}
    dims = {definition.id: definition.dims for definition in counting.TABLES}
    for spec in profile(coarse, edition=edition):
        for dim, keys in dims[spec.id]:
            small = published(finer[spec.id], dim, keys)
            for large in published(spec, dim, keys):
                parts = [part for part in small if part & large]
                assert frozenset().union(*parts) == large, (spec.id, dim, large)
            assert len(small) >= len(published(spec, dim, keys))


def test_the_choice_is_the_same_every_time() -> None:
    assert all(profile(kind) == profile(kind) for kind in KINDS)


def test_the_first_edition_stays_as_it_left() -> None:
    told = {
        spec.id: {dim: tuple(by_name) for dim, by_name in spec.groups.items()}
        for spec in profile("month", edition=FIRST)
    }
    assert told["clients_by_age_band"] == {"age_band": ("to_29", "from_40")}
    assert told["clients_by_residence"] == {"residence": ("outside_centre",)}
    assert told["sessions_by_service_and_channel"] == {
        "service": ("intake", "psych_any", "social_any", "no_answer"),
        "channel": ("face_to_face", "written_or_sent", "no_answer"),
    }
    assert told.keys() == MONTH_AT_LEAST


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_month_says_of_which_edition_it_is(edition: int) -> None:
    assert edition_of("month", profile("month", edition=edition)) == edition
    (ages,) = (s for s in profile("month", edition=edition) if s.id == "clients_by_age_band")
    assert edition_of("month", [ages]) == edition
    assert edition_of("quarter", profile("quarter", COARSE, edition)) == edition


def test_groups_of_no_edition_are_of_none() -> None:
    told = TableSpec("clients_by_age_band", {"age_band": {"rest": ("18_29", "30_39")}})
    assert edition_of("month", [told]) is None
