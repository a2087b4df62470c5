"""Records put into the words a page shows (no Qt, no rule of the trade)."""

import datetime as dt
from dataclasses import dataclass

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.codes import NO_ANSWER_KEYS
from kadin_danisma.domain.lists import REFERRAL_OUTCOME
from kadin_danisma.domain.places import DISTRICT
from kadin_danisma.domain.records import Client, Referral
from kadin_danisma.domain.referral import awaits_answer
from kadin_danisma.domain.views import ClientLine
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import Tone

MASK = "••••••• •••••••"


@dataclass(frozen=True, slots=True)
class SafetyWords:
    """What the banner of a file says."""

    tone: Tone
    headline: str
    details: tuple[str, ...]


def safety_words(client: Client) -> SafetyWords:
    """Return what everybody must know before reaching for the telephone.

    Not asked is not yes: a file whose answer is missing warns as well (domain.md 1.2, point 6).
    """
    details = []
    if client.must_not_know:
        details.append(_("Must not know: {who}").format(who=client.must_not_know))
    if client.may_collect:
        details.append(_("May collect the children: {who}").format(who=client.may_collect))
    if client.safety_note:
        details.append(client.safety_note)
    calling, open_question = _calling(client)
    guarded = bool(client.must_not_know) or client.may_call == "no"
    message = {
        "yes": _("You may leave a message."),
        "no": _("Leave no message, do not say where you are calling from."),
    }.get(client.may_leave_message)
    if message and client.may_call != "no":
        calling = f"{calling} {message}"
        guarded = guarded or client.may_leave_message == "no"
    careful = open_question or bool(client.safety_note or client.call_hours)
    tone = Tone.DANGER if guarded else Tone.WARN if careful else Tone.OK
    return SafetyWords(tone, calling, tuple(details))


def _calling(client: Client) -> tuple[str, bool]:
    """Return the sentence about calling, and whether the question is still open."""
    if client.may_call == "no":
        return _("Do not call."), False
    if client.may_call == "yes":
        if client.call_hours:
            return _("Call only: {hours}.").format(hours=client.call_hours.rstrip(".")), False
        return _("She may be called."), False
    if client.may_call == "not_asked":
        return _("It was not asked whether she may be called. Ask before you call."), True
    return _("It is not known whether she may be called. Do not call before asking."), True


def masked(name: str) -> str:
    """Return what stands in place of a name: the same for every name, so that it tells nothing."""
    return MASK if name else _("no name")


def shown_name(name: str) -> str:
    """Return a name, or the words for having none."""
    return name or _("no name")


def whose_words(client: Client | ClientLine, today: dt.date, *, named: bool = False) -> str:
    """Return whose a record is, for the large line of its form.

    Args:
        client: Her file.
        today: The present day.
        named: Whether her name may be readable now; it stays away otherwise.
    """
    name = shown_name(client.name) if named else ""
    age = about_age(client.birth_year, today)
    return join(client.file_no, name, age, district_name(client.district))


def file_words(file_no: str, seal: Seal) -> str:
    """Return a file in a list: its number, and of a restricted file of others no more."""
    return join(file_no, _("restricted file")) if seal is Seal.CLOSED else file_no


def district_name(key: str) -> str:
    """Return the name of a district, empty where none is known."""
    return "" if key in NO_ANSWER_KEYS else DISTRICT.label(key)


def about_age(birth_year: int | None, today: dt.date) -> str:
    """Return an age from a birth year; it may be a year less, depending on her birthday."""
    if birth_year is None:
        return ""
    return _("about {age} years old").format(age=today.year - birth_year)


def join(*parts: str) -> str:
    """Return the parts that say something, with a dot between them."""
    return " · ".join(part for part in parts if part)


#: From so many days on, a referral without an answer is soon, and then overdue.
WAITING_SOON, WAITING_LONG = 7, 14


def waiting_tone(days: int) -> Tone:
    """Return the tone of a referral that has waited so many days."""
    if days >= WAITING_LONG:
        return Tone.DANGER
    return Tone.WARN if days >= WAITING_SOON else Tone.INFO


def referral_state(referral: Referral) -> str:
    """Return the answer to a referral, or that none is waited for."""
    if referral.outcome == "waiting" and not awaits_answer(referral):
        return _("No answer is expected")
    return REFERRAL_OUTCOME.label(referral.outcome)


def referral_tone(referral: Referral) -> Tone:
    """Return the tone of the answer to a referral."""
    if referral.outcome == "waiting" and not awaits_answer(referral):
        return Tone.NEUTRAL
    return outcome_tone(referral.outcome)


def outcome_tone(outcome: str) -> Tone:
    """Return the tone of a session's or a referral's outcome."""
    tones = {
        "completed": Tone.OK,
        "accepted": Tone.OK,
        "waiting": Tone.WARN,
        "no_show": Tone.WARN,
        "unreachable": Tone.WARN,
        "not_reached": Tone.WARN,
        "unsafe_aborted": Tone.DANGER,
        "rejected": Tone.DANGER,
    }
    return tones.get(outcome, Tone.NEUTRAL)
