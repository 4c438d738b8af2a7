"""Names across scripts: the consonants that بوتين, Putin and Putin'in have in common."""

import unicodedata
from functools import lru_cache

from claims.languages.folding import ARABIC_MARKS

# Sounds that one script tells apart and another does not are one letter here; vowels are none.
_ARABIC = {
    "ب": "p", "پ": "p", "ت": "t", "ط": "t", "د": "t", "ض": "t", "ذ": "t", "ث": "t", "چ": "s",
    "خ": "k", "غ": "k", "ق": "k", "ك": "k", "گ": "k", "ر": "r", "ز": "s", "ظ": "s", "س": "s",
    "ش": "s", "ص": "s", "ف": "f", "ڤ": "f", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_LATIN_PAIRS = (
    ("sch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "k"), ("dh", "t"), ("th", "t"),
    ("ph", "f"), ("ck", "k"), ("ou", ""), ("dj", "j"), ("dzh", "j"), ("zh", "j"), ("ts", "s"),
)  # fmt: skip
_LATIN = {
    "b": "p", "p": "p", "t": "t", "d": "t", "j": "j", "ç": "s", "ş": "s", "s": "s", "z": "s",
    "r": "r", "f": "f", "v": "f", "k": "k", "q": "k", "g": "k", "ğ": "k", "x": "ks", "l": "l",
    "m": "m", "n": "n",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def skeletons(name: str, code: str) -> frozenset[str]:
    """The consonants of a name, in the ways that they may be heard."""
    if code in {"ar", "fa"}:
        return frozenset(_single(way) for way in _arabic(name))
    return frozenset(_single(way) for way in _latin(name, code))


def alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """The same consonants; of long names one may be another."""
    return any(
        a == b or (min(len(a), len(b)) >= 4 and _one_apart(a, b))
        for a in one
        for b in two
        if a and b
    )


def _arabic(name: str) -> list[str]:
    ways = [""]
    letters = [char for char in unicodedata.normalize("NFKC", name) if char not in ARABIC_MARKS]
    for char in letters:
        if char == "ج":
            ways = [way + sound for way in ways[:4] for sound in ("j", "k")]
        elif char == "و":
            ways = [way + sound for way in ways[:4] for sound in ("", "f")]
        else:
            ways = [way + _ARABIC.get(char, "") for way in ways]
    return ways


def _latin(name: str, code: str) -> list[str]:
    text = (
        unicodedata.normalize("NFC", name)
        .replace("İ", "i")
        .replace("I", "ı" if code == "tr" else "i")
    )
    text = text.lower()
    for pair, sound in _LATIN_PAIRS if code == "en" else ():
        text = text.replace(pair, sound.upper())
    ways = [""]
    for at, char in enumerate(text):
        following = text[at + 1 : at + 2]
        if char.isupper():
            ways = [way + char.lower() for way in ways]
        elif char == "c":
            sounds = (
                {"j", "k", "s"} if code == "tr" else {"s"} if following in set("eiy") else {"k"}
            )
            ways = [way + sound for way in ways[:4] for sound in sorted(sounds)]
        elif char == "g" and following in set("eiy") and code == "en":
            ways = [way + sound for way in ways[:4] for sound in ("j", "k")]
        elif char == "w":
            ways = [way + sound for way in ways[:4] for sound in ("", "f")]
        else:
            base = unicodedata.normalize("NFD", char)[0] if char not in _LATIN else char
            ways = [way + _LATIN.get(base, "") for way in ways]
    return ways


def _single(way: str) -> str:
    """Doubled consonants are one."""
    return "".join(char for at, char in enumerate(way) if way[at - 1 : at] != char or at == 0)


def _one_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    at = next(
        (k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return a[at + 1 :] == b[at + 1 :] or a[at:] == b[at + 1 :] or a[at + 1 :] == b[at:]
