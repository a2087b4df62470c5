"""The days of the story that are lived through at the real window."""

import sys
import threading
import warnings

from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication, QWidget

from kadin_danisma.domain.role import Role
from kadin_danisma.ui.dialogs.account import AddUserDialog, ChangePassphraseDialog
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.export import ExportDialog
from kadin_danisma.ui.dialogs.keyfile import DropKeyFileDialog, UseKeyFileDialog
from kadin_danisma.ui.dialogs.logpaper import CompareDialog
from kadin_danisma.ui.dialogs.message import Message
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.restoring import RestoreDialog
from kadin_danisma.ui.dialogs.returning import ReturnDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.telling import TellDialog
from kadin_danisma.ui.dialogs.training import TrainingDialog
from kadin_danisma.ui.dialogs.verify import VerifyDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.dialogs.withdraw import WithdrawDialog
from kadin_danisma.ui.dialogs.withdrawn import WithdrawnListDialog
from kadin_danisma.ui.pages.admin.backup import BackupSection
from kadin_danisma.ui.pages.admin.importing import ImportSection
from kadin_danisma.ui.pages.admin.log import LogSection
from kadin_danisma.ui.pages.admin.mine import MineSection
from kadin_danisma.ui.pages.admin.users import UsersSection
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.playroom import PlayroomPage
from kadin_danisma.ui.pages.reports import ReportsPage
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.pages.trainings import TrainingsPage
from kadin_danisma.ui.shell.failure import Failures
from kadin_danisma.ui.shell.start import hush_libraries
from kadin_danisma.ui.widgets.letout import LetOut
from tests.leaks.behind import behind_the_window, search_the_notes
from tests.leaks.life import CHANGED, COORDINATOR, LAWYER, OWN, PASSPHRASE, Life
from tests.leaks.markers import PHONE, marker, staff_name
from tests.leaks.planting import fill, put
from tests.leaks.sitting import Sitting, in_front, settle, the, wait

#: The backup that the second day makes.
BACKUPS = "kadin-danisma-20261102-*.vault"


def first_day(life: Life) -> None:
    """Found the vault, take a woman in, and lock over a form that is half filled in."""
    sitting = Sitting(life, "first day")
    sitting.found()
    _people(sitting)
    page = _new_file(sitting)
    _work_on_file(sitting, page)
    _playroom_and_trainings(sitting)
    _quick_entry(sitting)
    _search_everywhere(sitting)
    page = _file_again(sitting)
    page.new_session()
    form = in_front(SessionDialog)
    life.planted(*fill(form, "draft"))
    sitting.look("locked over a form")
    sitting.lock()


def second_day(life: Life) -> None:
    """Come back to the draft, look after the vault, let a report out, and crash over a form."""
    sitting = Sitting(life, "second day")
    sitting.sign_in(COORDINATOR, PASSPHRASE)
    wait(lambda: isinstance(QApplication.activeModalWidget(), SessionDialog), "the draft")
    in_front(SessionDialog).do.click()
    behind_the_window(life, sitting.window.place.desk)
    _import(sitting)
    _beside_the_report(sitting)
    _report(sitting)
    _upkeep(sitting)
    _faults(sitting)
    page = _file_again(sitting)
    page.correct()
    life.planted(*fill(in_front(ClientDialog), "crash"))
    forms = sitting.window.place.drafts
    wait(lambda: all(form.last is not None for form in forms.open_forms), "the draft is kept")
    sitting.look("before the crash")


def after_the_crash(life: Life) -> None:
    """Come back as the lawyer, write and correct a note, restore a backup and lock."""
    from kadin_danisma.services import upkeep
    from tests.leaks.stored import tell_stored

    sitting = Sitting(life, "after the crash")
    sitting.sign_in(LAWYER, PASSPHRASE)
    page = _file_again(sitting)
    before = {entry.record.id for entry in page.timeline.model.rows}
    page.new_session()
    hers = in_front(SessionDialog)
    hers.service.set_value("legal")
    fill(hers, "session")
    hers.do.click()
    # Only a session of her own can she correct.
    entry = next(e for e in page.timeline.model.rows if e.record.id not in before)
    page.open_entry(entry)
    form = in_front(SessionDialog)
    fill(form, "session", " corrected")
    life.planted("session.note corrected")
    form.do.click()
    page.open_entry(next(e for e in page.timeline.model.rows if e.record.id == entry.record.id))
    in_front(SessionDialog).corrections.click()
    sitting.look("corrections of a note")
    for _form in range(2):
        the(QWidget, QApplication.activeModalWidget()).close()
    search_the_notes(life, sitting.window.place.desk)
    tell_stored(life.report, sitting.window.place.desk)
    _key_file(sitting)
    sitting.lock()
    (backup,) = life.chosen.glob(BACKUPS)
    upkeep.restore(backup, life.restored, COORDINATOR, CHANGED, life.clock)


