"""Every module of the program, and what each of them imports: is it all here?

A bundle can lack a module that is asked for only on the day it is needed. The modules are listed by
their own importer, so that a bundle lists what is in its archive.
"""

import dis
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from types import CodeType, ModuleType

import kadin_danisma

#: What a package is made of; an empty list would mean that nothing was looked at.
_FLOORS = frozenset({"domain", "store", "reports", "exchange", "services", "ui"})


def amiss(package: ModuleType = kadin_danisma, floors: frozenset[str] = _FLOORS) -> list[str]:
    """Return the names of modules that cannot be imported, each with what it lacks.

    Args:
        package: The package to walk through.
        floors: The packages that must be inside.
    """
    names = sorted(_names(package))
    inside = {name.split(".")[1] for name in names if "." in name}
    found = sorted(f"{package.__name__}.{floor}" for floor in floors - inside)
    for name in names:
        try:
            importlib.import_module(name)
            for wanted in sorted(_wanted_late(name)):
                importlib.import_module(wanted)
        except ImportError as error:
            found.append(f"{name} ({error.name or error.msg})")
    return found


def _names(package: ModuleType) -> Iterator[str]:
    """Yield the package and every module in it; one that cannot be imported stands there too."""
    yield package.__name__
    prefix = f"{package.__name__}."
    for module in pkgutil.walk_packages(package.__path__, prefix, onerror=lambda _name: None):
        yield module.name


def _wanted_late(name: str) -> set[str]:
    """Return the foreign modules that a module imports anywhere, also inside its functions.

    What belongs to Python itself is left out: some of it is there on one system only.
    """
    spec = find_spec(name)
    code = getattr(spec.loader, "get_code", lambda _name: None)(name) if spec else None
    wanted = set(_imports(code)) if isinstance(code, CodeType) else set()
    return {each for each in wanted if each.split(".")[0] not in sys.stdlib_module_names}


def _imports(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname == "IMPORT_NAME":
            yield str(step.argval)
    for inside in code.co_consts:
        if isinstance(inside, CodeType):
            yield from _imports(inside)
