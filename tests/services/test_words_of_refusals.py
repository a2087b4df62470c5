"""No refusal repeats what was typed: every service is fed markers as every argument."""

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from kadin_danisma import services
from kadin_danisma.domain.dates import Clock, FixedClock, Period
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import intake
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.vault import Vault
from tests.builders import (
    a_client,
    a_referral,
    a_session,
    a_training,
    a_visit,
    an_application,
)
from tests.leaks.markers import marker
from tests.leaks.planting import word_for
from tests.leaks.scanner import Scanner

#: What makes a vault of its own, or reads nothing but what the program made.
LEFT_OUT = {"demo", "selftest", "desk", "paper"}
#: Takes the vault away, and with it whatever the services after it would refuse.
ENDS_IT = {"take_back"}
CLIENT = a_client("2026/0600")
RECORDS: dict[type, Record] = {
    Client: CLIENT,
    Application: an_application(CLIENT),
    Session: a_session(CLIENT),
    PlayroomVisit: a_visit(CLIENT),
    Referral: a_referral(CLIENT),
    Training: a_training(),
}
#: Texts that are wrong in their own way, each with a marker in it.
SPOILS: dict[str, Callable[[str], str]] = {
    "plain": lambda word: word,
    "control characters": lambda word: f"{word}\x00",
    "invisible direction": lambda word: f"\u202e{word}",
    "empty": lambda _word: "",
}


def acts() -> Iterator[Callable[..., Any]]:
    """Yield every public function of the services."""
    for module in pkgutil.iter_modules(services.__path__):
        found = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, act in inspect.getmembers(found, inspect.isfunction):
            own = act.__module__ == found.__name__ and not name.startswith("_")
            if own and module.name not in LEFT_OUT and name not in ENDS_IT:
                yield act


def spoilt(kind: type[Record], spoil: Callable[[str], str]) -> Record:
    """Return a record with a marker in every text, in the codes and the numbers, too."""
    base = RECORDS[kind]
    texts = {
        name: spoil(word_for(f"{kind.__name__}.{name}"))
        for name, hint in get_type_hints(kind).items()
        if hint in (str, str | None) and name not in {"id", "client_id"}
    }
    return replace(base, **texts)


def argument(name: str, hint: Any, spoil: Callable[[str], str], desk: Desk, folder: Path) -> Any:
    """Return what an argument is fed with, None where no text can be put into it."""
    word = spoil(marker(name))
    simple = {
        Desk: desk,
        str: CLIENT.id if name == "client_id" else word,
        Path: folder / (word.replace("\0", "") or "yok"),
        Clock: desk.clock,
        bool: False,
        int: -1,
        dt.date: dt.date(2126, 1, 1),
        dt.time: dt.time(9),
        Role: Role.LAWYER,
        Discipline: Discipline.LEGAL,
        Period: Period.parse("2126-01"),
        bytes: word.encode(),
        Kdf: Kdf.for_tests(),
    }
    if hint in simple:
        return simple[hint]
    if hint in RECORDS:
        return spoilt(hint, spoil)
    if hint == Record:
        return spoilt(Client, spoil)
    if "Collection[str]" in str(hint) or "Sequence[str]" in str(hint):
        return (word,)
    return None


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LAWYER, Role.IT])
@pytest.mark.parametrize("spoil", SPOILS)
def test_no_refusal_of_a_service_repeats_what_was_typed(
    vault: Vault, clock: FixedClock, tmp_path: Path, role: Role, spoil: str
) -> None:
    coordinator = Desk(vault, clock)
    intake.open_file(coordinator, CLIENT)
    vault.user = replace(vault.user, role=role)
    said = list(refusals(Desk(vault, clock), SPOILS[spoil], tmp_path))
    assert len(said) > 15
    found = {(act, words) for act, words in said if Scanner().scan(words.encode())}
    assert found == set()


def refusals(desk: Desk, spoil: Callable[[str], str], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the sentences with which the services refuse; what they do or break is not asked."""
    for act in acts():
        hints = get_type_hints(act)
        fed = {
            name: argument(name, hints.get(name), spoil, desk, folder)
            for name, parameter in inspect.signature(act).parameters.items()
            if parameter.default is parameter.empty
        }
        if inspect.isgeneratorfunction(inspect.unwrap(act)):
            continue
        try:
            _let_go(act(**fed))
        except RefusedError as error:
            yield act.__name__, " ".join([error.message, *(p.reason for p in error.problems)])
        except KnownError as error:
            yield act.__name__, f"{error.message} {error}"
        except Exception:  # noqa: BLE001 (fed with what no form lets through)
            # How such a fault is told: tests/test_app.py.
            continue


def _let_go(result: object) -> None:
    """Close a vault that was made or opened on the way."""
    for part in result if isinstance(result, tuple) else (result,):
        if isinstance(part, Desk):
            part.vault.close()


def test_a_refusal_that_repeats_what_was_typed_would_be_found(vault: Vault, tmp_path: Path) -> None:
    word = argument("name", str, SPOILS["plain"], Desk(vault, vault.clock), tmp_path)
    assert Scanner().scan(f"{word} is taken.".encode())