def _people(sitting: Sitting) -> None:
    section = the(UsersSection, sitting.section(UsersSection, "users"))
    section.open_add()
    form = in_front(AddUserDialog)
    put(form.name, LAWYER)
    sitting.life.planted("sign in.lawyer", "user.title")
    put(form.title, staff_name("user.title"))
    form.role.set_value(str(Role.LAWYER))
    put(form.passphrase.first, PASSPHRASE)
    put(form.passphrase.again, PASSPHRASE)
    form.do.click()
    wait(lambda: QApplication.activeModalWidget() is None, "the new account")


def _new_file(sitting: Sitting) -> ClientPage:
    page = sitting.page(ClientsPage, "clients")
    sitting.plant("search.clients", page.search)
    page.open_new()
    form = in_front(ClientDialog)
    sitting.life.planted(*fill(form, "client"))
    form.look_for_duplicates()
    sitting.look("new file")
    form.do.click()
    return the(ClientPage, sitting.window.page)


def _work_on_file(sitting: Sitting, page: ClientPage) -> None:
    page.correct()
    form = in_front(ClientDialog)
    sitting.life.planted(*fill(form, "client", " corrected"))
    form.do.click()
    page.show_history()
    sitting.look("history")
    the(QWidget, QApplication.activeModalWidget()).close()
    page.new_session()
    session = in_front(SessionDialog)
    session.service.set_value("legal")
    sitting.life.planted(*fill(session, "session"))
    sitting.look("session")
    session.do.click()
    page.new_referral()
    referral = in_front(ReferralDialog)
    referral.institution.set_value("bar_legal_aid")
    referral.consent.set_value("yes")
    sitting.life.planted(*fill(referral, "referral"))
    referral.do.click()
    page.new_visit()
    visit = in_front(VisitDialog)
    sitting.life.planted(*fill(visit, "playroom_visit"))
    visit.do.click()
    page.name.setFocus()
    sitting.look("file")


def _playroom_and_trainings(sitting: Sitting) -> None:
    page = sitting.page(PlayroomPage, "playroom")
    sitting.life.clock.moment = sitting.life.clock.moment.replace(hour=11)
    page.tick()
    row = page.rows[0]
    row.ask()
    question = the(LetOut, row.question)
    sitting.plant("let out.person", question.person)
    sitting.look("let out")
    question.confirm()
    page.correct(page.gone.model().rows[0])
    form = in_front(VisitDialog)
    sitting.life.planted(*fill(form, "playroom_visit"))
    form.do.click()
    trainings = sitting.page(TrainingsPage, "trainings")
    trainings.open_new()
    training = in_front(TrainingDialog)
    sitting.life.planted(*fill(training, "training"))
    put(training.participants, "30")
    training.do.click()
    _withdraw_and_take_back(sitting, trainings)


def _withdraw_and_take_back(sitting: Sitting, trainings: TrainingsPage) -> None:
    trainings.correct(trainings.model.rows[0])
    in_front(TrainingDialog).withdraw.click()
    question = in_front(WithdrawDialog)
    question.reason.set_value("twice")
    sitting.plant("withdrawal.why", question.why)
    sitting.look("withdraw")
    question.do.click()
    trainings.show_withdrawn()
    sitting.look("withdrawn")
    the(WithdrawnListDialog, QApplication.activeModalWidget()).close()
    sitting.window.toast.undo.click()


def _quick_entry(sitting: Sitting) -> None:
    """One call that is saved with a new file, and one that is left unfinished."""
    sitting.window.new_application()
    form = in_front(ApplicationDialog)
    form.finder.start_with(f"{marker('quick entry')} {PHONE}")
    form.finder.choose_new()
    form.reasons.set_value(("violence",))
    put(form.text, marker("application.note"))
    sitting.life.planted("application.note")
    form.do.click()
    # Her telephone stands on another file: it asks once.
    sitting.look("asked about a likely duplicate")
    form.do.click()
    sitting.window.new_application()
    left = in_front(ApplicationDialog)
    left.finder.start_with(marker("quick entry left"))
    sitting.life.planted("quick entry", "quick entry left")
    left.reject()
    sitting.look("left unfinished")


def _search_everywhere(sitting: Sitting) -> None:
    sitting.plant("search.today", sitting.page(TodayPage, "today").search)
    section = the(LogSection, sitting.section(LogSection, "log"))
    sitting.plant("search.log", section.file_no)
    section.ask()
    sitting.look("log")
    section.open_compare()
    form = in_front(CompareDialog)
    sitting.plant("compare.line", form.seq)
    sitting.plant("compare.groups", form.groups)
    form.submit()
    sitting.look("compare")
    form.reject()
    for key in tuple(sitting.window.side.buttons):
        sitting.window.show_page(key)
        sitting.look(key)


def _file_again(sitting: Sitting) -> ClientPage:
    """Open the file by its name, with names shown."""
    page = sitting.page(ClientsPage, "clients")
    put(page.search, marker("client.name corrected"))
    page.names.set_shown(True)
    sitting.look("names shown")
    sitting.window.show_client(page.model.rows[0].id)
    found = the(ClientPage, sitting.window.page)
    sitting.look("file")
    return found


