from collections.abc import Callable, Iterator
from typing import BinaryIO

import pytest

from kadin_danisma.exchange import child, decoder
from kadin_danisma.i18n import current_language, use_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    before = current_language()
    use_language("en")
    yield
    use_language(before)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read here is read without a process for each of a thousand files."""

    def words(file: BinaryIO, _tick: Callable[[], None]) -> Iterator[bytes]:
        return decoder.words(file)

    monkeypatch.setattr(child, "words", words)
