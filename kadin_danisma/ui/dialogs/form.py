"""The frame of every form: head, fields that scroll, calm errors, one primary action."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kadin_danisma.domain.drafts import Typed
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.ui.kept import KeptForm
from kadin_danisma.ui.style import LARGE, MEDIUM, PAGE, WIDE, Tone
from kadin_danisma.ui.widgets.codebox import left_unfinished
from kadin_danisma.ui.widgets.focus import ReadingOrder, first_field
from kadin_danisma.ui.widgets.fold import Fold
from kadin_danisma.ui.widgets.parts import button, ems, label, press, restyle, row
from kadin_danisma.ui.widgets.sorting import SortKey
from kadin_danisma.ui.widgets.typing import forget_edits


class FormDialog(ReadingOrder, QDialog):
    """A form above a page; Ctrl+Enter does it, Escape leaves it.

    Args:
        parent: The window it belongs to.
        title: What the form is for; never a name.
        action: The words of the primary action.
        width: The width of the form in letters.
    """

    def __init__(
        self, parent: QWidget | None, title: str, action: str = "", width: int = 86
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Kadın Danışma"))
        self.setAccessibleName(title)
        self.setModal(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(PAGE, WIDE, PAGE, MEDIUM)
        self.heading = label(title, "title")
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
        outer.addLayout(self.head)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(PAGE, 4, PAGE, MEDIUM)
        self.body.setSpacing(MEDIUM + 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._inside)
        self._scroll = scroll
        outer.addWidget(scroll, 1)
        self._foot = self._footer(action or _("Save"))
        outer.addWidget(self._foot)
        self.setMinimumWidth(ems(self, width))

    def _footer(self, action: str) -> QWidget:
        footer = QWidget()
        layout = QVBoxLayout(footer)
        layout.setContentsMargins(PAGE, MEDIUM, PAGE, WIDE)
        layout.setSpacing(MEDIUM)
        self._trouble = QFrame()
        self._trouble.setProperty("kind", "banner")
        restyle(self._trouble, "tone", str(Tone.DANGER))
        self._trouble_words = label("", wrap=True)
        QVBoxLayout(self._trouble).addWidget(self._trouble_words)
        self._trouble.hide()
        layout.addWidget(self._trouble)
        self._warned = False
        self._unkept = label("", "note", wrap=True)
        self._unkept.hide()
        layout.addWidget(self._unkept)
        self.note = label("", "note")
        self.leave = button(_("Cancel"), self.reject, key="Esc")
        self.do = button(action, self.submit, kind="primary", key="Ctrl+Enter")
        layout.addLayout(row(self.note, 1, self.leave, self.do, spacing=MEDIUM))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, lambda: press(self.do))
        SortKey(self)
        return footer

    def showEvent(self, event: QShowEvent) -> None:
        """Open at the height its fields need, but never higher than the window below."""
        super().showEvent(event)
        self.fit()
        if not event.spontaneous():
            self._begin()
        if self.kept is not None:
            self.kept.keeper.watch(self.kept)

    def _begin(self) -> None:
        """Begin in the first field, where the form itself chose none: never on an answer."""
        here: QWidget | None = self.focusWidget()
        if here is not None and self._inside.isAncestorOf(here):
            return
        if (first := first_field(self._inside)) is not None:
            first.setFocus()

    def fit(self) -> None:
        """Be as high as the fields need, as far as there is room."""
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        width = max(self.width(), self.minimumWidth())
        fields = self.body
        wanted = fields.totalHeightForWidth(width) if fields.hasHeightForWidth() else -1
        least = self._inside.minimumSizeHint().height()
        wanted = max(wanted, least, fields.totalSizeHint().height())
        around = self.head.sizeHint().height() + self._foot.sizeHint().height()
        self.resize(width, min(wanted + around, self._room()))

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll to a part of the form, once it is laid out."""
        QTimer.singleShot(0, part, lambda: self._scroll.ensureWidgetVisible(part, 0, 0))

    def add_row(self, *parts: QWidget, stretch: tuple[int, ...] = ()) -> None:
        """Add fields side by side.

        Args:
            parts: The fields.
            stretch: Their weights; all alike by default.
        """
        self.body.addLayout(side_by_side(*parts, stretch=stretch))

    def add_fold(self, title: str, *, opened: bool = False) -> Fold:
        """Add the rest of the fields, folded; the form grows when it is opened."""
        fold = Fold(title, opened=opened)
        fold.toggled.connect(lambda _opened: self.fit())
        self.body.addWidget(fold)
        return fold

    def submit(self) -> None:
        """Do what the form is for; a fault of the world is said in the form, nothing is lost."""
        self.say_trouble("")
        if (left := left_unfinished(self._inside)) is not None:
            # Saved without them, what she typed would be lost in silence, or another code kept.
            words = _(
                "“{typed}” is not chosen from the list yet. Choose with ↓ and Enter, or delete it."
            )
            self.say_trouble(words.format(typed=left.unfinished()))
            left.setFocus()
            return
        try:
            done = self.save()
        except KnownError as error:
            self.say_trouble(error.message)
            return
        if done:
            self.accept()

    @property
    def kept(self) -> KeptForm | None:
        """Return the form as it is kept while somebody types; None where nothing of it is."""
        return None

    def typed(self) -> Mapping[str, Typed]:
        """Return what stands in the fields, where the form is kept."""
        return {}

    def whose(self) -> str:
        """Return the id of the file the form is for at the moment; empty for none."""
        return ""

    def say_unkept(self, sentence: str) -> None:
        """Say calmly that what is typed cannot be kept; an empty sentence takes it back."""
        self._warned = self._warned and bool(sentence)
        self._unkept.setText(sentence)
        self._unkept.setVisible(bool(sentence))

    @property
    def unkept(self) -> str:
        """Return why what is typed cannot be kept, empty where it is."""
        return self._unkept.text() if not self._unkept.isHidden() else ""

    def reject(self) -> None:
        """Leave without asking, because what was typed is kept; ask where it cannot be."""
        if self.kept is not None and not self._warned and not self.kept.keeper.leave(self.kept):
            self._warned = True
            self.say_trouble(
                _("What you typed could not be kept: save it, or press Esc again to lose it.")
            )
            return
        super().reject()

    def done(self, result: int) -> None:
        """Close, and let go of what was typed as soon as nobody needs it any more."""
        if self.kept is not None:
            self.kept.keeper.close(self.kept)
        super().done(result)
        forget_edits(self)
        self.deleteLater()

    def save(self) -> bool:
        """Do it, and tell whether the form can close. Each form says how.

        Raises:
            KnownError: The world did not let it; the form shows the sentence.
        """
        return True

    def say_trouble(self, sentence: str) -> None:
        """Show a sentence above the actions; an empty one takes it away."""
        self._trouble_words.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        self._trouble.setAccessibleName(sentence)

    @property
    def trouble(self) -> str:
        """Return the sentence shown above the actions."""
        return self._trouble_words.text() if not self._trouble.isHidden() else ""

    def _room(self) -> int:
        parent = self.parentWidget()
        if parent is not None:
            below = parent.window()
            # A form above a form may be as high as the window below both.
            while (behind := below.parentWidget()) is not None:
                below = behind.window()
            return max(below.height() - 2 * WIDE, 420)
        return self.screen().availableGeometry().height() - 2 * PAGE


def side_by_side(*parts: QWidget, stretch: tuple[int, ...] = ()) -> QHBoxLayout:
    """Return fields in one line, of equal width unless weights are given."""
    line = QHBoxLayout()
    line.setSpacing(LARGE)
    for place, part in enumerate(parts):
        line.addWidget(part, stretch[place] if stretch else 1, Qt.AlignmentFlag.AlignTop)
    return line
