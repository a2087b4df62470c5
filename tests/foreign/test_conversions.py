"""Every function that makes a number, a day or a structure of a text bears a million characters.

The functions are found in the source, as the patterns are; each is called here with texts that are
worst for it, and must answer or refuse in a moment.
"""

import io
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kadin_danisma import cli_parser
from kadin_danisma.domain import checks, circle, kimlik, lists, passphrase, phone, text
from kadin_danisma.domain.collecting import collectors
from kadin_danisma.domain.dates import Period, parse_date, parse_time
from kadin_danisma.domain.drafts import Draft, Form, from_before
from kadin_danisma.domain.snippet import snippet
from kadin_danisma.errors import KnownError
from kadin_danisma.exchange import cells, columns, decoder, grid, looks, markup, package, strings
from kadin_danisma.exchange.headers import read_headers, shown
from kadin_danisma.exchange.raw import Fault, Look, Number
from kadin_danisma.exchange.refusal import CellError
from kadin_danisma.exchange.telling import Told
from kadin_danisma.reports import returned
from kadin_danisma.store import anchor, recovery, sheets, slot_files, waiting
from kadin_danisma.ui import typed
from kadin_danisma.ui.dialogs.logpaper import CompareDialog
from kadin_danisma.ui.widgets.fields import NumberEdit
from tests import house
from tests.foreign import found
from tests.foreign.test_patterns import MILLION, SECONDS, TooDearError, within

