"""The recovery sheets: what is in force, trying it once a year, replacing it."""

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.discipline import discipline_name
from kadin_danisma.domain.recovery import Kind, RecoverySet
from kadin_danisma.i18n import _
from kadin_danisma.services import recovery, tampering
from kadin_danisma.services.recovery import Standing
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.recovery import NewSheetsDialog, TrySheetsDialog
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.parts import Card, Pill, button, label, row, told_card
from kadin_danisma.ui.workplace import Workplace


class RecoverySection(Section):
    """Says which sheets open the file, and lets them be tried and replaced.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Recovery"))
        self.dialog: FormDialog | None = None
        self.kind = label("", "title", wrap=True)
        self.state = Pill()
        self.since = label("", "muted", wrap=True)
        self.closed = label("", "note", wrap=True)
        self.unfinished = label(
            _("New sheets were begun and not typed back. They are discarded when you replace."),
            "note",
            wrap=True,
        )
        self.drill = button(_("Try the sheets"), self.open_try, kind="primary")
        self.replace = button(_("Replace"), self.open_replace)
        self.body.addWidget(self._in_force())
        self.body.addWidget(self._replacing())
        self.body.addWidget(self._root())
        self.body.addStretch(1)

    def reload(self) -> None:
        """Look which sheets are in force."""
        now = recovery.standing(self.place.desk)
        self.unfinished.setVisible(now.unfinished)
        self.drill.setEnabled(now.verified is not None)
        self._show(now)

    def open_try(self) -> None:
        """Open the form that tries sheets."""
        dialog = TrySheetsDialog(self, self.place)
        dialog.worked.connect(lambda _set: self._tried())
        self._open(dialog)

    def open_replace(self) -> None:
        """Open the steps to new sheets."""
        dialog = NewSheetsDialog(self, self.place)
        dialog.accepted.connect(self._replaced)
        dialog.rejected.connect(self.reload)
        self._open(dialog)

    def _open(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _tried(self) -> None:
        self.reload()
        self.say(
            _("The sheets open the vault"),
            _(
                "They stay valid. Please seal them again and write the new envelope's number in "
                "the document register."
            ),
        )

    def _replaced(self) -> None:
        self.reload()
        self.say(
            _("The new sheets are valid"),
            _(
                "Seal them now, and destroy every older sheet. One thing cannot be taken back: "
                "backups made until today still open with the older sheets, so make a new backup "
                "and destroy those you no longer need."
            ),
        )

    def _show(self, now: Standing) -> None:
        found = now.verified
        self.since.setVisible(found is not None)
        self.closed.setVisible(bool(now.closed))
        if found is None:
            self.kind.setText(_("No sheet was typed back yet"))
            self.state.show_state(_("Make sheets now"), Tone.DANGER)
            return
        self.kind.setText(_kind_words(found))
        self.since.setText(_since_words(found))
        names = ", ".join(map(discipline_name, sorted(now.closed)))
        self.closed.setText(
            _(
                "These sheets do not open the notes of: {names}. A colleague who reads them gives "
                "the key under Administration, Look and passphrase."
            ).format(names=names)
        )
        if now.is_due:
            self.state.show_state(_("not tried for a year"), Tone.WARN)
        else:
            self.state.show_state(_("tried within a year"), Tone.OK)

    def _in_force(self) -> Card:
        card = Card(_("Valid"))
        card.body.setSpacing(MEDIUM)
        head = row(self.kind, self.state, spacing=MEDIUM)
        head.setStretch(0, 1)
        card.body.addLayout(head)
        words = _(
            "Try them once a year: open the envelope, type what is written on the paper, seal it "
            "again. Do not rely on a sheet that was never tried."
        )
        for part in (self.since, self.closed, self.unfinished, label(words, "muted", wrap=True)):
            card.body.addWidget(part)
        card.body.addLayout(row(self.drill, 1))
        return card

    def _root(self) -> Card:
        card = Card(_("The list of people"))
        self.root = label(tampering.root_words(self.place.desk), "strong", wrap=True)
        words = _(
            "Who works here is signed, statement by statement, from the first coordinator on. "
            "These six words identify that beginning, here and on every sheet: should they ever "
            "differ, somebody made another list."
        )
        for part in (self.root, label(words, "muted", wrap=True)):
            card.body.addWidget(part)
        return card

    def _replacing(self) -> Card:
        words = _(
            "At once when a sheet is lost; also after every use, when somebody who knew them "
            "leaves, or when an envelope was opened. The old sheets stay valid until the new ones "
            "are typed back. Older backups open with the older sheets."
        )
        return told_card(_("Replace"), words, self.replace)


def _kind_words(found: RecoverySet) -> str:
    if found.kind is Kind.SHARES:
        return _("Three sheets, any two of them open")
    return _("One sheet")


def _since_words(found: RecoverySet) -> str:
    made = _("Made on: {day}").format(day=show_date(found.made_at.date()))
    said = [_("{day} · mark {mark}").format(day=made, mark=found.mark) if found.mark else made]
    if last := found.tried_at or found.verified_at:
        said.append(_("last typed in on {day}").format(day=show_date(last.date())))
    return " · ".join(said)
