"""Which served language a text is in, or none of them."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# A judgement on more text is no better and costs more; on less it is a guess.
_ENOUGH = 20_000
_LETTERS = 12

_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
# Letters that Persian, Urdu, Pashto, Kurdish and Uyghur use and Arabic does not.
_NOT_ARABIC = re.compile("[پچژگکیےھٹڈڑەۆێۇېټړښڼ]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_TURKISH = re.compile("[ğışĞİŞ]")
_AZERBAIJANI = re.compile("[əƏ]")


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def detect(text: str) -> str | None:
    """The served language ``text`` is written in; None when it is in another one, or too short.

    The script decides first, then letters that only a sister language has, then a character
    n-gram model (py3langid) that knows some hundred languages, so that French is not English.
    """
    text = text[:_ENOUGH]
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    letters = sum(char.isalpha() for char in text)
    if max(arabic, latin) < _LETTERS or 2 * max(arabic, latin) < letters:
        return None
    guess = str(_identifier().classify(text)[0])
    if arabic > latin:
        foreign = len(_NOT_ARABIC.findall(text))
        # A quoted Persian name has a few such letters; a Persian text has them everywhere.
        return "ar" if 50 * foreign < arabic else None
    if guess == "en":
        return "en"
    sisters = {"tr", "az", "crh", "gag", "tk"}
    if guess in sisters and _TURKISH.search(text) and not _AZERBAIJANI.search(text):
        return "tr"
    return "tr" if guess == "tr" else None
