"""Texts on streams that lack letters, are closed or full."""

import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma import streams

OLD = ("cp857", "cp1252", "cp1254", "ascii")
TURKISH = "Kadın Danışma: ğüşıöçİ ĞÜŞIÖÇ “Ekim” – 3…"


def stream(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)


def written(out: io.TextIOWrapper) -> str:
    buffer = out.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(out.encoding)


@given(st.text(), st.sampled_from(OLD))
def test_every_text_can_be_said_on_every_terminal(text: str, encoding: str) -> None:
    assert streams.write(stream(encoding), text)
    streams.spelt_in(text, encoding).encode(encoding)


@given(st.text("abcçğıöşüABCÇĞİÖŞÜ 0123"))
def test_turkish_terminals_say_turkish_as_it_is(text: str) -> None:
    assert streams.spelt_in(text, "cp857") == text
    assert streams.spelt_in(text, "cp1254") == text


def test_a_lacking_letter_becomes_the_one_next_to_it() -> None:
    out = stream("cp1252")
    streams.write(out, TURKISH)
    assert written(out) == "Kadin Danisma: güsiöçI GÜSIÖÇ “Ekim” – 3…"
    assert streams.spelt_in(TURKISH, "ascii") == ('Kadin Danisma: gusiocI GUSIOC "Ekim" - 3...')
    assert streams.spelt_in("مركز 🌸", "cp1254") == "???? ?"


class _Full(io.StringIO):
    def flush(self) -> None:
        raise OSError(28, "full")


@pytest.mark.parametrize("lost", [None, _Full()])
def test_what_cannot_be_written_is_known(lost: io.StringIO | None) -> None:
    assert not streams.write(lost, "söz")


@pytest.mark.skipif(sys.platform == "win32", reason="the shell is that of Linux")
def test_no_file_takes_the_place_of_a_closed_stream() -> None:
    program = (
        "import os, sys; from kadin_danisma import streams; streams.occupy();"
        "sys.exit(os.open('/etc/passwd', os.O_RDONLY))"
    )
    command = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", program]
    assert subprocess.run(command, check=False).returncode > 2
