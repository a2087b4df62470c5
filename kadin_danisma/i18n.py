"""The words of the program: gettext lookups, and the one language that is active.

The active language is the only module-level state of the program (docs/decisions/0005): a screen,
a report and an error sentence raised deep in the store must agree on it without being handed it.
"""

import gettext
from pathlib import Path

from kadin_danisma.paths import translations_folder

LANGUAGES = ("tr", "en")
DEFAULT_LANGUAGE = "tr"
DOMAIN = "kadin_danisma"


class _Active:
    """Holds the chosen language and its catalogue."""

    language = DEFAULT_LANGUAGE
    catalogue: gettext.NullTranslations | None = None


def use_language(language: str, folder: Path | None = None) -> None:
    """Choose the language of everything said from now on.

    Args:
        language: One of LANGUAGES.
        folder: Where the compiled catalogues lie; the program's own by default.
    """
    _Active.language = language
    _Active.catalogue = gettext.translation(
        DOMAIN, localedir=folder or translations_folder(), languages=[language], fallback=True
    )


def current_language() -> str:
    """Return the key of the active language."""
    return _Active.language


def _catalogue() -> gettext.NullTranslations:
    if _Active.catalogue is None:
        use_language(_Active.language)
    assert _Active.catalogue is not None
    return _Active.catalogue


def _(message: str) -> str:
    """Return the message in the active language."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message that fits the count, in the active language."""
    return _catalogue().ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return the message in the active language, told apart by its context."""
    return _catalogue().pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for "translate later")
    """Mark a message for translation at a later moment."""
    return message
