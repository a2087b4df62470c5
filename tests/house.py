"""The rules of the house as functions: source in, offences out. Only ast and pathlib are needed.

The rules themselves are told in docs/architecture.md; tests/test_architecture.py applies each to
the program and shows by a counter-example that it can fail.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "kadin_danisma"
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

GROUND = {"", "errors", "foreign", "i18n", "libraries", "paths", "progress", "streams"}
#: Floor -> the floors it may import. ``app`` alone sees everything.
MAY_IMPORT = {
    "ground": {"ground"},
    "domain": {"domain", "ground"},
    "store": {"store", "domain", "ground"},
    "reports": {"reports", "domain", "ground"},
    "exchange": {"exchange", "domain", "ground"},
    "services": {"services", "domain", "store", "reports", "exchange", "ground"},
    "ui": {"ui", "services", "domain", "ground"},
    "cli": {"cli", "services", "domain", "ground"},
    "app": {
        "app", "cli", "ui", "services", "domain", "store", "reports", "exchange", "ground",
    },
}  # fmt: skip
#: Foreign package -> the floors where it lives.
LIVES_IN = {
    "sqlcipher3": {"store"},
    "nacl": {"store"},
    "PySide6": {"ui", "app"},
    "shiboken6": {"ui", "app"},
    "reportlab": {"reports"},
    "pypdfium2": {"reports"},
    "highspy": {"reports"},
    "numpy": {"reports"},
    # It keeps every sheet it writes in a temporary file (docs/decisions/0012); for tests only.
    "openpyxl": set(),
    "xlsxwriter": {"exchange", "reports"},
}
#: What could open a socket, run a program, leave plain text on disk or run foreign data as code.
FORBIDDEN = {
    "PySide6.QtNetwork", "PySide6.QtSql", "PySide6.QtWebChannel",
    "PySide6.QtWebEngineCore", "PySide6.QtWebSockets",
    "aiohttp", "asyncio", "dbm", "ftplib", "http", "httpx", "imaplib", "marshal",
    "multiprocessing", "pickle", "poplib", "pty", "requests", "shelve", "smtplib", "socket",
    "socketserver", "sqlite3", "ssl", "subprocess", "tempfile", "urllib", "urllib3", "webbrowser",
    "wsgiref", "xmlrpc",
}  # fmt: skip
FORBIDDEN_CALLS = {"eval", "exec", "__import__", "os.system", "os.popen"}
#: The modules that ask the operating system to keep memory and screen to themselves.
HARDENING = {
    "kadin_danisma/store/locking.py",
    "kadin_danisma/store/hardening.py",
    "kadin_danisma/ui/hardening.py",
    # Asks the printing library where a queue leads to (docs/decisions/0033).
    "kadin_danisma/ui/queues.py",
    # Asks which libraries of the system are there, before Qt would end the process over one.
    "kadin_danisma/libraries.py",
}
#: Hears from this machine's own desktop, by sockets without a network, that the screen is locked
#: (docs/decisions/0021).
BUS = {"kadin_danisma/ui/shell/session_bus.py"}
#: Print, and tell real printers from those that write a file (docs/decisions/0033).
PRINTING = {
    "kadin_danisma/ui/printing.py",
    "kadin_danisma/ui/printers.py",
}
#: Qt's own forms of printing: each of them offers a file.
PRINT_FORMS = {"QPrintDialog", "QPrintPreviewDialog", "QAbstractPrintDialog"}
#: Starts the program itself once more, to read a foreign workbook (docs/decisions/0032).
STARTER = {"kadin_danisma/exchange/child.py"}
#: The one place where module-level state is allowed (docs/decisions/0005).
ALLOWED_STATE = {("kadin_danisma/i18n.py", "_Active")}

_SQL = re.compile(
    r"\b(SELECT\s.+\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
    r"|(CREATE|DROP|ALTER)\s+(VIRTUAL\s+|TEMP\s+|UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s"
    r"|PRAGMA\s+\w|BEGIN\s+IMMEDIATE|ATTACH\s+DATABASE)",
    re.DOTALL,
)
_CONSTANT = re.compile(r"_{0,2}[A-Z][A-Z0-9_]*")
_MUTABLE_MAKERS = {"list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter"}
_MUTATORS = {
    "add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse",
    "setdefault", "sort", "update",
}  # fmt: skip


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield path (from the root, with slashes) and text of every source file."""
    for folder in folders:
        place = ROOT / folder
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def floor_of(module: str) -> str:
    """Return the floor of a module's dotted name below the package (``store.vault`` -> store)."""
    first = module.split(".")[0]
    if first in GROUND:
        return "ground"
    return "cli" if first.startswith("cli") else first


