"""Nothing on a public page stays English for a reader of Arabic or Turkish."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates" / "public").rglob("*.html"))
WORDS = re.compile(
    r"""{%\s*translate\s+(["'])(?P<text>.+?)\1(?:\s+context\s+"(?P<context>.+?)")?\s*%}"""
)
BLOCK = re.compile(
    r"{%\s*blocktranslate(?P<head>.*?)%}(?P<one>.*?)"
    r"(?:{%\s*plural\s*%}(?P<many>.*?))?{%\s*endblocktranslate\s*%}",
    re.S,
)


def untranslated(template: Path) -> list[str]:
    source = template.read_text("utf-8")
    missing = []
    for found in WORDS.finditer(source):
        text, context = found["text"], found["context"]
        if (pgettext(context, text) if context else gettext(text)) == text:
            missing.append(text)
    for found in BLOCK.finditer(source):
        one, many = (
            re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text or "").strip()
            for text in (found["one"], found["many"])
        )
        if (ngettext(one, many, 2) in (one, many)) if many else (gettext(one) == one):
            missing.append(one)
    return missing


@pytest.mark.parametrize("language", ["ar", "tr"])
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_is_said_in_both_languages(template: Path, language: str) -> None:
    with translation.override(language):
        assert untranslated(template) == []


def test_this_test_sees_the_templates_words() -> None:
    with translation.override("en"):
        assert "Who says what" in untranslated(
            next(path for path in TEMPLATES if path.name == "verdict.html")
        )
        assert len(TEMPLATES) > 12
