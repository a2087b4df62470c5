"""The form of a file: who she is, how she may be reached, and what else is known."""

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kadin_danisma.domain import phone
from kadin_danisma.domain.change import Change
from kadin_danisma.domain.records import Client
from kadin_danisma.i18n import _
from kadin_danisma.services import finding, intake
from kadin_danisma.ui.dialogs.form import side_by_side
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.typed import read_words
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.duplicates import DuplicateList, asking_words
from kadin_danisma.ui.widgets.fields import NumberEdit, TextEdit
from kadin_danisma.ui.widgets.fold import Fold
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.workplace import Workplace

#: So long after the last letter the likely duplicates are looked for, in milliseconds.
_PAUSE = 150
_SOCIAL = (
    ("marital", "education"),
    ("employment", "income"),
    ("legal_status", "social_security"),
    ("heard_from", ""),
)


class ClientDialog(RecordDialog[Client]):
    """Opens a file, or corrects one.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        client: What the fields start with.
        is_new: Whether the file is opened now.
    """

    #: Emitted with the id of an existing file that was chosen instead of a new one.
    known = Signal(str)

    def __init__(
        self, parent: QWidget | None, place: Workplace, client: Client, *, is_new: bool
    ) -> None:
        title = _("New file") if is_new else _("Correct the file")
        super().__init__(
            parent, place, title, None if is_new else client, _("Open file") if is_new else ""
        )
        self._start = client
        self._is_new = is_new
        self._boxes: dict[str, CodeBox] = {}
        self._texts: dict[str, QLineEdit] = {}
        self._year = NumberEdit(client.birth_year)
        self._note = TextEdit(client.safety_note, lines=2)
        self._build()
        self.duplicates = DuplicateList(place)
        self.duplicates.chosen.connect(self._take_known)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look_for_duplicates)
        if is_new:
            self.body.insertWidget(2, self.duplicates)
            for edit in (*self._texts.values(), self._year):
                edit.textChanged.connect(self._pause.start)
            self.look_for_duplicates()
        self._texts["name"].setFocus()

    @classmethod
    def for_new(cls, parent: QWidget | None, place: Workplace, words: str) -> "ClientDialog":
        """Return the form of a new file, started from what was searched for."""
        name, number = read_words(words)
        start = Client(
            file_no=intake.next_file_no(place.desk),
            name=name,
            phone=phone.display(phone.stored_form(number) or number),
        )
        return cls(parent, place, start, is_new=True)

    def built(self) -> Client:
        """Return the file as the fields have it."""
        values: dict[str, Any] = {name: edit.text().strip() for name, edit in self._texts.items()}
        values |= {name: box.value() for name, box in self._boxes.items()}
        values["birth_year"] = self._year.value()
        values["safety_note"] = self._note.toPlainText().strip()
        values["phone"] = phone.stored_form(values["phone"]) or values["phone"]
        made = {name: getattr(self._start, name) for name in Client.__slots__} | values
        return Client(**made)

    def store(self, record: Client) -> Change:
        """Open the file, or correct it."""
        desk = self.place.desk
        if self._is_new:
            return intake.open_file(desk, record)
        return intake.correct_client(desk, record)

    def save(self) -> bool:
        """Open the file once it was asked whether she has one: also of who types faster than we."""
        self._pause.stop()
        if self._is_new and not self.unread():
            found = finding.likely_duplicates(self.place.desk, self.built())
            if self.duplicates.asks_about(found):
                self.say_trouble(asking_words())
                return False
        return super().save()

    def look_for_duplicates(self) -> None:
        """Show the files that may be hers already."""
        self.duplicates.show_found(finding.likely_duplicates(self.place.desk, self.built()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more once the form is gone: the vault may be closed by then."""
        self._pause.stop()
        super().hideEvent(event)

    def _build(self) -> None:
        start = self._start
        for name in ("name", "phone", "file_no", "kimlik_no", "call_hours", "must_not_know",
                     "may_collect"):  # fmt: skip
            value = getattr(start, name)
            edit = QLineEdit(phone.display(value) if name == "phone" else value)
            self._texts[name] = edit
        hint = _("May stay empty: the file number is her identity here.")
        self.add_row(self.add_field("name", self._texts["name"], hint), self._text("phone"))
        self.add_row(
            self.add_field("birth_year", self._year), self._code("district"), self._text("file_no")
        )
        self.body.addWidget(label(_("Her safety"), "strong"))
        self.add_row(
            self._code("may_call"), self._text("call_hours"), self._code("may_leave_message")
        )
        self.add_row(self._text("must_not_know"), self._text("may_collect"))
        self.body.addWidget(self.add_field("safety_note", self._note))
        rest = self.add_fold(_("More about her"), opened=not self._is_new)
        rest.body.addWidget(self._text("kimlik_no"))
        for left, right in _SOCIAL:
            self._add_pair(rest, left, right)
        self.body.addStretch(1)

    def _add_pair(self, fold: Fold, left: str, right: str) -> None:
        beside = self._code(right) if right else QWidget()
        fold.body.addLayout(side_by_side(self._code(left), beside))

    def _text(self, name: str) -> QWidget:
        return self.add_field(name, self._texts[name])

    def _code(self, name: str) -> QWidget:
        self._boxes[name] = self.add_codes(name, getattr(self._start, name))
        return self.fields[name]

    def _take_known(self, client_id: str) -> None:
        self.known.emit(client_id)
        self.reject()
