"""Every look and language in turn, for pages that are worn in all of them."""

from collections.abc import Callable, Iterator

import pytest

from kadin_danisma.i18n import DEFAULT_LANGUAGE, use_language
from kadin_danisma.ui.look import Look


@pytest.fixture(params=["tr", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    use_language(request.param)
    yield request.param
    use_language(DEFAULT_LANGUAGE)


@pytest.fixture(params=[("light", 100), ("dark", 150)], ids=["light", "dark"])
def worn(request: pytest.FixtureRequest, look: Look, dressed: Callable[[str, int], None]) -> Look:
    """Each theme, the dark one in large print."""
    dressed(*request.param)
    return look