TODAY = date(2026, 11, 22)
TEXTS = [piece * (MILLION // len(piece)) for piece in ("1", "1-", "[", '{"a":', "ğ ", "_x0041_")]
#: What is converted is a number that we made.
OURS = {
    "exchange.cells:_day_of", "exchange.cells:_clock_of", "exchange.cells:_rounded",
    "exchange.cells:_plain_number", "domain.invented_people:kimlik_no",
    "domain.invention:Centre._contact",
    "domain.invention:_Quota.due", "ui.widgets.fields:Field.__init__",
}  # fmt: skip


def _anchor(said: str, folder: Path) -> None:
    file = folder / "x.anchor"
    file.write_text(said, encoding="utf-8")
    anchor.vaults_in(file)
    file.write_text(json.dumps({"seq": said, "at": "", "head": said}), encoding="utf-8")
    anchor.vaults_in(file)


def _tries(said: str, folder: Path) -> None:
    vault = folder / "x.vault"
    for content in (said, json.dumps({"tries": [{"at": said, "ticks": said}]})):
        waiting.place(vault).write_text(content, encoding="utf-8")
        waiting.read(vault)


def _key_file(said: str, _folder: Path) -> None:
    with suppress(slot_files.UnreadableError):
        slot_files.decode(said.encode())
    slot = {"user": said, "name": said, "role": "it", "salt": said, "memory_mib": 1,
            "sealing": said, "signing": said, "public": said}  # fmt: skip
    for entry in ({"slots": [slot]}, {"slots": [], "journal": [[said] * 6], "roster": said}):
        with suppress(slot_files.UnreadableError):
            slot_files.decode(json.dumps({"format": said, **entry}).encode())
    with suppress(ValueError, KeyError, TypeError):
        slot_files.slot_from_json({**slot, "salt": "00", "passes": 1})
    slot_files._entry_from_json([said, said, said, said, 1, said])


def _report(said: str, _folder: Path) -> None:
    for content in (
        said,
        json.dumps({"format": "kadin-danisma-report/1", "period": said, "number": said}),
        json.dumps({"format": "kadin-danisma-report/1", "period": "2026-10",
                    "number": f"2026/{said}", "rule": {"minimum": 5}, "tables": [{"id": said}]}),
    ):  # fmt: skip
        returned.read_back(content.encode(), "Merkez", TODAY, "tr")


def _cell(said: str, _folder: Path) -> None:
    every = {column.shape: column for sheet in columns.SHEETS for column in sheet.columns}
    for column in every.values():
        with suppress(CellError):
            cells.CellReader(TODAY).read(said, column)


def _sheet(said: str, _folder: Path) -> None:
    plain = said.replace("\u0301", "a")
    for kind in ("n", "s", "d", "b", "str", "inlineStr"):
        parser = grid.SheetParser([], (), 0)
        cell = f'<c r="{plain[:900_000]}" t="{kind}"><v>{plain}</v></c>'
        with suppress(KnownError):
            list(markup.feed(parser.expat, f"<sheetData><row>{cell}</row></sheetData>".encode()))


def _told(said: str, _folder: Path) -> None:
    Told(iter([said.encode()]), MILLION)
    Told(iter([json.dumps(["book", [[said, True]], said]).encode()]), MILLION)


def _draft(said: str, _folder: Path) -> None:
    from_before(said, said)
    parts = dict.fromkeys(("form", "client_id", "record_id", "day"), said)
    typed = {"revision": 0, "opened": {}, "typed": {"note": said}}
    assert from_before("", json.dumps({**parts, **typed, "form": "session"})) == []
    whole = Draft("d", Form.SESSION, None).as_text()
    Draft.from_text(json.dumps(json.loads(whole) | {"begun_at": said}))


def _number_edit(said: str, _folder: Path) -> None:
    assert NumberEdit.value(_Control(said)) is None  # type: ignore[arg-type]


def _compare(said: str, _folder: Path) -> None:
    dialog = _Control(said)
    CompareDialog.ready(dialog)  # type: ignore[arg-type]


class _Control:
    """Stands for a field in which somebody typed."""

    def __init__(self, said: str) -> None:
        self._said = said
        self.seq = self.groups = self._seq_field = self

    def text(self) -> str:
        return self._said

    def set_error(self, _sentence: str) -> None:
        """Show nothing."""


#: How each function that was found is reached.
REACHED: dict[str, Callable[[str, Path], Any]] = {
    "exchange.cells:_whole": _cell,
    "exchange.cells:_number_of": _cell,
    "exchange.cells:_time": _cell,
    "exchange.grid:SheetParser._number": _sheet,
    "exchange.grid:_stated_moment": _sheet,
    "exchange.markup:whole": lambda said, _folder: markup.whole(said, 0),
    "exchange.package:_plain": lambda said, _folder: package.is_odd_name(said),
    "exchange.strings:unescape": lambda said, _folder: strings.unescape(said),
    "exchange.telling:Told._next": _told,
    "exchange.telling:Told._finite": _told,
    "domain.dates:Period.parse": lambda said, _folder: Period.parse(said),
    "domain.dates:parse_date": lambda said, _folder: parse_date(said),
    "domain.dates:parse_time": lambda said, _folder: parse_time(said),
    "domain.drafts:Draft.from_text": lambda said, _folder: Draft.from_text(said),
    "domain.drafts:from_before": _draft,
    "domain.drafts:_made": _draft,
    "domain.drafts:_moment": _draft,
    "domain.kimlik:is_valid": lambda said, _folder: kimlik.is_valid(said),
    "reports.returned:read_back": _report,
    "reports.returned:_is_whole": _report,
    "reports.report:thawed": _report,
    "store.slot_files:decode": _key_file,
    "store.slot_files:is_genuine": _key_file,
    "store.slot_files:_macs": _key_file,
    "store.slot_files:slot_from_json": _key_file,
    "store.slot_files:_with_the_rest": _key_file,
    "store.slot_files:_entry_from_json": _key_file,
    "store.slot_files:_public": _key_file,
    "store.slot_files:_whole": _key_file,
    "store.anchor:_decode": _anchor,
    "store.waiting:read": _tries,
    "store.waiting:_try": _tries,
    "store.sheets:read_sheet": lambda said, _folder: sheets.read_sheet(said),
    "cli_parser:_count": lambda said, _folder: cli_parser._count(said),
    "ui.typed:read_time": lambda said, _folder: typed.read_time(said),
    "ui.widgets.fields:NumberEdit.value": _number_edit,
    "ui.dialogs.logpaper:CompareDialog.ready": _compare,
}
#: Parsers by hand, which convert nothing and walk a text all the same.
WALKERS: dict[str, Callable[[str, Path], Any]] = {
    "fold": lambda said, _folder: text.fold(said),
    "fold_words": lambda said, _folder: text.fold_words(said),
    "upper": lambda said, _folder: text.upper(said),
    "lower": lambda said, _folder: text.lower(said),
    "sort_key": lambda said, _folder: text.sort_key(said),
    "tidy": lambda said, _folder: text.tidy(said),
    "text_problem": lambda said, _folder: checks.text_problem(said),
    "phone": lambda said, _folder: phone.display(phone.normalise(said) or ""),
    "collectors": lambda said, _folder: collectors(said),
    "snippet": lambda said, _folder: snippet(said, ["a"]),
    "passphrase": lambda said, _folder: passphrase.canonical(said),
    "reason": lambda said, _folder: circle.reason_problem(said),
    "code": lambda said, _folder: lists.REASON.find(said),
    "look": lambda said, _folder: looks.look_of(said),
    "header": lambda said, _folder: read_headers(columns.CLIENTS, {1: said}),
    "shown": lambda said, _folder: shown(said),
    "read_words": lambda said, _folder: typed.read_words(said),
    "read_day": lambda said, _folder: typed.read_day(said, TODAY),
    "recovery code": lambda said, _folder: recovery.read_code(said),
    "formats": lambda said, _folder: cli_parser._formats(said),
    "file": lambda said, _folder: list(decoder.words(io.BytesIO(b"PK" + said.encode()))),
}
#: One name for each way to reach them: several may be reached together.
ONE_NAME = {walk: name for name, walk in REACHED.items()}


def test_every_conversion_is_reached() -> None:
    names = {
        name
        for place in found.FOREIGN
        for path, source in house.sources(place)
        for name in found.conversions_in(path, source)
    }
    assert names == REACHED.keys() | OURS


def test_a_new_conversion_is_found() -> None:
    source = "class New:\n    def number(self, text):\n        return int(text)"
    assert list(found.conversions_in("kadin_danisma/domain/new.py", source)) == [
        "domain.new:New.number"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", [*ONE_NAME.values(), *WALKERS])
def test_a_million_characters_are_answered_or_refused_in_a_moment(
    name: str, tmp_path: Path
) -> None:
    walk = (REACHED | WALKERS)[name]
    for said in TEXTS:
        with within(SECONDS), suppress(KnownError):
            walk(said, tmp_path)


def test_a_conversion_that_takes_too_long_is_caught() -> None:
    # A loop of Python's own hears of the time; one of C would not.
    with pytest.raises(TooDearError), within(0.2):
        any(number < 0 for number in count())


def test_a_number_of_many_digits_is_no_number_anywhere() -> None:
    digits = "1" * 20_000
    assert parse_date(digits) is None
    assert markup.whole(digits, 7) == 7
    with pytest.raises(CellError):
        cells.CellReader(TODAY).read(digits, columns.SESSIONS.column_of("minutes"))
    assert cells.text_of(Number(1e300, Look.PLAIN)) == "1e+300"
    assert cells.text_of(Fault.TOO_LONG) == ""
