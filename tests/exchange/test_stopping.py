"""However many rows there are, whoever wants to stop is heard between any thousand of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kadin_danisma.domain.records import Client
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.reader import take_up
from tests.exchange.books import TODAY, Book


class Asked(Mapping[str, Client]):
    """Stands for the files of a vault, which are asked for one by one."""

    def __init__(self) -> None:
        self.since = 0

    def __getitem__(self, number: str) -> Client:
        self.since += 1
        raise KeyError(number)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_the_comparison_with_the_vault_can_be_stopped_at_any_thousand_rows(tmp_path: Path) -> None:
    book, asked, most = Book(), Asked(), 0
    for number in range(10, 5_000):
        book.add("Danışanlar", f"2025/{number}")

    def look(_done: int, _total: int) -> None:
        nonlocal most
        most, asked.since = max(most, asked.since), 0

    taken = take_up(book.write(tmp_path / "book.xlsx"), TODAY, look)

    assert taken.compare(Known(clients=asked)).refused == []
    assert 0 < max(most, asked.since) <= 1001


def test_stopping_in_between_goes_through(tmp_path: Path) -> None:
    stops = False

    def look(_done: int, _total: int) -> None:
        if stops:
            raise KeyboardInterrupt

    taken = take_up(Book().write(tmp_path / "book.xlsx"), TODAY, look)
    stops = True

    with pytest.raises(KeyboardInterrupt):
        taken.compare(Known())
