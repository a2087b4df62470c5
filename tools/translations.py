"""The Turkish catalogue: extracting the words, keeping it fresh, checking it, compiling it.

Run as ``python -m tools.translations update|check|compile``; tests/test_translations.py calls the
same functions. English is the source language, so only other languages have a catalogue.
"""

import argparse
import datetime as dt
import io
import re
import string
import sys
from collections.abc import Mapping
from pathlib import Path

from babel.messages import Catalog, Message, extract, mofile, pofile

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "translations" / "tr" / "LC_MESSAGES" / "kadin_danisma.po"
SOURCES = ROOT / "kadin_danisma"
#: How gettext's functions hold their words: 1 the singular, 2 the plural, c the context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
#: The same on every day, so that a catalogue changes only when its words do.
_HEADER_DATE = dt.datetime(2026, 1, 1)  # noqa: DTZ001 (a fixed date, not a moment)

_PERCENT = re.compile(r"%(?:\(\w+\)[a-z]|[sdif]\b)")

#: Context and source text (both forms where there is a plural).
Key = tuple[str | None, str | tuple[str, ...]]


def extract_keys(folder: Path = SOURCES) -> list[Key]:
    """Return everything the program can say, in the order of the alphabet."""
    found: set[Key] = set()
    for path in sorted(folder.rglob("*.py")):
        with path.open("rb") as source:
            for _line, text, _comments, context in extract.extract(
                "python", source, keywords=KEYWORDS, options={"encoding": "utf-8"}
            ):
                found.add((context, text if isinstance(text, str) else tuple(text)))
    return sorted(found, key=lambda key: (singular(key), key[0] or ""))


def singular(key: Key) -> str:
    """Return the source text of a key, in the singular."""
    text = key[1]
    return text if isinstance(text, str) else text[0]


def read(path: Path = CATALOGUE) -> Catalog:
    """Return a catalogue as it lies on disk; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="tr")
    with path.open("rb") as source:
        return pofile.read_po(source)


def messages_of(catalogue: Catalog) -> dict[Key, Message]:
    """Return the messages of a catalogue by their keys, without its header."""
    return {
        (message.context, message.id if isinstance(message.id, str) else tuple(message.id)): message
        for message in catalogue
        if message.id
    }


def translation(message: Message) -> str:
    """Return what a message says in Turkish, whose plural is like its singular."""
    text = message.string or ""
    return text if isinstance(text, str) else text[0]


def build(keys: list[Key], words: Mapping[Key, str]) -> Catalog:
    """Return a catalogue of these keys; what has no words yet stays empty."""
    catalogue = Catalog(
        locale="tr",
        domain="kadin_danisma",
        project="Kadın Danışma",
        version="0.1.0",
        copyright_holder="Kadın Danışma",
        header_comment="# Turkish words of Kadın Danışma.\n",
        last_translator="Kadın Danışma",
        language_team="tr",
        msgid_bugs_address="Kadın Danışma",
        charset="utf-8",
        creation_date=_HEADER_DATE,
        revision_date=_HEADER_DATE,
        fuzzy=False,
    )
    # CLDR gives Turkish two forms; after a number the noun stays singular, so one is enough.
    catalogue.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    for key in keys:
        context, text = key
        said = words.get(key, "")
        catalogue.add(text, said if isinstance(text, str) else (said,), context=context)
    return catalogue


def dump(catalogue: Catalog) -> bytes:
    """Return the one form in which a catalogue is kept."""
    stream = io.BytesIO()
    pofile.write_po(stream, catalogue, width=100, no_location=True, sort_output=True)
    return stream.getvalue()


def update(extra: Mapping[str, str] | None = None) -> list[str]:
    """Write the catalogue anew from the sources and return what is still untranslated.

    Args:
        extra: Further words: English source (``context|source`` where there is one) -> Turkish.
    """
    words = {key: translation(message) for key, message in messages_of(read()).items()}
    keys = extract_keys()
    for key in keys:
        name = f"{key[0]}|{singular(key)}" if key[0] else singular(key)
        words[key] = (extra or {}).get(name) or words.get(key, "")
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(dump(build(keys, words)))
    compile_all()
    return [singular(key) for key in keys if not words[key]]


def compile_all() -> None:
    """Compile every catalogue for gettext; the result is not kept in the repository."""
    for path in sorted((ROOT / "translations").rglob("*.po")):
        stream = io.BytesIO()
        mofile.write_mo(stream, read(path))
        path.with_suffix(".mo").write_bytes(stream.getvalue())


def placeholders(text: str) -> set[str]:
    """Return the names in braces of a text that is formatted after translating.

    Raises:
        ValueError: The braces do not match.
    """
    return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name is not None}


def faults(keys: list[Key], catalogue: Catalog) -> list[str]:
    """Return everything that is wrong with a catalogue, one sentence each.

    Args:
        keys: What the program can say now.
        catalogue: The catalogue that is kept.
    """
    messages = messages_of(catalogue)
    found = [f"not in the catalogue: {singular(key)!r}" for key in keys if key not in messages]
    wanted = set(keys)
    found += [f"no longer said: {singular(key)!r}" for key in messages if key not in wanted]
    for key, message in messages.items():
        found += [f"{fault}: {singular(key)!r}" for fault in _faults_of(key, message)]
    return found


def _faults_of(key: Key, message: Message) -> list[str]:
    said = translation(message)
    if not said:
        return ["untranslated"]
    found = ["fuzzy"] if message.fuzzy else []
    forms = [key[1]] if isinstance(key[1], str) else list(key[1])
    try:
        named = [placeholders(form) for form in forms]
        if placeholders(said) != set().union(*named):
            found.append("other placeholders in the translation")
        if any(not name.isidentifier() for names in named for name in names):
            found.append("a placeholder without a name")
    except ValueError:
        found.append("braces that do not match")
    if any(_PERCENT.search(form) for form in forms):
        found.append("a % format (use named braces)")
    return found


def check() -> list[str]:
    """Return everything that is wrong with the catalogue that is kept."""
    keys = extract_keys()
    catalogue = read()
    found = faults(keys, catalogue)
    words = {key: translation(message) for key, message in messages_of(catalogue).items()}
    if not found and CATALOGUE.read_bytes() != dump(build(keys, words)):
        found.append("not in its form: run python3 dev.py translations")
    return found


def main(arguments: list[str]) -> int:
    """Do one of update, check, compile; say what is missing or wrong."""
    parser = argparse.ArgumentParser(prog="tools.translations", description=__doc__)
    parser.add_argument("job", choices=("update", "check", "compile"))
    job = parser.parse_args(arguments).job
    if job == "compile":
        compile_all()
        return 0
    if job == "update":
        missing = update()
        print(f"{len(extract_keys())} messages, {len(missing)} untranslated")
        for text in missing:
            print(f"  - {text}")
        return 0
    found = check()
    for fault in found:
        print(f"translations: {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
