"""Every deed that is logged has a sentence, and every sentence is of a deed that is logged."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from kadin_danisma.domain.auditing import (
    DEED_KINDS,
    DEEDS,
    DeedKind,
    actions_of,
    correction_of,
    deed,
    in_groups,
    kind_name,
    kind_of,
    moving_of,
    taking_back_of,
    withdrawal_of,
)
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import KIND_OF
from kadin_danisma.domain.withdrawal import MOVABLE
from kadin_danisma.i18n import use_language
from tests.house import sources

#: Where in the arguments of a call stands the deed.
TELLS = {
    "LogLine": 0,
    "audit": 1,
    "add": 4,
    "writing": 0,
    "looking": 0,
    "note": 0,
    "telling_failure": 0,
    "listed": 0,
    "_remember": 1,
    "_renew": 1,
    "_tell": 3,
    "_note": 2,
}


#: What makes a deed of a kind of record, and of which kinds.
_OF_KINDS: dict[str, tuple[Callable[[Kind], str], Iterable[Kind]]] = {
    "correction_of": (correction_of, KIND_OF.values()),
    "withdrawal_of": (withdrawal_of, KIND_OF.values()),
    "taking_back_of": (taking_back_of, KIND_OF.values()),
    "moving_of": (moving_of, MOVABLE),
}


def deeds_in(path: str, text: str) -> Iterator[tuple[str, int, str]]:
    """Yield place and text of every deed that a source logs."""
    tree = ast.parse(text)
    constants = constants_in(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if len(node.args) <= TELLS.get(called, 99):
            continue
        if called == "add" and ast.unparse(node.func) != "audit.add":
            continue
        for said in _said(node.args[TELLS[called]], constants):
            yield path, node.lineno, said


def constants_in(tree: ast.Module) -> dict[str, object]:
    """Return the constants of a module, by their names."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


@cache
def constants_elsewhere() -> dict[str, object]:
    """Return the constants of all modules, as another module writes them: ``module.NAME``."""
    return {
        f"{Path(path).stem}.{name}": value
        for path, text in sources("kadin_danisma")
        for name, value in constants_in(ast.parse(text)).items()
    }


def _said(argument: ast.expr, constants: dict[str, object]) -> list[str]:
    """Return the deeds an argument may be; a variable passes on what was checked elsewhere."""
    match argument:
        case ast.Constant(value=str(said)):
            return [said]
        case ast.Name(id=name) if name in constants:
            return [str(constants[name])]
        case ast.Attribute() if ast.unparse(argument) in constants_elsewhere():
            return [str(constants_elsewhere()[ast.unparse(argument)])]
        case ast.IfExp(body=body, orelse=other):
            return [*_said(body, constants), *_said(other, constants)]
        case ast.Call() if ast.unparse(argument.func) in _OF_KINDS:
            deed_of, kinds = _OF_KINDS[ast.unparse(argument.func)]
            return [deed_of(kind) for kind in kinds]
        case ast.JoinedStr():
            return [ast.unparse(argument)]
    return []


def logged() -> list[tuple[str, int, str]]:
    return [found for path, text in sources("kadin_danisma") for found in deeds_in(path, text)]


def test_every_deed_that_is_logged_has_its_sentence() -> None:
    assert [found for found in logged() if found[2] not in DEEDS] == []


def test_every_sentence_is_of_a_deed_that_is_logged() -> None:
    assert set(DEEDS) - {said for _path, _line, said in logged()} == set()


def test_a_deed_without_a_sentence_is_found() -> None:
    secret = 'def f(desk, db):\n    desk.vault.audit(db, "look.secretly", "")\n'
    assert list(deeds_in("x.py", secret)) == [("x.py", 2, "look.secretly")]
    joined = 'with desk.writing(f"{kind}.add", ""):\n    pass\n'
    assert [said for *_place, said in deeds_in("x.py", joined)] not in [[], list(DEEDS)]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_deed_and_kind_has_words_of_its_own(language: str) -> None:
    use_language(language)
    said = [deed(action) for action in DEEDS]
    assert len(set(said)) == len(said)
    assert not set(said) & set(DEEDS)
    assert len({kind_name(kind) for kind in DEED_KINDS}) == len(DeedKind)
    use_language("tr")


def test_every_deed_has_one_kind_and_an_unknown_one_is_an_alarm() -> None:
    assert sorted(action for kind in DeedKind for action in actions_of(kind)) == sorted(DEEDS)
    assert kind_of("client.view") is DeedKind.VIEW
    assert kind_of("something.new") is DeedKind.ALARM
    assert deed("something.new") == "something.new"


def test_a_seal_is_read_in_groups_of_four() -> None:
    groups = in_groups(bytes(range(32)))
    assert groups[:5] == ("0001", "0203", "0405", "0607", "0809")
    assert "".join(groups) == bytes(range(32)).hex()
