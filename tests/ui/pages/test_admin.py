"""People, backups, import, log and look; each role sees what is hers."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import use_language
from kadin_danisma.services import access, importing, intake, key_change, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import users as accounts
from kadin_danisma.ui.pages.admin.page import SUBJECTS, AdminPage
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE
from tests.ui.clipping import clipped

NEW = "beyaz vapur erken kalktı"


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> AdminPage:
    made = AdminPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    return made


@pytest.fixture
def section(page: AdminPage) -> Callable[[str], Section]:
    """Show a section by its key."""

    def show(key: str) -> Section:
        page.show_subject(key)
        return page.sections[key]

    return show


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (Role.COORDINATOR, [subject.key for subject in SUBJECTS]),
        (Role.IT, ["backup", "mine", "about"]),
        (Role.LAWYER, ["mine", "about"]),
        (Role.FRONT_DESK, ["mine", "about"]),
    ],
)
def test_each_role_sees_what_is_hers(role: Role, keys, desk: Desk, place, qtbot):
    desk.vault.user = replace(desk.vault.user, role=role)
    made = AdminPage(place)
    qtbot.addWidget(made)
    assert list(made.subjects.buttons) == keys
    for key in keys:
        made.show_subject(key)


def test_a_person_is_added_and_can_sign_in(
    section, place, qtbot, vault_path: Path, clock: FixedClock
):
    users = section("users")
    users.open_add()
    form = users.dialog
    form.name.setText("zeynep")
    form.role.set_value("psychologist")
    form.passphrase.first.setText(NEW)
    form.passphrase.again.setText(NEW)
    with qtbot.waitSignal(form.worked):
        form.submit()
    assert [user.name for user in users.model.rows] == ["derya", "zeynep"]
    place.desk.vault.close()
    entered = access.sign_in(vault_path, "zeynep", NEW, clock)
    assert entered.user.role is Role.PSYCHOLOGIST
    entered.vault.close()


def test_five_words_can_be_suggested_and_are_shown_once(section, place, qtbot):
    users = section("users")
    users.open_add()
    form = users.dialog
    form.name.setText("zeynep")
    form.passphrase.suggest.click()
    words = form.passphrase.shown.text()
    assert len(words.split()) == 5
    assert form.passphrase.value() == words
    with qtbot.waitSignal(form.worked):
        form.submit()
    assert len(people.users(place.desk)) == 2


def test_a_weak_or_mistyped_passphrase_is_said_beside_its_field(section, place):
    users = section("users")
    users.open_add()
    form = users.dialog
    form.name.setText("zeynep")
    form.passphrase.first.setText("kısa")
    form.submit()
    assert form.passphrase.fields[0].error
    form.passphrase.first.setText(NEW)
    form.passphrase.again.setText(NEW + " mi")
    form.submit()
    assert form.passphrase.fields[1].error
    assert len(people.users(place.desk)) == 1


def test_a_name_that_is_taken_is_said_in_the_form_and_nothing_is_lost(section, qtbot):
    users = section("users")
    users.open_add()
    form = users.dialog
    form.name.setText("derya")
    form.passphrase.first.setText(NEW)
    form.passphrase.again.setText(NEW)
    form.submit()
    qtbot.waitUntil(lambda: form.trouble != "")
    assert form.name.text() == "derya"
    assert form.isVisible()


def test_an_account_is_taken_away_after_a_question(section, place, qtbot):
    people.add_user(place.desk, "zeynep", "", Role.LAWYER, NEW)
    users = section("users")
    assert not users.remove.isEnabled()
    users.table.selectRow(1)
    users.remove.click()
    assert len(people.users(place.desk)) == 2
    assert key_change.old_backups_words() in users.message.words.text()
    words = users.message.words
    assert words.height() >= words.heightForWidth(words.width()), "nothing is cut off"
    users.message.yes.click()
    qtbot.waitUntil(lambda: [user.name for user in users.model.rows] == ["derya"])
    assert not key_change.is_due(place.desk), "the key she knew was changed"
    assert users.due.isHidden()


def test_a_key_that_somebody_who_left_still_knows_is_changed_later(section, place, qtbot):
    people.add_user(place.desk, "zeynep", "", Role.LAWYER, NEW)
    user = next(user for user in people.users(place.desk) if user.name == "zeynep")
    accounts.remove_user(place.desk.vault, user.id)
    users = section("users")
    assert not users.due.isHidden()
    users.renew.click()
    qtbot.waitUntil(users.due.isHidden)
    assert not key_change.is_due(place.desk)


def test_somebody_who_forgot_hers_gets_a_new_passphrase(
    section, place, qtbot, vault_path: Path, clock: FixedClock
):
    people.add_user(place.desk, "zeynep", "", Role.LAWYER, PASSPHRASE)
    users = section("users")
    users.table.selectRow(1)
    users.reset.click()
    form = users.dialog
    form.new.first.setText(NEW)
    form.new.again.setText(NEW)
    with qtbot.waitSignal(form.worked):
        form.submit()
    place.desk.vault.close()
    access.sign_in(vault_path, "zeynep", NEW, clock).vault.close()


def test_ones_own_passphrase_needs_the_present_one(section, place, qtbot):
    mine = section("mine")
    mine.open_change()
    form = mine.dialog
    form.old.setText("yanlış")
    form.new.first.setText(NEW)
    form.new.again.setText(NEW)
    form.submit()
    qtbot.waitUntil(lambda: form.trouble != "")
    form.old.setText(PASSPHRASE)
    with qtbot.waitSignal(form.worked):
        form.submit()
    assert place.desk.vault.slots.opens_with(NEW)


def test_the_look_is_kept_and_told(section, place, qtbot):
    mine = section("mine")
    mine.theme.choose("system")
    mine.text_size.choose("150")
    mine.language.choose("en")
    with qtbot.waitSignal(place.nav.look_changed):
        mine.wear.click()
    kept = [people.preference(place.desk, key) for key in ("theme", "text_size", "language")]
    assert kept == ["system", "150", "en"]


def test_a_backup_is_made_checked_and_remembered(section, tmp_path: Path, qtbot):
    backup = section("backup")
    assert backup.last.text() == "Henüz yedek yok"
    folder = tmp_path / "bellek"
    folder.mkdir()
    backup.back_up(folder)
    qtbot.waitUntil(lambda: backup.message is not None, timeout=10_000)
    assert str(folder) in backup.message.words.text()
    assert backup.state.text() == "bugün"
    (copy,) = folder.glob("*.vault")
    backup.message = None
    backup.open_check()
    backup.dialog.set_file(copy)
    backup.dialog.passphrase.setText(PASSPHRASE)
    backup.dialog.submit()
    qtbot.waitUntil(lambda: backup.message is not None, timeout=10_000)
    assert backup.message.accessibleName() == "Bu dosya sağlam"


def test_a_file_that_is_no_backup_is_said_calmly(section, tmp_path: Path, qtbot):
    backup = section("backup")
    backup.open_check()
    backup.dialog.submit()
    assert not backup.dialog.isHidden()
    stray = tmp_path / "not.txt"
    stray.write_text("hiçbir şey")
    backup.dialog.set_file(stray)
    backup.dialog.passphrase.setText(PASSPHRASE)
    backup.dialog.submit()
    qtbot.waitUntil(lambda: backup.dialog.trouble != "", timeout=10_000)


@pytest.fixture
def template(section, tmp_path: Path) -> Path:
    path = tmp_path / "bos.xlsx"
    section("import").write_template(path)
    return path


def looked_at(section: Section, path: Path, qtbot: QtBot) -> None:
    section.look_at(path)
    qtbot.waitUntil(
        lambda: section.result is not None or section.message is not None, timeout=10_000
    )


def test_the_empty_workbook_adds_nothing(section, template: Path, qtbot):
    importer = section("import")
    looked_at(importer, template, qtbot)
    assert importer.result.refused == []
    assert not importer.do.isEnabled()


def test_a_workbook_is_looked_at_and_then_brought_in(section, template: Path, place, qtbot):
    fill(template, "Danışanlar", "A", ["2026/0001", "2026/0002"])
    importer = section("import")
    looked_at(importer, template, qtbot)
    assert importer.result.added["clients"] == 2
    assert intake.count_clients(place.desk) == 0
    with qtbot.waitSignal(place.bus.changed, timeout=10_000):
        importer.do.click()
    assert intake.count_clients(place.desk) == 2
    assert "2" in importer.message.words.text()


def test_every_wrong_cell_is_named_and_nothing_is_imported(section, template: Path, place, qtbot):
    fill(template, "Danışanlar", "A", ["2026/0001", "2026/0001"])
    importer = section("import")
    looked_at(importer, template, qtbot)
    (refusal,) = importer.model.rows
    assert (refusal.sheet, refusal.row, refusal.column) == ("Danışanlar", 3, "Dosya No")
    assert importer.table.isVisible()
    assert intake.count_clients(place.desk) == 0


def test_a_file_that_is_no_workbook_is_named_calmly(section, tmp_path: Path, qtbot):
    stray = tmp_path / "liste.xlsx"
    stray.write_text("hiçbir şey")
    importer = section("import")
    looked_at(importer, stray, qtbot)
    said = importer.message.words.text() if importer.message else importer.model.rows[0].reason
    assert said


def test_reading_can_be_stopped(section, template: Path, monkeypatch, qtbot):
    def endless(_desk, _path, *, dry_run, progress):
        while True:
            progress(1, 2)

    monkeypatch.setattr(importing, "import_workbook", endless)
    importer = section("import")
    importer.look_at(template)
    importer.findChild(ProgressDialog).reject()
    qtbot.waitUntil(lambda: importer.message is not None, timeout=10_000)
    assert importer.result is None


@pytest.mark.parametrize(
    ("theme", "tongue", "percent"),
    [("light", "tr", 100), ("dark", "en", 150), ("light", "tr", 200)],
)
def test_nothing_is_cut_off_in_any_section_or_form(
    theme: str, tongue: str, percent: int, dressed: Callable[[str, int], None], place, qtbot
):
    use_language(tongue)
    dressed(theme, percent)
    made = MainWindow(place, lambda: None)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.show_page("admin")
    page = made.page
    found = {}
    for subject in SUBJECTS:
        page.show_subject(subject.key)
        found[subject.key] = clipped(made)
        assert made.minimumSizeHint().width() <= 1366, subject.key
    users, backup, mine = (page.sections[key] for key in ("users", "backup", "mine"))
    for opens, owner in ((users.open_add, users), (backup.open_check, backup),
                         (mine.open_change, mine)):  # fmt: skip
        opens()
        found[owner.dialog.accessibleName()] = clipped(owner.dialog)
        owner.dialog.close()
    assert {place: cut for place, cut in found.items() if cut} == {}


def fill(path: Path, sheet: str, column: str, values: list[str]) -> None:
    """Write values below the header of a column of a workbook."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    for row, value in enumerate(values, start=2):
        book[sheet][f"{column}{row}"] = value
    book.save(path)
    book.close()