def _import(sitting: Sitting) -> None:
    section = the(ImportSection, sitting.section(ImportSection, "import"))
    section.look_at(sitting.life.incoming / "refused.xlsx")
    wait(lambda: section.result is not None, "the refusal of the workbook")
    sitting.look("refused workbook")
    for refusal in the(object, section.result).refused:
        sitting.life.report.say("said", "refusal of a cell", str(refusal))
    section.look_at(sitting.life.incoming / "markers.xlsx")
    wait(lambda: section.result is not None and not section.result.refused, "the workbook")
    section.bring_in()
    sitting.answered()


def _beside_the_report(sitting: Sitting) -> None:
    """Begin to enter a number that was given by hand, and to bring reports back."""
    page = sitting.page(ReportsPage, "reports")
    page.published.open_telling()
    told = in_front(TellDialog)
    sitting.plant("told.whom", told.whom)
    sitting.look("a number given by hand")
    told.reject()
    page.missing.open()
    returned = in_front(ReturnDialog)
    sitting.plant("returned.sentence", returned.sentence)
    sitting.look("reports that come back")
    returned.reject()


def _report(sitting: Sitting) -> None:
    page = sitting.page(ReportsPage, "reports")
    page.open_export()
    export = in_front(ExportDialog)
    export.where.set_folder(sitting.life.chosen)
    export.do.click()
    sitting.answered()


def _upkeep(sitting: Sitting) -> None:
    mine = the(MineSection, sitting.section(MineSection, "mine"))
    mine.open_change()
    form = in_front(ChangePassphraseDialog)
    for control, text in ((form.old, PASSPHRASE), (form.new.first, CHANGED),
                          (form.new.again, CHANGED)):  # fmt: skip
        put(control, text)
    sitting.life.planted("sign in.changed passphrase")
    form.do.click()
    wait(lambda: QApplication.activeModalWidget() is None, "the new passphrase")
    section = the(BackupSection, sitting.section(BackupSection, "backup"))
    section.back_up(sitting.life.chosen)
    sitting.answered()
    (made,) = sitting.life.chosen.glob(BACKUPS)
    section.open_check()
    check = in_front(VerifyDialog)
    check.set_file(made)
    sitting.plant("check.user", check.user)
    sitting.plant("check.passphrase", check.passphrase)
    check.do.click()
    wait(lambda: check.trouble, "the refusal of the check")
    put(check.user, COORDINATOR)
    put(check.passphrase, CHANGED)
    check.do.click()
    sitting.answered()
    section.open_restore(made)
    restore = in_front(RestoreDialog)
    sitting.plant("restore.user", restore.steps.user)
    sitting.plant("restore.passphrase", restore.steps.passphrase)
    restore.submit()
    wait(lambda: restore.steps.choice.trouble.text(), "the refusal of the restore")
    restore.reject()


def _key_file(sitting: Sitting) -> None:
    """Begin to use a key file, and fail to give it up."""
    section = the(MineSection, sitting.section(MineSection, "mine"))
    section.key_file.open_use()
    use = in_front(UseKeyFileDialog)
    use.set_folder(sitting.life.chosen)
    sitting.plant("key file.passphrase", use.passphrase)
    use.do.click()
    wait(lambda: use.trouble, "the refusal of the key file")
    put(use.passphrase, OWN)
    use.do.click()
    sitting.answered()
    (file,) = sitting.life.chosen.glob("*.anahtar")
    section.key_file.open_drop()
    drop = in_front(DropKeyFileDialog)
    drop.key_file.set_file(file)
    sitting.plant("key file given up.passphrase", drop.passphrase)
    sitting.look("key file")
    drop.do.click()
    wait(lambda: drop.trouble, "the refusal to do without the key file")
    drop.reject()


def _faults(sitting: Sitting) -> None:
    """Let the program have faults with markers in them: in a slot, a worker, a thread, a hook."""
    from tests.leaks.faults import Faulty, broken

    app = the(QApplication, QApplication.instance())
    hush_libraries()
    before = sys.excepthook
    sys.excepthook = failures = Failures(app, before)
    QTimer.singleShot(0, lambda: broken("fault.slot"))
    wait(lambda: failures.shown is not None, "the failure window")
    _close_failure(sitting, failures, "fault in a slot")
    failures.shown = None
    background = sitting.window.place.background
    background.run(
        lambda _progress: broken("fault.worker"), lambda _none: None, lambda _error: None
    )
    wait(lambda: failures.shown is not None, "the failure window of a worker")
    _close_failure(sitting, failures, "fault in a worker")
    thread = threading.Thread(target=lambda: broken("fault.thread"))
    thread.start()
    thread.join()
    Faulty(marker("fault.unraisable"))
    warnings.warn(marker("fault.warning"), stacklevel=1)
    qWarning(marker("fault.qt"))
    sys.excepthook = before


def _close_failure(sitting: Sitting, failures: Failures, where: str) -> None:
    shown = the(Message, failures.shown)
    sitting.look(where)
    for text in (shown.words.text(), shown.small.text(), shown.accessibleDescription()):
        sitting.life.report.say("said", where, text)
    shown.accept()
    settle()
