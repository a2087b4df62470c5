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
