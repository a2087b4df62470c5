"""What was typed and not yet saved, in a form the vault can keep over a lock (no Qt)."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """What was typed into the quick entry and not yet saved."""

    words: str = ""
    client_id: str = ""
    opens_new: bool = False
    day: str = ""
    time: str = ""
    channel: str = ""
    applicant_role: str = ""
    reasons: tuple[str, ...] = ()
    violence_types: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return it as text for the vault."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "ApplicationDraft | None":
        """Return what ``as_text`` made, None for an empty or older text."""
        if not text:
            return None
        kept = json.loads(text)
        if set(kept) != {part.name for part in fields(cls)}:
            return None
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        return cls(**values)


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What stood in a form of a file when the program was locked over it."""

    #: The kind of record it makes (``domain.change.Kind``).
    form: str
    client_id: str
    #: The record being corrected, empty for a new one.
    record_id: str
    #: Of which revision the record was when the form was opened; 0 for a new one.
    revision: int
    #: The record's day, as ISO text, where it has one; not every form asks for it.
    day: str
    #: What stood in the form when it was opened, by the record's field names; codes as a list.
    opened: dict[str, str | list[str]]
    #: What stood there when the program was locked.
    typed: dict[str, str | list[str]]

    def as_text(self) -> str:
        """Return it as text for the vault."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "FormDraft | None":
        """Return what ``as_text`` made, None for an empty or older text."""
        kept = json.loads(text) if text else {}
        return cls(**kept) if set(kept) == {part.name for part in fields(cls)} else None