def floor_of_path(path: str) -> str:
    """Return the floor of a source file."""
    inside = path.removeprefix(f"{PACKAGE}/").removesuffix(".py").removesuffix("__init__")
    return floor_of(inside.strip("/").replace("/", "."))


def imports(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything a source imports, wherever it does so."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def wrong_floors(path: str, text: str) -> list[str]:
    """An import points up, or across to a floor that is out of reach."""
    floor = floor_of_path(path)
    found = []
    for line, name in imports(text):
        if name.split(".")[0] == PACKAGE:
            target = floor_of(name.removeprefix(PACKAGE).strip("."))
            # ``from kadin_danisma import __version__`` asks the ground.
            target = "ground" if target.startswith("__") else target
            if target not in MAY_IMPORT[floor]:
                found.append(f"{path}:{line}: {floor} imports {target}")
    return found


def wrong_homes(path: str, text: str) -> list[str]:
    """A foreign package is used outside the floor it lives on."""
    floor = floor_of_path(path)
    return [
        f"{path}:{line}: {name} in {floor}"
        for line, name in imports(text)
        if floor not in LIVES_IN.get(name.split(".")[0], {floor})
    ]


def forbidden(path: str, text: str) -> list[str]:
    """A module or call that could let something out, or let something foreign in."""
    found = []
    for line, name in imports(text):
        parts = name.split(".")
        prefixes = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
        strays = (
            ("ctypes" in prefixes and path not in HARDENING)
            or ("PySide6.QtDBus" in prefixes and path not in BUS)
            or ("PySide6.QtPrintSupport" in prefixes and path not in PRINTING)
            or parts[-1] in PRINT_FORMS
        )
        refused = FORBIDDEN - {"subprocess"} if path in STARTER else FORBIDDEN
        if prefixes & refused or strays:
            found.append(f"{path}:{line}: {name}")
    found += [
        f"{path}:{node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in FORBIDDEN_CALLS
    ]
    return found


def module_state(path: str, text: str) -> list[str]:
    """Something that changes lives as long as the module, and nobody clears it."""
    tree = ast.parse(text)
    found = [
        f"{path}:{line}: {what}"
        for line, what in _module_variables(tree)
        if (path, what) not in ALLOWED_STATE
    ]
    if floor_of_path(path) != "reports":
        found += [f"{path}:{line}: {name} keeps a cache" for line, name in _caches(tree)]
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    constants = {name for node in tree.body for name in _names_bound(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found.append(f"{path}:{node.lineno}: global {', '.join(node.names)}")
        for changed in _changed_names(node):
            is_class_state = changed in classes and (path, changed) not in ALLOWED_STATE
            if is_class_state or (changed in constants and _inside_function(tree, node)):
                found.append(f"{path}:{node.lineno}: {changed} is changed")
    return found


def _module_variables(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in tree.body:
        for name in _names_bound(node):
            value = getattr(node, "value", None)
            maker = value.func if isinstance(value, ast.Call) else None
            mutable = isinstance(
                value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
            ) or (isinstance(maker, ast.Name) and maker.id in _MUTABLE_MAKERS)
            if mutable and not _CONSTANT.fullmatch(name) and name != "__all__":
                yield node.lineno, name


def _caches(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """A cache keeps what it saw, and only reports never see anything of a person."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if re.match(r"(functools\.)?(lru_)?cache\b", ast.unparse(decorator)):
                    yield node.lineno, node.name


def _names_bound(node: ast.stmt) -> list[str]:
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign | ast.AugAssign)
        else []
    )
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _changed_names(node: ast.AST) -> Iterator[str]:
    """Yield the names whose insides a statement or call changes."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        for target in targets:
            if isinstance(target, ast.Attribute | ast.Subscript) and isinstance(
                target.value, ast.Name
            ):
                yield target.value.id
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _MUTATORS
        and isinstance(node.func.value, ast.Name)
    ):
        yield node.func.value.id


def _inside_function(tree: ast.Module, node: ast.AST) -> bool:
    line = getattr(node, "lineno", 0)
    return any(
        function.lineno <= line <= (function.end_lineno or 0)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    )


#: A thousands sign, or a day or an hour of a person's calendar, written by hand.
_OWN_FORM = re.compile(r":,\}|:%d|:%H[.:]|strftime\(\"%[dH]")
#: Where people's forms are made, and where texts of files and of the store have their own.
_FORMS = {
    "kadin_danisma/domain/dates.py",
    "kadin_danisma/exchange/cells.py",
    "kadin_danisma/store/overview.py",
    "kadin_danisma/store/rows.py",
}


def own_forms(path: str, text: str) -> list[str]:
    """Return the lines that write a number, a day or a time for people by themselves."""
    if path in _FORMS:
        return []
    lines = enumerate(text.splitlines(), start=1)
    return [f"{path}:{number}" for number, line in lines if _OWN_FORM.search(line)]


def too_long_file(path: str, text: str) -> list[str]:
    """A file is longer than a page of this house."""
    lines = len(text.splitlines())
    return [f"{path}: {lines} lines"] if lines > LONGEST_FILE else []


def too_long_functions(path: str, text: str) -> list[str]:
    """A function does not fit on a screen."""
    return [
        f"{path}:{node.lineno}: {node.name} has {length} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def no_docstring(path: str, text: str) -> list[str]:
    """A module does not say what it is for."""
    return [] if ast.get_docstring(ast.parse(text)) else [f"{path}: no docstring"]


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of every string that is not a docstring."""
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def stray_sql(path: str, text: str) -> list[str]:
    """SQL is written outside the store."""
    if floor_of_path(path) == "store":
        return []
    return [f"{path}:{line}: SQL" for line, said in _texts(ast.parse(text)) if _SQL.search(said)]


#: Local names that hold a piece of a statement, never a value.
_PIECES = {
    "column", "columns", "condition", "conditions", "dating", "marks", "names", "order", "pairs",
    "place", "table", "tail", "within",
}  # fmt: skip


def sql_with_values(path: str, text: str) -> list[str]:
    """SQL is put together from something that may hold a value.

    What may stand in the braces, outside quotes: a CONSTANT, an entry of one, or a name that says
    it is a piece of a statement. Values go in as named parameters.
    """
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            found += [f"{path}:{node.lineno}: {{{part}}} in SQL" for part in _values_in_sql(node)]
        elif isinstance(node, ast.BinOp) and _SQL.search(_left_text(node)):
            found.append(f"{path}:{node.lineno}: an operator puts something into SQL")
    return found


def _left_text(node: ast.BinOp) -> str:
    left = node.left
    return left.value if isinstance(left, ast.Constant) and isinstance(left.value, str) else ""


def _values_in_sql(node: ast.JoinedStr) -> Iterator[str]:
    so_far = ""
    suspects = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            if so_far.endswith(("'", '"')) or not _is_piece(part.value):
                suspects.append(ast.unparse(part.value))
            so_far += "x"
        elif isinstance(part, ast.Constant):
            so_far += str(part.value)
    if _SQL.search(so_far + " "):
        yield from suspects


def _is_piece(value: ast.expr) -> bool:
    if isinstance(value, ast.Subscript):
        value = value.value
    if isinstance(value, ast.Call) and ast.unparse(value.func) in {"', '.join", "' AND '.join"}:
        value = value.args[0]
    name = ast.unparse(value).split(".")[-1]
    return bool(_CONSTANT.fullmatch(name)) or name in _PIECES
