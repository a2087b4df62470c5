"""Coming in: a generated passphrase forgives its Turkish letters, a chosen one forgives nothing."""

from pathlib import Path

import pytest

from kadin_danisma.domain import passphrase
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.services import access, people, upkeep
from kadin_danisma.services.desk import Desk

CHOSEN = "Iğdır'da Üç ELMA düştü"


def new_vault(path: Path, phrase: str, clock: FixedClock) -> None:
    desk, _code = access.create_vault(path, "Örnek Merkez", "derya", phrase, clock)
    desk.vault.close()


def test_a_generated_passphrase_opens_without_turkish_letters(
    vault_path: Path, clock: FixedClock
) -> None:
    phrase = passphrase.generate()
    new_vault(vault_path, phrase, clock)
    for typed in (phrase, fold(phrase), f"  {fold(phrase).upper()} "):
        access.sign_in(vault_path, "derya", typed, clock).vault.close()
    assert upkeep.verify(vault_path, "derya", fold(phrase), clock) == []
    with pytest.raises(WrongCredentialsError):
        access.sign_in(vault_path, "derya", f"{phrase} elma", clock)


def test_a_chosen_passphrase_keeps_every_letter(vault_path: Path, clock: FixedClock) -> None:
    new_vault(vault_path, CHOSEN, clock)
    access.sign_in(vault_path, "derya", CHOSEN, clock).vault.close()
    for typed in (CHOSEN.lower(), fold(CHOSEN)):
        with pytest.raises(WrongCredentialsError):
            access.sign_in(vault_path, "derya", typed, clock)


def test_the_present_passphrase_is_forgiven_too_when_it_is_changed(
    vault_path: Path, clock: FixedClock
) -> None:
    phrase = passphrase.generate()
    desk, _code = access.create_vault(vault_path, "Örnek Merkez", "derya", phrase, clock)
    with desk.vault:
        people.change_passphrase(desk, fold(phrase), CHOSEN)
    access.sign_in(vault_path, "derya", CHOSEN, clock).vault.close()


@pytest.mark.parametrize(
    ("centre", "name"),
    [("", "derya"), ("Örnek", " "), ("Ör\x07nek", "derya"), ("Örnek", "de\nrya")],
)
def test_names_are_needed_and_hold_no_control_characters(
    vault_path: Path, clock: FixedClock, centre: str, name: str
) -> None:
    with pytest.raises(KnownError):
        access.create_vault(vault_path, centre, name, CHOSEN, clock)
    assert not vault_path.exists()


def test_whoever_is_signed_in_has_her_own_desk(desk: Desk) -> None:
    assert desk.user.name == "derya"
    assert access.is_weak("kısa")
    assert not access.is_weak(CHOSEN)
