"""How English is written: from the left; accents are optional."""

import unicodedata

DIRECTION = "ltr"


def fold(text: str) -> str:
    """Case-folded, without accents."""
    bare = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", "".join(bare)).casefold()
