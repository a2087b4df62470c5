"""Finds, in the source itself, every pattern and every function that makes a value of a text."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from tests import house

#: Calls that turn a text into something else; each may be dear, or stumble.
CONVERSIONS = {
    "int", "float", "Decimal", "json.loads", "bytes.fromhex", "date.fromisoformat",
    "datetime.fromisoformat", "time.fromisoformat", "b64decode",
}  # fmt: skip
#: Where texts from outside are read: what people type, workbooks, reports, key files and anchors.
FOREIGN = (
    "kadin_danisma/exchange",
    "kadin_danisma/domain",
    "kadin_danisma/reports/returned.py",
    "kadin_danisma/reports/report.py",
    "kadin_danisma/store/slot_files.py",
    "kadin_danisma/store/anchor.py",
    "kadin_danisma/store/waiting.py",
    "kadin_danisma/store/sheets.py",
    "kadin_danisma/store/recovery.py",
    "kadin_danisma/cli_parser.py",
    "kadin_danisma/cli_commands.py",
    "kadin_danisma/ui/typed.py",
    "kadin_danisma/ui/widgets/fields.py",
    "kadin_danisma/ui/dialogs/logpaper.py",
)


def patterns_in(path: str, text: str) -> Iterator[str]:
    """Yield ``module:NAME`` of every pattern, and ``path:line`` of one that has no name."""
    tree = ast.parse(text)
    named = {
        id(node.value): target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if called.startswith("re.") and called.count(".") == 1:
            is_named = id(node) in named and called == "re.compile"
            yield f"{_module(path)}:{named[id(node)]}" if is_named else f"{path}:{node.lineno}"


def conversions_in(path: str, text: str) -> Iterator[str]:
    """Yield ``module:function`` of every function that converts a text."""
    for name, node in _functions(ast.parse(text)):
        if any(
            isinstance(part, ast.Call) and ast.unparse(part.func) in CONVERSIONS
            for part in ast.walk(node)
        ):
            yield f"{_module(path)}:{name}"


def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a name."""
    module, constant = name.split(":")
    found = getattr(importlib.import_module(f"{house.PACKAGE}.{module}"), constant)
    assert isinstance(found, re.Pattern)
    return found


def uses(name: str) -> set[str]:
    """Return the methods by which the module of a pattern uses it; all, where that is not plain."""
    module, constant = name.split(":")
    path = house.ROOT / house.PACKAGE / f"{module.replace('.', '/')}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == constant
    }
    return plain or {"fullmatch", "search", "sub"}


def _module(path: str) -> str:
    return ".".join(Path(path).with_suffix("").parts[1:])


def _functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield f"{within}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{within}{node.name}.")
        else:
            yield from _functions(node, within)
