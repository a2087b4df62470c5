"""Types a marker into every field of a form in which a person can type freely."""

import dataclasses
from typing import get_type_hints

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from kadin_danisma.domain.records import KIND_OF, Record
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.field_names import list_of
from kadin_danisma.ui.widgets.fields import TextEdit
from tests.leaks.markers import KIMLIK_NO, PHONE, marker

#: Identities that the program makes itself or takes from another record; nobody types them.
_GIVEN = {"id", "client_id", "application_id"}
#: What became of a session or a referral: a code, but of a list that depends on the record.
_CODED = {"outcome"}
#: What is only taken as digits.
_DIGITS = {"client.kimlik_no": KIMLIK_NO, "client.phone": PHONE}


def free_fields(kind: type[Record]) -> tuple[str, ...]:
    """Return the fields of a kind of record that hold a text and not a code of a list."""
    hints = get_type_hints(kind)
    return tuple(
        field.name
        for field in dataclasses.fields(kind)
        if hints[field.name] is str and field.name not in _GIVEN and not _is_coded(field.name)
    )


def all_places() -> list[str]:
    """Return every free field of every kind of record, as ``client.name``."""
    return [f"{KIND_OF[kind]}.{name}" for kind in KIND_OF for name in free_fields(kind)]


def word_for(place: str) -> str:
    """Return what is typed at a place: a marker, or digits where only they are taken."""
    return _DIGITS.get(place, marker(place))


def fill(form: RecordDialog[Record], kind: str, suffix: str = "") -> list[str]:
    """Type into every free field of a form and return the places.

    Args:
        form: The form.
        kind: What its record is called.
        suffix: Tells a second wording from the first.
    """
    filled = []
    for name, field in form.fields.items():
        typed = type(field.control) is QLineEdit or isinstance(field.control, TextEdit)
        if typed and field.control.isEnabled():
            place = f"{kind}.{name}"
            put(field.control, word_for(place) if place in _DIGITS else marker(place + suffix))
            filled.append(place)
    return filled


def put(control: QWidget, text: str) -> None:
    """Put a text into a control as if it had been typed."""
    if isinstance(control, QLineEdit):
        control.setText(text)
    else:
        assert isinstance(control, QPlainTextEdit)
        control.setPlainText(text)


def _is_coded(name: str) -> bool:
    try:
        return name in _CODED or list_of(name) is not None
    except KeyError:
        return False
