"""Every act of the services, to be tried by every role: what it needs, and how it is done.

``tests/services/test_roles.py`` walks the services and fails where a public function that takes a
desk stands in none of the three lists.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.domain.recovery import Kind as Sheets
from kadin_danisma.domain.role import Action, Role
from kadin_danisma.errors import WrongCredentialsError
from kadin_danisma.services import (
    applications,
    auditing,
    breaking,
    casework,
    circles,
    drafts,
    finding,
    first_steps,
    importing,
    inspecting,
    intake,
    key_change,
    keyring,
    patience,
    people,
    playroom,
    recovery,
    referring,
    reporting,
    second_factor,
    tampering,
    today,
    trainings,
    upkeep,
    usage,
    withdrawing,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.recovery import Papers
from kadin_danisma.services.sheets import Typed
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_training,
    a_user,
    a_visit,
    an_application,
)
from tests.services.own_acts import OF_WITHDRAWING, a_session_of_her_own
from tests.services.report_acts import NOWHERE, OF_REPORTS, SEPTEMBER, Act, beside, unless_refused

CLIENT = a_client("2026/0500")
SESSION = a_session(CLIENT, service="legal", note="yalnız görevliye")
VISIT = a_visit(CLIENT, date=date(2026, 11, 22))
REFERRAL = a_referral(CLIENT)
#: In no vault: whoever gets as far as looking for it was let in.
CONTACT = an_application()
#: Somebody to whom things are done.
COLLEAGUE = a_user("zeynep", title="Zeynep Ö.", role=Role.PSYCHOLOGIST)
#: A recovery code of no vault.
CODE = "7QK-03F-9XB-M2T-4HV-8CJ-1WR-6PD-5NE-0YS-3AG"
NEW = "beyaz vapur erken kalktı"


def by_code(desk: Desk) -> object:
    """Ask for keys by a code that is wrong: who gets so far was let in."""
    with suppress(WrongCredentialsError):
        keyring.grant_by_code(desk, "yanlış")
    return None


def by_wrong_sheets(desk: Desk, act: Callable[[Desk, Typed], object]) -> object:
    """Type sheets that open nothing: who gets so far was let in."""
    with suppress(WrongCredentialsError):
        act(desk, Typed(CODE, Sheets.CODE))
    return None


def complete_wrongly(desk: Desk) -> object:
    """Type another code back than the one on the paper: who gets so far was let in."""
    paper = Papers(recovery.founded(CODE), Sheets.CODE, "", (CODE,), b"")
    return by_wrong_sheets(desk, lambda at, typed: recovery.complete(at, paper, typed))


def change_own(desk: Desk) -> object:
    """Change one's passphrase with a wrong present one: who gets so far was let in."""
    with suppress(WrongCredentialsError):
        people.change_passphrase(desk, "yanlış", NEW)
    return None


def use_with_a_wrong_passphrase(desk: Desk) -> object:
    """Ask for a key file with a wrong passphrase: who gets so far was let in."""
    with suppress(WrongCredentialsError):
        second_factor.use(desk, "yanlış", beside(desk))
    return None


def drop_with_a_wrong_file(desk: Desk) -> object:
    """Do without a key file, by a wrong one: who gets so far was let in."""
    with suppress(WrongCredentialsError):
        second_factor.drop(desk, "yanlış", [bytes(32)])
    return None


def leave_again(desk: Desk) -> object:
    """Let the child out, so that the departure can be taken back."""
    return playroom.check_out(desk, VISIT.id, "anne", time(10, 30))


def break_with_a_wrong_code(desk: Desk) -> object:
    """Break a seal with what is not the recovery code: who gets so far was let in."""
    with suppress(WrongCredentialsError):
        breaking.break_seal(desk, CLIENT.id, CODE, "Acilden aradılar, adını soruyorlar.")
    return None


