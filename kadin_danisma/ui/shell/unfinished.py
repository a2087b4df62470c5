"""What was typed and not saved, kept for its author in the vault while the program is locked."""

from kadin_danisma.services import people
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.drafts import ApplicationDraft, FormDraft

#: The preferences under which it waits.
APPLICATION = "draft.application"
FORM = "draft.form"


class Unfinished:
    """The unfinished application of the quick entry, and the form that stood open at the lock.

    Args:
        desk: Whose they are.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.application = ApplicationDraft.from_text(people.draft(desk, APPLICATION))
        self.form = FormDraft.from_text(people.draft(desk, FORM))

    def keep(self) -> None:
        """Put both into the vault; what is finished leaves nothing there."""
        for key, draft in ((APPLICATION, self.application), (FORM, self.form)):
            people.keep_draft(self._desk, key, draft.as_text() if draft is not None else "")

    def finish_form(self) -> None:
        """Let the form that stood open go: it was saved, or left by whoever wrote in it."""
        self.form = None
        self.keep()
