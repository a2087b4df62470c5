"""What was typed into a form and not saved: of which form, of which file, of which call."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from kadin_danisma.domain.records import new_id

#: What stands in a control: a text, or the keys of several codes.
Typed = str | list[str]


class Form(StrEnum):
    """The forms whose text is kept; those of records are called as the record is."""

    CLIENT = "client"
    APPLICATION = "application"
    SESSION = "session"
    PLAYROOM_VISIT = "playroom_visit"
    REFERRAL = "referral"
    TRAINING = "training"
    #: What came of a referral.
    ANSWER = "answer"
    #: Who collects a child.
    HAND_OVER = "hand_over"
    #: Why a record is withdrawn, or to which file it belongs.
    WITHDRAWAL = "withdrawal"
    #: A number that was given by hand.
    TOLD = "told"
    #: The sentence that no report is missing after a restore.
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it stood when it was last kept.

    Of a record that is being corrected it says only what its author changed: the rest is read anew,
    as far as she may read it then. A new one is kept as it stands, with the time of the call.
    """

    id: str
    form: Form
    #: When the form was opened.
    begun_at: datetime | None
    #: Whose file; empty for none, or none yet.
    client_id: str = ""
    #: The record being corrected or answered, empty for a new one.
    record_id: str = ""
    #: Of which revision that was when the form was opened; 0 for a new one.
    revision: int = 0
    #: The record's day, as ISO text, where it has one; not every form asks for it.
    day: str = ""
    #: What stood in these fields when the form was opened, by the record's field names.
    opened: Mapping[str, Typed] = field(default_factory=dict)
    #: What stands there now.
    typed: Mapping[str, Typed] = field(default_factory=dict)

    def as_text(self) -> str:
        """Return it as text, to be sealed."""
        begun_at = self.begun_at.isoformat(timespec="seconds") if self.begun_at else ""
        return json.dumps(asdict(self) | {"begun_at": begun_at}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Draft | None":
        """Return what ``as_text`` made, None for a text of another program."""
        kept: dict[str, Any] = json.loads(text)
        if set(kept) != {part.name for part in fields(cls)} or kept["form"] not in set(Form):
            return None
        begun_at = datetime.fromisoformat(kept["begun_at"]) if kept["begun_at"] else None
        return cls(**kept | {"form": Form(kept["form"]), "begun_at": begun_at})


def from_before(application: str, form: str) -> list[Draft]:
    """Return the drafts of a program from before decision 0039, which kept one of each at the lock.

    Args:
        application: What the quick entry kept; empty for nothing.
        form: What the form that stood open kept.

    Raises:
        ValueError: It is not what such a program wrote.
    """
    found = []
    if application:
        kept: dict[str, Any] = json.loads(application)
        typed = {_NAMES.get(name, name): value for name, value in kept.items()}
        typed["opens_new"] = "yes" if kept.get("opens_new") else ""
        client_id = str(kept.get("client_id", ""))
        found.append(
            Draft(new_id(), Form.APPLICATION, None, client_id=client_id, opened={}, typed=typed)
        )
    if form:
        kept = json.loads(form)
        if set(kept) != _FORMER_FORM:
            raise ValueError("no form of a former program")
        found.append(Draft(new_id(), begun_at=None, **kept | {"form": Form(kept["form"])}))
    return found


_NAMES = {"day": "date"}
_FORMER_FORM = {"form", "client_id", "record_id", "revision", "day", "opened", "typed"}