#: What the act needs, by ``module.function``; words behind a space tell two ways of one apart.
ACTS: dict[str, tuple[Action, Act]] = {
    "finding.search": (Action.SEE_CLIENTS, lambda desk: finding.search(desk, "isil")),
    "finding.all_clients": (Action.SEE_CLIENTS, finding.all_clients),
    "finding.likely_duplicates": (
        Action.SEE_CLIENTS,
        lambda desk: finding.likely_duplicates(desk, CLIENT),
    ),
    "usage.code_uses": (
        Action.SEE_CLIENTS,
        lambda desk: usage.code_uses(desk, Kind.APPLICATION, "reasons"),
    ),
    "finding.search_notes": (
        Action.READ_NOTES,
        lambda desk: finding.search_notes(desk, "görevli", lambda _done, _total: None),
    ),
    "casework.client_page": (
        Action.SEE_CLIENTS,
        lambda desk: casework.client_page(desk, CLIENT.id),
    ),
    "casework.client": (Action.SEE_CLIENTS, lambda desk: casework.client(desk, CLIENT.id)),
    "casework.safety_of": (Action.SEE_CLIENTS, lambda desk: casework.safety_of(desk, CLIENT.id)),
    "casework.record_of": (
        Action.SEE_CLIENTS,
        lambda desk: casework.record_of(desk, Kind.SESSION, SESSION.id),
    ),
    "casework.note_is_closed": (
        Action.SEE_CLIENTS,
        lambda desk: casework.note_is_closed(desk, SESSION.id),
    ),
    "casework.note_trust": (Action.SEE_CLIENTS, lambda desk: casework.note_trust(desk, SESSION.id)),
    "casework.closed_note_words": (
        Action.SEE_CLIENTS,
        lambda desk: casework.closed_note_words(desk, SESSION.id),
    ),
    "casework.history": (
        Action.SEE_CLIENTS,
        lambda desk: casework.history(desk, Kind.CLIENT, CLIENT.id),
    ),
    "intake.count_clients": (Action.SEE_CLIENTS, intake.count_clients),
    "intake.next_file_no": (Action.RECORD, intake.next_file_no),
    "intake.next_application_no": (Action.RECORD, intake.next_application_no),
    "intake.next_session_no": (Action.WRITE_SESSIONS, intake.next_session_no),
    "intake.open_file": (Action.RECORD, lambda desk: intake.open_file(desk, a_client("2026/0501"))),
    "intake.record_application": (
        Action.RECORD,
        lambda desk: intake.record_application(desk, an_application(CLIENT)),
    ),
    "intake.record_session": (
        Action.WRITE_SESSIONS,
        lambda desk: intake.record_session(desk, a_session(CLIENT)),
    ),
    "intake.correct": (
        Action.RECORD,
        lambda desk: intake.correct(desk, casework.client(desk, CLIENT.id)),
    ),
    "intake.correct a session": (
        Action.WRITE_SESSIONS,
        lambda desk: intake.correct(desk, a_session_of_her_own(desk, CLIENT)),
    ),
    "intake.correct_client": (
        Action.RECORD,
        lambda desk: intake.correct_client(desk, casework.client(desk, CLIENT.id)),
    ),
    **OF_WITHDRAWING,
    "casework.whom_to_ask": (
        Action.SEE_CLIENTS,
        lambda desk: casework.whom_to_ask(desk, SESSION.id),
    ),
    "applications.applications": (
        Action.SEE_CLIENTS,
        lambda desk: applications.applications(desk, date(2026, 10, 1), date(2026, 11, 22)),
    ),
    "applications.link": (
        Action.RECORD,
        lambda desk: unless_refused(lambda: applications.link(desk, CONTACT.id, CLIENT.id)),
    ),
    "referring.refer": (Action.RECORD, lambda desk: referring.refer(desk, REFERRAL)),
    "referring.waiting": (Action.SEE_CLIENTS, referring.waiting),
    "referring.count_waiting": (Action.SEE_CLIENTS, referring.count_waiting),
    "referring.referrals": (Action.SEE_CLIENTS, referring.referrals),
    "referring.close": (
        Action.RECORD,
        lambda desk: referring.close(desk, REFERRAL.id, "accepted", date(2026, 11, 9)),
    ),
    "trainings.add": (Action.RECORD, lambda desk: trainings.add(desk, a_training())),
    "trainings.trainings": (Action.SEE_CLIENTS, trainings.trainings),
    "playroom.check_in": (Action.RUN_PLAYROOM, lambda desk: playroom.check_in(desk, VISIT)),
    "playroom.children_in": (Action.RUN_PLAYROOM, playroom.children_in),
    "playroom.count_in": (Action.RUN_PLAYROOM, playroom.count_in),
    "playroom.visits_on": (Action.RUN_PLAYROOM, lambda desk: playroom.visits_on(desk, VISIT.date)),
    "playroom.children_of": (
        Action.RUN_PLAYROOM,
        lambda desk: playroom.children_of(desk, CLIENT.id),
    ),
    "playroom.check_out": (Action.RUN_PLAYROOM, leave_again),
    "playroom.undo_check_out": (
        Action.RUN_PLAYROOM,
        lambda desk: playroom.undo_check_out(desk, VISIT.id),
    ),
    **OF_REPORTS,
    "importing.import_workbook": (
        Action.IMPORT,
        lambda desk: importing.import_workbook(desk, NOWHERE),
    ),
    "upkeep.backup": (Action.BACK_UP, lambda desk: upkeep.backup(desk, beside(desk))),
    "upkeep.backups_in": (Action.BACK_UP, lambda desk: upkeep.backups_in(desk, NOWHERE)),
    "people.users": (Action.MANAGE_USERS, people.users),
    "people.add_user": (
        Action.MANAGE_USERS,
        lambda desk: people.add_user(desk, "selin", "Selin Ş.", Role.FRONT_DESK, PASSPHRASE),
    ),
    "people.reset_passphrase": (
        Action.MANAGE_USERS,
        lambda desk: people.reset_passphrase(desk, COLLEAGUE.id, NEW),
    ),
    "people.remove_user": (
        Action.MANAGE_USERS,
        lambda desk: people.remove_user(desk, COLLEAGUE.id),
    ),
    "auditing.page": (Action.SEE_AUDIT, lambda desk: auditing.page(desk, LogQuery())),
    "inspecting.check": (Action.SEE_AUDIT, inspecting.check),
    "inspecting.export": (
        Action.SEE_AUDIT,
        lambda desk: inspecting.export(desk, LogQuery(), beside(desk), ["csv"]),
    ),
    "inspecting.print_state": (
        Action.SEE_AUDIT,
        lambda desk: inspecting.print_state(desk, beside(desk)),
    ),
    "inspecting.compare": (Action.SEE_AUDIT, lambda desk: inspecting.compare(desk, 1, 20 * "0")),
    "auditing.people_in_log": (Action.SEE_AUDIT, auditing.people_in_log),
    "auditing.file_of": (Action.SEE_AUDIT, lambda desk: auditing.file_of(desk, CLIENT.file_no)),
    "tampering.acknowledge": (
        Action.MANAGE_USERS,
        lambda desk: tampering.acknowledge(desk, tampering.unread(desk)),
    ),
    "people.waiting": (Action.MANAGE_USERS, people.waiting),
    "people.admit": (
        Action.MANAGE_USERS,
        lambda desk: unless_refused(lambda: people.admit(desk, COLLEAGUE.id)),
    ),
    "key_change.change_key": (Action.MANAGE_USERS, key_change.change_key),
    "keyring.grant_by_code": (Action.MANAGE_USERS, by_code),
    "recovery.standing": (Action.RENEW_RECOVERY, recovery.standing),
    "recovery.missing": (Action.RENEW_RECOVERY, recovery.missing),
    "recovery.begin": (Action.RENEW_RECOVERY, recovery.begin),
    "recovery.papers": (
        Action.RENEW_RECOVERY,
        lambda desk: recovery.papers(desk, recovery.founded(CODE), Sheets.CODE),
    ),
    "recovery.complete": (Action.RENEW_RECOVERY, complete_wrongly),
    "recovery.verify": (Action.RENEW_RECOVERY, lambda desk: by_wrong_sheets(desk, recovery.verify)),
    "recovery.try_out": (
        Action.RENEW_RECOVERY,
        lambda desk: by_wrong_sheets(desk, recovery.try_out),
    ),
    "circles.choices": (Action.RESTRICT, circles.choices),
    "circles.members": (Action.SEE_CLIENTS, lambda desk: circles.members(desk, CLIENT.id)),
    "circles.seal": (
        Action.RESTRICT,
        lambda desk: unless_refused(lambda: circles.seal(desk, CLIENT.id, {COLLEAGUE.id})),
    ),
    "circles.widen": (
        Action.RESTRICT,
        lambda desk: unless_refused(lambda: circles.widen(desk, CLIENT.id, {COLLEAGUE.id})),
    ),
    "circles.narrow": (
        Action.RESTRICT,
        lambda desk: unless_refused(lambda: circles.narrow(desk, CLIENT.id, {COLLEAGUE.id})),
    ),
    "circles.unseal": (
        Action.RESTRICT,
        lambda desk: unless_refused(lambda: circles.unseal(desk, CLIENT.id)),
    ),
    "circles.carry_over": (
        Action.RENEW_RECOVERY,
        lambda desk: by_wrong_sheets(
            desk, lambda at, typed: circles.carry_over(at, typed.code, "recovery-2")
        ),
    ),
    "circles.hand_to_recovery": (Action.RESTRICT, circles.hand_to_recovery),
    "breaking.break_seal": (Action.BREAK_GLASS, break_with_a_wrong_code),
    "recovery.abandon": (Action.RENEW_RECOVERY, recovery.abandon),
}

