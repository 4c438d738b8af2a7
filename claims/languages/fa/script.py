"""How Persian is written: from the right; Arabic keyboards bring two letters of their own."""

import unicodedata

DIRECTION = "rtl"

_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه", "ۀ": "ه"}
)


def fold(text: str) -> str:
    """Arabic and Persian yeh and kaf fall together; آ stays a letter of its own."""
    return unicodedata.normalize("NFC", text).translate(_LETTERS).casefold()
