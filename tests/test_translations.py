"""Every word of ours can be read in Arabic and in Turkish, and the compiled files say what the written
ones say."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

PLURAL_FORMS = {"ar": 6, "tr": 2}
in_both = pytest.mark.parametrize("language", PLURAL_FORMS)


def folder(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES"


def entries(language: str) -> list[str]:
    blocks = (folder(language) / "django.po").read_text("utf-8").split("\n\n")
    return [block for block in blocks[1:] if re.search(r"^msgid ", block, re.M)]


@in_both
def test_nothing_is_untranslated_or_only_guessed(language: str) -> None:
    found = entries(language)
    assert len(found) > 900
    for block in found:
        assert "fuzzy" not in block.partition("msgid")[0], block
        assert not re.search(r'^msgstr(\[\d\])? ""$(?!\n")', block, re.M), block
        if "msgid_plural" in block:
            assert len(re.findall(r"^msgstr\[\d\] ", block, re.M)) == PLURAL_FORMS[language], block


@in_both
def test_what_is_filled_in_is_the_same_as_in_english(language: str) -> None:
    # %(name)s, %d and the like; a plural may leave its number out ("two claims").
    holes = re.compile(r"%\(\w+\)0?\d*[a-z]|%[sd]")
    for block in entries(language):
        if "msgid_plural" in block:
            continue
        source, _msgstr, translation = block.partition("\nmsgstr ")
        assert sorted(holes.findall(source.partition("msgid ")[2])) == sorted(
            holes.findall(translation)
        ), block


@pytest.mark.parametrize(
    ("language", "source", "translated"),
    [
        ("ar", "Today", "اليوم"),
        ("ar", "in review", "قيد المراجعة"),
        ("tr", "Today", "Bugün"),
        ("tr", "in review", "incelemede"),
    ],
)
def test_the_compiled_file_is_there_for_whoever_has_no_gettext(
    language: str, source: str, translated: str
) -> None:
    with (folder(language) / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert catalogue.gettext(source) == translated


@in_both
def test_the_compiled_file_is_as_new_as_the_written_one(language: str) -> None:
    with (folder(language) / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    for block in entries(language):
        if "msgid_plural" in block or "msgctxt" in block:
            continue
        source, _msgstr, translation = block.partition("\nmsgstr ")
        text = _unquoted(source.partition("msgid ")[2])
        assert catalogue.gettext(text) == _unquoted(translation)


def _unquoted(lines: str) -> str:
    text = "".join(re.findall(r'^"(.*)"$', lines, re.M))
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