#: What everybody may do: why, and how it is done.
EVERYBODY: dict[str, tuple[str, Act]] = {
    "key_change.is_due": (
        "says whether a passphrase ended, and whose is not told",
        key_change.is_due,
    ),
    "key_change.change_if_due": (
        "ends what must not open any more, and nobody's passphrase changes",
        key_change.change_if_due,
    ),
    "key_change.end_older": ("the same, behind her own passphrase", key_change.end_older),
    "tampering.unread": ("nothing for everybody but coordinators", tampering.unread),
    "tampering.root_words": ("stands on every recovery sheet", tampering.root_words),
    "today.today": ("whoever may not see files sees the age of the backup only", today.today),
    "patience.tried_since": ("at her own name", patience.tried_since),
    "first_steps.due": ("says what she has to do first", first_steps.due),
    "first_steps.accept_conduct": ("her own duty", first_steps.accept_conduct),
    "first_steps.go_on_by_script": ("shows no file", first_steps.go_on_by_script),
    "people.change_passphrase": ("her own, with the present one", change_own),
    "second_factor.use": ("her own, with the passphrase", use_with_a_wrong_passphrase),
    "second_factor.drop": ("her own, with passphrase and file", drop_with_a_wrong_file),
    "people.needs_key_file": ("her own", people.needs_key_file),
    "people.has_own_passphrase": ("her own", people.has_own_passphrase),
    "people.preference": ("her own", lambda desk: people.preference(desk, "theme")),
    "people.set_preference": ("her own", lambda desk: people.set_preference(desk, "theme", "x")),
    "drafts.kept": ("her own, sealed to her", drafts.kept),
    "drafts.keep": (
        "her own, sealed to her",
        lambda desk: drafts.keep(desk, Draft("d", Form.SESSION, None, typed={"note": "yarım"})),
    ),
    "drafts.throw_away": ("her own", lambda desk: drafts.throw_away(desk, "d")),
    "keyring.is_open": ("says whether the wall is closed, and nothing of a file", keyring.is_open),
    "keyring.waiting": ("colleagues of her own discipline only", keyring.waiting),
    "circles.finish": ("takes out what is to be gone, and shows nothing", circles.finish),
    "circles.without_recovery": ("her own restricted files", circles.without_recovery),
    "breaking.unseen": ("what is sealed to her", breaking.unseen),
    "breaking.is_broken": (
        "what she opened herself",
        lambda desk: breaking.is_broken(desk, CLIENT.id),
    ),
    "recovery.came_by_recovery": ("asks who she is", recovery.came_by_recovery),
    "recovery.must_verify": ("no for everybody but coordinators", recovery.must_verify),
    "recovery.uses": ("nothing for everybody but coordinators", recovery.uses),
    "withdrawing.may_withdraw": (
        "says whether she may",
        lambda desk: withdrawing.may_withdraw(desk, Kind.SESSION, SESSION.id),
    ),
    "reporting.is_over": ("compares two days", lambda desk: reporting.is_over(desk, SEPTEMBER)),
}

