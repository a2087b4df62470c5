"""How a page asks the window for something, without knowing the window."""

from PySide6.QtCore import QObject, Signal


class Navigator(QObject):
    """Wishes of pages and dialogs; the main window fulfils them."""

    #: Show the file with this client id.
    client_wanted = Signal(str)
    #: Show the contact with this id on the page of applications, at its day (a ``date``).
    contact_wanted = Signal(str, object)
    #: Show the file with this client id at the record with this id.
    session_wanted = Signal(str, str)
    #: Show the page with this key (``shell.pages``).
    page_wanted = Signal(str)
    #: Open the quick entry, for the client id given or for nobody yet ("").
    application_wanted = Signal(str)
    #: Go on with the draft with this id.
    draft_wanted = Signal(str)
    #: Look for files with these words (the page of clients shows them).
    search_wanted = Signal(str)
    #: Say a quiet word at the foot: the text, and what undoes it or None.
    said = Signal(str, object)
    #: Go back to where one came from.
    back_wanted = Signal()
    #: Theme, text size or language were chosen anew.
    look_changed = Signal()
