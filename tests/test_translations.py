"""Every word of ours can be read in Arabic, and the compiled file says what the written one says."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.LOCALE_PATHS[0]) / "ar" / "LC_MESSAGES"
PLURAL_FORMS = 6


def entries() -> list[str]:
    blocks = (FOLDER / "django.po").read_text("utf-8").split("\n\n")
    return [block for block in blocks[1:] if re.search(r"^msgid ", block, re.M)]


def test_nothing_is_untranslated_or_only_guessed() -> None:
    found = entries()
    assert len(found) > 900
    for block in found:
        assert "fuzzy" not in block.partition("msgid")[0], block
        assert not re.search(r'^msgstr(\[\d\])? ""$(?!\n")', block, re.M), block
        if "msgid_plural" in block:
            assert len(re.findall(r"^msgstr\[\d\] ", block, re.M)) == PLURAL_FORMS, block


def test_what_is_filled_in_is_the_same_in_both_languages() -> None:
    # %(name)s, %d and the like; a plural may leave its number out ("two claims").
    holes = re.compile(r"%\(\w+\)0?\d*[a-z]|%[sd]")
    for block in entries():
        if "msgid_plural" in block:
            continue
        source, _msgstr, translation = block.partition("\nmsgstr ")
        assert sorted(holes.findall(source.partition("msgid ")[2])) == sorted(
            holes.findall(translation)
        ), block


@pytest.mark.parametrize(
    ("source", "arabic"),
    [("Today", "اليوم"), ("Queue", "الطابور"), ("in review", "قيد المراجعة")],
)
def test_the_compiled_file_is_there_for_whoever_has_no_gettext(source: str, arabic: str) -> None:
    with (FOLDER / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert catalogue.gettext(source) == arabic


def test_the_compiled_file_is_as_new_as_the_written_one() -> None:
    with (FOLDER / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    for block in entries():
        if "msgid_plural" in block or "msgctxt" in block:
            continue
        source, _msgstr, translation = block.partition("\nmsgstr ")
        text = _unquoted(source.partition("msgid ")[2])
        assert catalogue.gettext(text) == _unquoted(translation)


def _unquoted(lines: str) -> str:
    text = "".join(re.findall(r'^"(.*)"$', lines, re.M))
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
