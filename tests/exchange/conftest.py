from collections.abc import Iterator

import pytest

from kadin_danisma.i18n import current_language, use_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    before = current_language()
    use_language("en")
    yield
    use_language(before)
