"""The mechanism of code lists: stable keys, Turkish and English labels, folded look-up."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kadin_danisma.domain.text import fold
from kadin_danisma.i18n import current_language


@dataclass(frozen=True, slots=True)
class Code:
    """One entry: the key never changes, the labels may."""

    key: str
    tr: str
    en: str

    @property
    def label(self) -> str:
        """Return the label in the active language."""
        return self.tr if current_language() == "tr" else self.en


UNKNOWN = Code("unknown", "Bilinmiyor", "Unknown")
NOT_ASKED = Code("not_asked", "Sorulmadı", "Not asked")
DECLINED = Code("declined", "Belirtmek istemedi", "Declined")
#: Three ways of not knowing, and "no" is none of them (domain.md 1.2 point 6).
NO_ANSWER = (UNKNOWN, NOT_ASKED, DECLINED)
NO_ANSWER_KEYS = frozenset(code.key for code in NO_ANSWER)


class CodeList:
    """An ordered list of codes that ends with the three "no answer" values.

    Args:
        name: The key of the list, as in domain.md section 2.
        entries: ``(key, Turkish label, English label)`` in the order in which they are shown.
        no_answer: Whether the three "no answer" values belong to the list.
        former: ``(key, Turkish label)`` of labels that were bettered since: old workbooks carry
            them, so that they are read for ever and written no more.
    """

    def __init__(
        self,
        name: str,
        entries: tuple[tuple[str, str, str], ...],
        *,
        no_answer: bool = True,
        former: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.name = name
        self.former = former
        own = tuple(Code(*entry) for entry in entries)
        known = {code.key for code in own}
        extra = tuple(code for code in NO_ANSWER if code.key not in known) if no_answer else ()
        self.codes = own + extra

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    @cached_property
    def _by_key(self) -> dict[str, Code]:
        return {code.key: code for code in self.codes}

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        found = {fold(label): key for key, label in self.former}
        found |= {fold(code.tr): code.key for code in self.codes}
        return found | {fold(code.key): code.key for code in self.codes}

    @property
    def keys(self) -> tuple[str, ...]:
        """Return all keys in their order."""
        return tuple(code.key for code in self.codes)

    @property
    def real_keys(self) -> tuple[str, ...]:
        """Return the keys that say something: all but the three "no answer" values."""
        return tuple(key for key in self.keys if key not in NO_ANSWER_KEYS)

    def label(self, key: str) -> str:
        """Return the label of a key in the active language.

        Raises:
            KeyError: The key is not of this list, which is a fault of the program.
        """
        return self._by_key[key].label

    def find(self, text: str) -> str | None:
        """Return the key of what somebody typed (key, label or former label), or None.

        Labels are the Turkish ones, and everything is compared folded.
        """
        return self._by_folded.get(fold(text))