#: What no role decides, but a key: tried where the keys are.
BY_KEY: dict[str, str] = {
    "access.take_back": "only a vault whose first record is not written: store/founding.py",
    "first_steps.choose_passphrase": "only while it is due: tests/services/test_first_steps.py",
    "keyring.grant": "only who holds a key can hand it on: tests/services/test_wall.py",
    "breaking.acknowledge": "only what is addressed to her: tests/services/test_breaking.py",
    "authors.is_entitled": "asks whose a record is: tests/services/test_withdrawing_rights.py",
    "authors.require": "asks whose a record is: tests/services/test_withdrawing_rights.py",
    "authors.whom_to_ask": "names whom to ask: tests/services/test_withdrawing_rights.py",
    "drafts.waits": "tells of her own drafts: tests/ui/shell/test_waiting_drafts.py",
    **{f"standing.{name}": "test_standing.py" for name in ("found", "missing", "why_missing")},
    "playroom.refuse_ruled_out": "refuses, and tells nothing: test_playroom_door.py",
    "withdrawing.told": "shows what her keys open: test_withdrawing_rights.py",
    "sight.file_keys": "gives the keys that are sealed to her: tests/services/test_circles.py",
    "sight.secrets_for": "gives the keys she holds: tests/services/test_breaking.py",
    "finding.searchable_notes": "names the disciplines of her keys: test_note_search.py",
    "notes.opened": "shows what her keys open: test_a_note_is_read_by_its_own_discipline_only",
    "notes.stays": "writes nothing she cannot read: tests/services/test_wall.py",
    "notes.readable": "tells which keys she holds: tests/services/test_applications.py",
    "notes.closed_words": "says why a note is closed: tests/services/test_wall.py",
    "notes.corrections": "shows what her keys open: tests/services/test_wall.py",
}
