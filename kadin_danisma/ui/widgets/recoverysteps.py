"""New recovery sheets, step by step: the old ones, the choice, the paper, and typing it back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from kadin_danisma.domain.discipline import discipline_name
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import recovery
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.recovery import NewCode, Papers
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.widgets.paperview import PaperView
from kadin_danisma.ui.widgets.parts import button, label
from kadin_danisma.ui.widgets.sheetentry import SheetEntry
from kadin_danisma.ui.widgets.steps import Step, Steps

if TYPE_CHECKING:
    from kadin_danisma.ui.dialogs.printing import PrintSecretDialog

T = TypeVar("T")
#: Room enough to read the code off the screen where there is no printer.
_PAPER_HEIGHT = 330


class RecoverySteps(Steps):
    """Leads from the choice to the sheets that were typed back.

    Args:
        desk: Who makes the sheets.
        look: Colours and sizes.
        background: Where keys are derived.
        new: The code with which the vault was just made; None to make one in its place.
    """

    #: Emitted when the new sheets are in force.
    finished = Signal()

    def __init__(
        self, desk: Desk, look: Look, background: Background, new: NewCode | None = None
    ) -> None:
        super().__init__()
        self._desk = desk
        self._background = background
        self._new = new
        #: What was made for each choice: sheets are shared out once, however often one looks.
        self._made: dict[Kind, Papers] = {}
        self.papers: Papers | None = None
        self.form: PrintSecretDialog | None = None
        self.old = SheetEntry(_("What is written on the old sheet"))
        self.lost = button(_("The old sheets are lost"), self._without, kind="quiet")
        self.kinds = QButtonGroup(self)
        self.view = PaperView(_("Recovery sheet"), look)
        self.typed = SheetEntry()
        self.old_step, self.choice = self._old_step(), self._choice()
        self.paper, self.back = self._paper(), self._back()
        for step in (self.old_step, self.choice, self.paper, self.back):
            self.addWidget(step)
        lacking = new is None and recovery.missing(desk)
        self.go_to(self.old_step if lacking else self.choice)

    @property
    def begun(self) -> bool:
        """Tell whether a new code was made that nobody typed back."""
        return self._new is not None

    def start(self) -> None:
        """Put the cursor where typing begins."""
        if self.step is self.old_step:
            self.old.setFocus()
        else:
            self.kinds.buttons()[0].setFocus()

    def go_to(self, step: Step) -> None:
        """Show a step; the paper needs room to be read."""
        self.view.setMinimumHeight(_PAPER_HEIGHT if step is self.paper else 0)
        super().go_to(step)

    def _old_step(self) -> Step:
        step = Step(
            _(
                "Type the old sheet first, so that the new ones give the same access. It stays "
                "valid until the new one is typed back."
            ),
            _("Go on"),
            self._with_old,
        )
        step.body.addWidget(self.old)
        step.finish(self.lost)
        self.old.submitted.connect(step.do.click)
        return step

    def _choice(self) -> Step:
        step = Step(
            _("If everybody forgets their passphrase, only these papers open the vault."),
            _("Make the sheets"),
            self._make,
        )
        for kind, title, words in (
            (
                Kind.SHARES,
                _("Three sheets, any two of them open"),
                _(
                    "For the manager, the legal department and the safe. One that is lost or "
                    "stolen does no harm."
                ),
            ),
            (
                Kind.CODE,
                _("One sheet"),
                _(
                    "Simple, but anyone who finds it can open everything, and it cannot be "
                    "replaced."
                ),
            ),
        ):
            choice = QRadioButton(title)
            choice.setProperty("choice", str(kind))
            choice.setAccessibleDescription(words)
            self.kinds.addButton(choice)
            step.body.addWidget(choice)
            step.body.addWidget(label(words, "note", wrap=True))
        self.kinds.buttons()[0].setChecked(True)
        step.finish()
        return step

    def _paper(self) -> Step:
        step = Step(
            _(
                "Print it, or write it down by hand. It is shown only now; the program does not "
                "keep it or write it to a file."
            ),
            _("It is on paper"),
            self._to_typing,
        )
        step.body.addWidget(self.view, 1)
        self.no_printer = label("", wrap=True)
        self.by_hand = label("", "secret", wrap=True)
        for part in (self.no_printer, self.by_hand):
            part.hide()
            step.body.addWidget(part)
        step.finish(button(_("Print"), self.print_out))
        return step

    def _back(self) -> Step:
        step = Step("", _("Check"), self.submit)
        self._asked = label("", "strong", wrap=True)
        step.body.addWidget(self._asked)
        step.body.addWidget(self.typed)
        step.finish(button(_("Look at the sheets again"), self._to_paper, kind="quiet"))
        self.typed.submitted.connect(step.do.click)
        return step

    def _with_old(self) -> None:
        typed = self.old.read()
        if typed is None:
            return
        self._run(
            lambda: recovery.begin(self._desk, typed),
            self._chosen_new,
            lambda error: self.old.start_again(error.message),
        )

    def _without(self) -> None:
        """Go on without the old sheets; the second time, when it was said what that means."""
        names = ", ".join(map(discipline_name, sorted(recovery.missing(self._desk))))
        said = _(
            "Without the old sheets the new ones open the vault, but not these notes: {names}. A "
            "colleague who reads them can give the key later. Press once more to go on."
        ).format(names=names)
        if self.old_step.trouble.text() != said:
            self.old_step.say_trouble(said)
            return
        self._run(
            lambda: recovery.begin(self._desk, without=True), self._chosen_new, self._say_trouble
        )

    def _chosen_new(self, new: NewCode) -> None:
        self._new = new
        self.old.forget()
        self.go_to(self.choice)
        self.start()

    def _make(self) -> None:
        chosen = self.kinds.checkedButton()
        kind = Kind(chosen.property("choice")) if chosen else Kind.SHARES
        if kind in self._made:
            self._show(self._made[kind])
            return
        self._run(lambda: self._papers(kind), self._show, self._say_trouble)

    def _papers(self, kind: Kind) -> Papers:
        new = self._new or recovery.begin(self._desk)
        return recovery.papers(self._desk, new, kind)

    def _show(self, papers: Papers) -> None:
        self._new = papers.new
        self.papers = self._made[papers.kind] = papers
        self.view.show_pdf(papers.pdf)
        shared = papers.kind is Kind.SHARES
        self._asked.setText(
            _("Type two of the three sheets from the paper, one after the other.")
            if shared
            else _("Type the sheet from the paper.")
        )
        self._to_paper()

    def print_out(self) -> None:
        """Offer the real printers, or say how to do without one."""
        # The printing library is loaded where somebody prints.
        from kadin_danisma.ui import printers
        from kadin_danisma.ui.dialogs.printing import PrintSecretDialog

        assert self.papers is not None
        names = printers.names()
        if not names:
            self._ask_to_copy(self.papers)
            return
        self.form = PrintSecretDialog(self, names, self.papers.pdf)
        self.form.open()

    def _ask_to_copy(self, papers: Papers) -> None:
        """Say that there is no printer, and show what has to be written by hand."""
        self.no_printer.setText(
            _(
                "No printer that puts this on paper alone was found; one that writes a PDF is not "
                "offered, because the file would open everything. Please copy each sheet by hand, "
                "on a paper of its own. It is typed back afterwards: a mistake would be noticed."
            )
        )
        numbered = enumerate(papers.texts, start=1)
        lines = (_("Sheet {n}: {text}").format(n=n, text=text) for n, text in numbered)
        self.by_hand.setText("\n".join(lines))
        self.by_hand.setAccessibleName(_("What is written on the sheets"))
        # The codes stand below it: the way on has to stay on a small screen.
        self.view.setMinimumHeight(_PAPER_HEIGHT // 2)
        for part in (self.no_printer, self.by_hand):
            part.show()
        self.moved.emit()

    def _hide_copy(self) -> None:
        self.by_hand.setText("")
        for part in (self.no_printer, self.by_hand):
            part.hide()

    def _to_paper(self) -> None:
        self.typed.forget()
        self._hide_copy()
        self.go_to(self.paper)
        self.paper.do.setFocus()

    def _to_typing(self) -> None:
        self._hide_copy()
        self.go_to(self.back)
        self.typed.setFocus()

    def submit(self) -> None:
        """Check what was typed from the paper."""
        papers, typed = self.papers, self.typed.read()
        if papers is None or typed is None:
            return
        self._run(
            lambda: recovery.complete(self._desk, papers, typed),
            lambda _nothing: self._done(),
            lambda error: self.typed.start_again(error.message),
        )

    def _done(self) -> None:
        self.forget()
        self.finished.emit()

    def forget(self) -> None:
        """Let go of everything that stands on the sheets."""
        self._new = self.papers = None
        self._made.clear()
        self.view.clear()
        self._hide_copy()
        self.typed.forget()
        self.old.forget()

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """Work beside the window; it takes as long as a sign-in."""
        step = self.step
        step.setEnabled(False)

        def finish(result: T) -> None:
            step.setEnabled(True)
            done(result)

        def fail(error: KnownError) -> None:
            step.setEnabled(True)
            failed(error)

        self._background.run(lambda _progress: work(), finish, fail)

    def _say_trouble(self, error: KnownError) -> None:
        self.step.say_trouble(error.message)
