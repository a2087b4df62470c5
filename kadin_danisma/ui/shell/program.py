"""From the empty screen to the signed-in window, and back by way of the lock."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import _, current_language, use_language
from kadin_danisma.services import door
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.dialogs.message import say
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.qtwords import QtWords
from kadin_danisma.ui.shell.clipboard import ClipboardCare
from kadin_danisma.ui.shell.entry import EntryWindow, Panel
from kadin_danisma.ui.shell.fitting import remember, remembered, show_fitted, state_of
from kadin_danisma.ui.shell.replacing import replace_process
from kadin_danisma.ui.shell.sign_in import SignInPanel

# What the sign-in does not need is loaded where it is used: it asks who is there sooner.
if TYPE_CHECKING:
    from kadin_danisma.services.desk import Desk
    from kadin_danisma.services.keeping import KeepersDesk
    from kadin_danisma.services.recovery import NewCode
    from kadin_danisma.ui.shell.first_day import ConductPanel, OwnPassphrasePanel
    from kadin_danisma.ui.shell.guard import Guard
    from kadin_danisma.ui.shell.keepers_window import KeepersWindow
    from kadin_danisma.ui.shell.key_at_close import KeyAtClose
    from kadin_danisma.ui.shell.main_window import MainWindow
    from kadin_danisma.ui.workplace import Workplace

#: The width and height of a window that was not there before.
WANTED = (1366, 768)
#: Replaces this process by a fresh one; the arguments are the program's own.
Replace = Callable[[Sequence[str]], None]


class Program(QObject):
    """Everything between starting the program and closing it.

    Args:
        app: The application.
        path: The vault to sign in to; it need not exist yet.
        language: The language until somebody signs in.
        clock: The clock of every desk.
        replace: How the process is replaced when it is locked.
    """

    def __init__(
        self,
        app: QApplication,
        path: Path,
        language: str,
        clock: Clock | None = None,
        replace: Replace = replace_process,
    ) -> None:
        super().__init__()
        self._app = app
        self.path = path
        self._clock = clock or Clock()
        self._replace = replace
        self._words = QtWords(app)
        self._speak(language)
        self.look = Look(app)
        self._background = Background(self)
        self._place: Workplace | None = None
        self.entry: EntryWindow | None = None
        self.window: MainWindow | None = None
        self.keepers_window: KeepersWindow | None = None
        self.guard: Guard | None = None
        self.closing: KeyAtClose | None = None
        self.clipboard = ClipboardCare(app.clipboard(), self)

    def start(self) -> None:
        """Show the sign-in, or the first start where there is no vault."""
        if sys.platform == "win32":
            from kadin_danisma.ui.hardening import WindowsCalls, WindowsWatch

            self._windows = WindowsWatch(self._lock_if_in, WindowsCalls())
            self._app.installNativeEventFilter(self._windows)
        self.entry = EntryWindow(self.look)
        self._show_door()
        show_fitted(self.entry, (1100, 720), remembered())

    def admit(self, desk: "Desk | KeepersDesk") -> None:
        """Let whoever signed in go on; IT to a window of its own."""
        from kadin_danisma.services.keeping import KeepersDesk

        if isinstance(desk, KeepersDesk):
            self.look_after(desk)
        else:
            self.come_in(desk)

    def look_after(self, desk: "KeepersDesk") -> None:
        """Open the window of IT, who has no vault open behind it."""
        from kadin_danisma.ui.shell.keepers_window import KeepersWindow

        self.keepers_window = KeepersWindow(desk, self.look, self._background, self.lock)
        self._stand_guard()
        show_fitted(self.keepers_window, WANTED, remembered())
        self._leave_door()

    def come_in(self, desk: "Desk") -> None:
        """Let whoever signed in go on: to her window, or to what must be done before."""
        from kadin_danisma.services import first_steps, recovery
        from kadin_danisma.ui.shell.first_day import next_panel
        from kadin_danisma.ui.workplace import Workplace

        self._place = Workplace(desk, self.look, background=self._background)
        if desk.vault.copied:
            # Whoever opens a backup looks: nothing can be set, accepted or renewed in it.
            self.enter(desk)
            return
        desk.first_steps = first_steps.due(desk)
        if recovery.came_by_recovery(desk):
            self._show_rescue(self._place)
        elif (panel := next_panel(desk, self._background)) is not None:
            self._take_first_step(desk, panel)
        elif recovery.must_verify(desk):
            self._ask_for_sheets(desk)
        else:
            self.enter(desk)

    def _take_first_step(self, desk: "Desk", panel: "ConductPanel | OwnPassphrasePanel") -> None:
        panel.done.connect(lambda: self.come_in(desk))
        self._panel(panel)

    def enter(self, desk: "Desk") -> None:
        """Open the window of whoever signed in."""
        from kadin_danisma.services import recovery
        from kadin_danisma.ui.workplace import Workplace

        self._wear_wishes(desk)
        self._place = Workplace(desk, self.look, background=self._background)
        self._place.nav.look_changed.connect(self._dress)
        self._stand_guard()
        self._open_window()
        self._app.commitDataRequest.connect(self._keep)
        for notice in (*desk.vault.notices, *recovery.uses(desk)):
            say(self.window, _("About this vault"), notice)
        self._tell_of_tries(desk)
        self._leave_door()

    def _leave_door(self) -> None:
        if self.entry is not None:
            # Hidden, not closed: a window that is closed ends the program.
            self.entry.hide()
            self.entry.deleteLater()
            self.entry = None

    def _tell_of_tries(self, desk: "Desk") -> None:
        """Tell of wrong passphrases at her name: slips of her own quietly, others to be read."""
        from kadin_danisma.services import patience

        tried = patience.tried_since(desk)
        if tried is None:
            return
        if tried.slips:
            assert self._place is not None
            self._place.nav.said.emit(tried.words, None)
            return
        advice = _("If that was not you, please inform your coordinator. It was logged.")
        say(self.window, _("Somebody tried your name"), f"{tried.words} {advice}")

    def lock(self) -> None:
        """Close the vault and replace the process; a fault on the way does not keep it open."""
        for window in (self.window, self.keepers_window, self.entry):
            if window is not None and window.isVisible():
                remember(window)
        try:
            self.close()
        finally:
            self._replace(["--vault", str(self.path), "--language", current_language()])

    def close(self) -> None:
        """Put everything away and let go of it; for the lock and for the end of the program."""
        if self.guard is not None:
            self.guard.stop()
        # Before the end: X11 would hand what is ours to a keeper of clipboards.
        self.clipboard.clear()
        try:
            for window in (self.window, self.keepers_window):
                if window is not None:
                    window.put_away()
        finally:
            for shown in self._app.topLevelWidgets():
                shown.hide()
            self._background.finish()
            if self._place is not None:
                self._place.desk.vault.close()

    def _listen_to_the_desktop(self) -> None:
        """Hear of the locked screen and of sleep; loaded after the sign-in, which stays quick."""
        if sys.platform == "linux":
            from kadin_danisma.ui.shell.session_bus import SessionBus

            SessionBus(os.environ, self).away.connect(self._lock_if_in)

    def _stand_guard(self) -> None:
        """Be under the guard until the end: from the first secret on that may open the vault."""
        if self.guard is None:
            from kadin_danisma.ui.shell.guard import Guard

            self.guard = Guard(self._app, self.look, self.lock, self._end)
            self._listen_to_the_desktop()

    def _lock_if_in(self) -> None:
        if self.guard is not None:
            self.guard.lock()

    def _end(self) -> None:
        """End the program: its window was closed, and what else is open closes with it."""
        from kadin_danisma.ui.shell.key_at_close import KeyAtClose, is_left_over

        if self._place is None or not is_left_over(self._place.desk):
            self._end_at_once()
            return
        if self.window is not None:
            self.window.put_away()
        self.closing = KeyAtClose(self._place.desk, self._end_at_once)
        self.closing.start()

    def _end_at_once(self) -> None:
        try:
            self.close()
        finally:
            self._app.quit()

    def _keep(self, _session: object) -> None:
        """Keep what is unfinished when the person logs out of the system."""
        if self.window is not None:
            self.window.keep_unfinished()

    def _show_door(self) -> None:
        if door.vault_exists(self.path):
            self._show_sign_in()
        else:
            from kadin_danisma.ui.shell.first_start import FirstStartPanel

            panel = FirstStartPanel(self.path, self._clock, self._background)
            panel.made.connect(self._show_recovery)
            panel.restore_wanted.connect(self._show_restore)
            panel.other_wanted.connect(self._choose_file)
            panel.add_languages()
            panel.language_wanted.connect(self._change_language)
            self._panel(panel)

    def _show_sign_in(self, name: str = "") -> None:
        panel = SignInPanel(self.path, self._clock, self._background)
        panel.name.setText(name)
        panel.signed_in.connect(self.admit)
        panel.not_let_in.connect(self._wait_at_the_door)
        panel.restore_wanted.connect(self._show_restore)
        panel.other_wanted.connect(self._choose_file)
        panel.recovery_wanted.connect(
            self._show_recovery_sign_in, Qt.ConnectionType.QueuedConnection
        )
        panel.add_languages()
        panel.language_wanted.connect(self._change_language)
        self._panel(panel)

    def _show_restore(self) -> None:
        from kadin_danisma.ui.shell.restoring import RestorePanel

        panel = RestorePanel(self.path, self._clock, self._background)
        panel.back_wanted.connect(self._show_door)
        panel.restored.connect(self._go_to)
        self._panel(panel)

    def _go_to(self, path: Path) -> None:
        self.path = path
        self._show_door()

    def _wait_at_the_door(self, name: str, told: str, words: str) -> None:
        """Let a new person choose her passphrase, then show the words she is let in by."""
        from kadin_danisma.ui.shell.waiting import WaitingPanel, own_passphrase_panel

        assert self.entry is not None
        if words:
            waiting = WaitingPanel(words)
            waiting.again_wanted.connect(lambda: self._show_sign_in(name))
            waiting.close_wanted.connect(self.entry.close)
            self._panel(waiting)
        else:
            own = own_passphrase_panel(self.path, name, told, self._clock, self._background)
            own.done.connect(lambda made: self._wait_at_the_door(name, "", made))
            self._panel(own)

    def _show_recovery_sign_in(self) -> None:
        from kadin_danisma.ui.shell.recovery import RecoverySignInPanel

        assert self.entry is not None
        if isinstance(self.entry.panel, RecoverySignInPanel):
            return
        panel = RecoverySignInPanel(self.path, self._clock, self._background)
        panel.signed_in.connect(self.come_in)
        panel.back_wanted.connect(self._show_sign_in)
        self._panel(panel)

    def _change_language(self, language: str) -> None:
        self._speak(language)
        self._show_door()

    def _show_recovery(self, desk: "Desk", code: str) -> None:
        from kadin_danisma.services import recovery
        from kadin_danisma.ui.workplace import Workplace

        self._place = Workplace(desk, self.look, background=self._background)
        self._make_sheets(desk, recovery.founded(code))

    def _make_sheets(self, desk: "Desk", new: "NewCode | None" = None) -> None:
        from kadin_danisma.ui.shell.recovery import RecoveryPanel

        panel = RecoveryPanel(desk, self.look, self._background, new)
        panel.kept.connect(lambda: self.come_in(desk))
        self._panel(panel)

    def _ask_for_sheets(self, desk: "Desk") -> None:
        from kadin_danisma.ui.shell.recovery import UnverifiedPanel

        panel = UnverifiedPanel(desk, self._background)
        panel.kept.connect(lambda: self.come_in(desk))
        panel.new_wanted.connect(lambda: self._make_sheets(desk))
        self._panel(panel)

    def _show_rescue(self, place: "Workplace") -> None:
        from kadin_danisma.ui.shell.rescue import RescuePanel

        panel = RescuePanel(place)
        panel.lock_wanted.connect(self.lock)
        panel.window_wanted.connect(lambda: self.enter(place.desk))
        self._panel(panel)

    def _panel(self, panel: Panel) -> None:
        assert self.entry is not None
        if panel.at_the_door:
            panel.secret_given.connect(self._stand_guard)
        else:
            self._stand_guard()
        self.entry.show_panel(panel)

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self.entry, _("Open another vault"), "", _("Files of a centre (*.vault)")
        )
        if chosen:
            self._go_to(Path(chosen))

    def _open_window(self) -> None:
        from kadin_danisma.ui.shell.main_window import MainWindow

        assert self._place is not None
        before = self.window
        self.window = MainWindow(self._place, self.lock)
        if before is not None:
            self.window.show_page(before.front)
            show_fitted(self.window, WANTED, state_of(before))
            before.hide()
            before.deleteLater()
        else:
            show_fitted(self.window, WANTED, remembered())
            self.window.resume()

    def _dress(self) -> None:
        """Put the chosen look on, and build the window anew in the chosen language."""
        assert self._place is not None
        self._wear_wishes(self._place.desk)
        self._open_window()

    def _wear_wishes(self, desk: "Desk") -> None:
        """Put on the language, colours and size that the signed-in person chose."""
        from kadin_danisma.ui.shell.preferences import read_preferences

        wishes = read_preferences(desk)
        self._speak(wishes.language or current_language())
        self.look.wear(wishes.theme or self.look.theme.name, wishes.text_size or 100)

    def _speak(self, language: str) -> None:
        """Let our words and those of Qt be of one language."""
        use_language(language)
        self._words.speak(language)
