from babel.messages import Catalog

from tools import translations


def catalogue_of(source: str, turkish: str) -> Catalog:
    return translations.build([(None, source)], {(None, source): turkish})


def faults_of(source: str, turkish: str) -> list[str]:
    return translations.faults([(None, source)], catalogue_of(source, turkish))


def test_every_word_of_the_program_has_its_turkish() -> None:
    assert translations.check() == []


def test_a_good_translation_has_no_fault() -> None:
    assert faults_of("{n} files", "{n} dosya") == []


def test_a_missing_translation_is_found() -> None:
    assert faults_of("Save", "") == ["untranslated: 'Save'"]


def test_a_word_that_is_not_in_the_catalogue_is_found() -> None:
    found = translations.faults([(None, "Save"), (None, "Close")], catalogue_of("Save", "Kaydet"))
    assert found == ["not in the catalogue: 'Close'"]


def test_a_word_that_nobody_says_any_more_is_found() -> None:
    assert translations.faults([], catalogue_of("Save", "Kaydet")) == ["no longer said: 'Save'"]


def test_another_placeholder_is_found() -> None:
    assert faults_of("{n} files", "{sayi} dosya") == [
        "other placeholders in the translation: '{n} files'"
    ]


def test_a_placeholder_without_a_name_is_found() -> None:
    assert faults_of("{} files", "{} dosya") == ["a placeholder without a name: '{} files'"]


def test_braces_that_do_not_match_are_found() -> None:
    assert faults_of("{n} files", "{n dosya") == ["braces that do not match: '{n} files'"]


def test_percent_formats_are_found_and_percent_signs_are_not() -> None:
    assert faults_of("%s files", "%s dosya") == ["a % format (use named braces): '%s files'"]
    assert faults_of("5 % of women", "kadınların %5'i") == []


def test_a_fuzzy_translation_is_found() -> None:
    catalogue = catalogue_of("Save", "Kaydet")
    for message in catalogue:
        message.flags.add("fuzzy")
    assert translations.faults([(None, "Save")], catalogue) == ["fuzzy: 'Save'"]


def test_contexts_and_plurals_are_kept_apart(tmp_path) -> None:
    (tmp_path / "page.py").write_text(
        '_("Open")\npgettext("state", "Open")\nngettext("{n} file", "{n} files", 3)\nN_("Later")\n',
        encoding="utf-8",
    )
    assert translations.extract_keys(tmp_path) == [
        (None, "Later"),
        (None, "Open"),
        ("state", "Open"),
        (None, ("{n} file", "{n} files")),
    ]


def test_writing_and_reading_a_catalogue_changes_nothing(tmp_path) -> None:
    key = (None, ("{n} file", "{n} files"))
    first = translations.dump(translations.build([key], {key: "{n} dosya"}))
    path = tmp_path / "words.po"
    path.write_bytes(first)
    words = {
        key: translations.translation(message)
        for key, message in translations.messages_of(translations.read(path)).items()
    }
    assert translations.dump(translations.build([key], words)) == first
