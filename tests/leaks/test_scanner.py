"""The scanner finds a marker in every form it may take, and finds nothing where there is none."""

import base64
import gzip
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kadin_danisma.domain.text import fold, lower, upper
from kadin_danisma.paths import resources_folder
from tests.leaks.markers import KIMLIK_NO, PHONE, PHONE_SHOWN, marker, places
from tests.leaks.scanner import PERSONS, Scanner
from tests.leaks.unpacking import views

WORD = marker("client.name")
SENTENCE = f"Danışan {WORD} yarın gelecek."


def zipped(content: bytes, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        archive.writestr("inside.bin", content)
    return made.getvalue()


def raw_deflate_in_a_cut_archive(content: bytes) -> bytes:
    return b"junk" + zipped(content)[: -len("directory that is missing")]


def pdf(*, embedded: bool = False, packed: bool = True, info: bool = False) -> bytes:
    """Return a page that shows the marker, or has it in its document information."""
    made = io.BytesIO()
    page = Canvas(made, A4, pageCompression=int(packed))
    if embedded:
        font = str(resources_folder() / "fonts" / "NotoSans-Regular.ttf")
        pdfmetrics.registerFont(TTFont("Leak", font))
        page.setFont("Leak", 12)
    if info:
        page.setTitle(SENTENCE)
    else:
        page.drawString(50, 50, SENTENCE)
    page.save()
    return made.getvalue()


def hex_string(content: str) -> bytes:
    return b"BT <" + content.encode("utf-16-be").hex().upper().encode() + b"> Tj ET"


PLAIN: dict[str, str] = {
    "as it was typed": SENTENCE,
    "small": lower(SENTENCE),
    "capitals": upper(SENTENCE),
    "Python's capitals": SENTENCE.upper(),
    "folded": fold(SENTENCE),
    "decomposed": unicodedata.normalize("NFD", SENTENCE),
    "kimlik no": f"no {KIMLIK_NO}.",
    "telephone": f"tel {PHONE}.",
    "telephone abroad": f"tel +9{PHONE}.",
    "telephone as shown": f"tel {PHONE_SHOWN}.",
    "first half": SENTENCE[: SENTENCE.index(WORD) + 11],
    "second half": SENTENCE[SENTENCE.index(WORD) + 6 :],
    "backwards": SENTENCE[::-1],
}
CODED: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8 with a byte before": lambda text: b"\xff" + text.encode(),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-16 at an odd place": lambda text: b"x" + text.encode("utf-16"),
    "utf-32-le": lambda text: text.encode("utf-32-le"),
    "Turkish code page": lambda text: text.encode("cp1254", "replace"),
}
WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "base64": base64.b64encode,
    "base64, one byte later": lambda content: base64.b64encode(b"x" + content),
    "base64, two bytes later": lambda content: base64.b64encode(b"xy" + content),
    "hex": lambda content: content.hex().encode(),
    "HEX": lambda content: content.hex().upper().encode(),
    "zlib": lambda content: b"junk" + zlib.compress(content) + b"more",
    "zlib, fastest": lambda content: zlib.compress(content, 1),
    "zlib, best": lambda content: zlib.compress(content, 9),
    "torn zlib": lambda content: zlib.compress(content * 9)[:-6],
    "zlib in zlib": lambda content: zlib.compress(zlib.compress(content)),
    "gzip": lambda content: b"junk" + gzip.compress(content),
    "zip": zipped,
    "stored zip": lambda content: zipped(content, zipfile.ZIP_STORED),
    "zip in zip": lambda content: zipped(zipped(content)),
    "zip without its directory": raw_deflate_in_a_cut_archive,
    "PDF stream": lambda content: b"stream\r\n" + base64.a85encode(content) + b"~>endstream",
    "PDF hex string": lambda content: b"<" + content.hex().encode() + b"> Tj",
}
PAPER: dict[str, Callable[[], bytes]] = {
    "PDF": pdf,
    "PDF, unpacked": lambda: pdf(packed=False),
    "PDF with glyph numbers of its own": lambda: pdf(embedded=True),
    "PDF, document information": lambda: pdf(info=True),
    "PDF string of two bytes a letter": lambda: hex_string(SENTENCE),
    "percent-encoded": lambda: "".join(f"%{byte:02X}" for byte in SENTENCE.encode()).encode(),
    "quoted as in an address": lambda: quote(SENTENCE).encode(),
    "numbers of XML": lambda: "".join(f"&#{ord(sign)};" for sign in SENTENCE).encode(),
    "escapes of JSON": lambda: "".join(f"\\u{ord(sign):04x}" for sign in SENTENCE).encode(),
    "octal escapes": lambda: "".join(f"\\{byte:03o}" for byte in SENTENCE.encode()).encode(),
    "split words of a PDF": lambda: b"[(" + b")-20(".join(_letters(WORD)) + b")] TJ",
}


def _letters(text: str) -> list[bytes]:
    return [letter.encode("cp1254") for letter in text]


@pytest.mark.parametrize("plain", PLAIN)
@pytest.mark.parametrize("coded", CODED)
def test_a_leak_is_found_in_every_spelling_and_encoding(plain: str, coded: str) -> None:
    assert Scanner().scan(CODED[coded](PLAIN[plain]))


@pytest.mark.parametrize("coded", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("wrapped", WRAPPED)
def test_a_leak_is_found_in_every_wrapping(wrapped: str, coded: str) -> None:
    found = Scanner().scan(WRAPPED[wrapped](CODED[coded](SENTENCE)))
    assert {leak.what for leak in found} == {PERSONS}


@pytest.mark.parametrize("paper", PAPER)
def test_a_leak_is_found_on_paper_and_in_escapes(paper: str) -> None:
    assert Scanner().scan(PAPER[paper]())


def test_a_leak_is_found_in_the_name_of_a_file_or_folder(tmp_path: Path) -> None:
    (tmp_path / f"rapor {WORD}").mkdir()
    assert {leak.where for leak in Scanner().scan_folder(tmp_path)} == {f"name rapor {WORD}"}


def test_a_key_is_found_raw_in_figures_and_in_base64() -> None:
    scanner, key = Scanner(), bytes(range(100, 132))
    scanner.add_secret("vault key", key)
    for content in (key, key.hex().encode(), b"x" + base64.b64encode(b"xy" + key)):
        assert {leak.what for leak in scanner.scan(content)} == {"vault key"}
    assert scanner.scan(key[::-1]) == set()


@given(st.binary(max_size=4096))
def test_chance_is_no_leak(content: bytes) -> None:
    assert Scanner().scan(content) == set()


def test_paper_without_markers_has_no_leak() -> None:
    made = io.BytesIO()
    page = Canvas(made, A4)
    page.drawString(50, 50, "Başvuru 12, görüşme 7")
    page.save()
    assert Scanner().scan(made.getvalue()) == set()
    assert Scanner().scan(zipped(zipped(b"hello"))) == set()


@pytest.mark.slow
def test_a_stream_that_unpacks_without_end_is_given_up() -> None:
    bomb = zlib.compress(bytes(65 << 20))
    assert max(len(view) for _way, view in views(bomb)) <= 64 << 20


def test_every_place_has_a_word_of_its_own_and_is_known_again() -> None:
    known = ["client.name", "client.phone", "session.note"]
    text = " ".join(marker(place).upper() for place in known[::2])
    assert places(text, known) == known[::2]
    assert len({marker(f"{n}") for n in range(5000)}) == 5000
