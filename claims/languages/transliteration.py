"""A name in the letters of another language, by rule: a guess for a search engine, beside the name
as it is written. Arabic leaves short vowels out, so what comes of it is one of several readings.
"""

import re
import unicodedata

from claims.languages.folding import ARABIC_MARKS

_TO_LATIN = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ء": "", "ئ": "", "ؤ": "", "ب": "b", "ت": "t",
    "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q",
    "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "ى": "a", "پ": "p", "چ": "ch",
    "ڤ": "v", "گ": "g",
}  # fmt: skip
_TURKISH = {"sh": "ş", "ch": "ç", "kh": "h", "gh": "ğ", "dh": "z", "th": "s", "j": "c", "q": "k"}
_TO_ARABIC = (
    ("sch", "ش"), ("sh", "ش"), ("ch", "تش"), ("kh", "خ"), ("gh", "غ"), ("th", "ث"), ("dh", "ذ"),
    ("ph", "ف"), ("ck", "ك"), ("oo", "و"), ("ou", "و"), ("ee", "ي"), ("qu", "كو"),
)  # fmt: skip
_LETTERS = {
    "a": "ا", "b": "ب", "c": "ك", "d": "د", "e": "ي", "f": "ف", "g": "غ", "h": "ه", "i": "ي",
    "j": "ج", "k": "ك", "l": "ل", "m": "م", "n": "ن", "o": "و", "p": "ب", "q": "ق", "r": "ر",
    "s": "س", "t": "ت", "u": "و", "v": "ف", "w": "و", "x": "كس", "y": "ي", "z": "ز",
}  # fmt: skip
_TURKISH_LETTERS = {"c": "ج", "ç": "تش", "ş": "ش", "ğ": "غ", "ı": "ي", "ö": "و", "ü": "و", "j": "ج"}
_VOWELS = frozenset("aiu")
_ARTICLE = re.compile("^ال(?=..)")


def latin(name: str, code: str) -> str:
    """An Arabic word in the letters of Turkish or English: "نجيب", "Najib"."""
    letters = [c for c in unicodedata.normalize("NFKC", name) if c not in ARABIC_MARKS]
    word = _ARTICLE.sub("", "".join(letters))
    sounds: list[str] = []
    for at, char in enumerate(word):
        if char in "وي":
            vowel, glide = ("u", "w") if char == "و" else ("i", "y")
            # Beside a long vowel, and at the head, it is a consonant.
            glides = at == 0 or word[at + 1 : at + 2] in tuple("اويى")
            sounds.append(glide if glides else vowel)
        else:
            sounds.append(_TO_LATIN.get(char, ""))
    if code == "tr":
        sounds = [_TURKISH.get(sound, "v" if sound == "w" else sound) for sound in sounds]
    spelled, run = "", 0
    heard = [sound for sound in sounds if sound]
    for at, sound in enumerate(heard):
        run = 0 if sound in _VOWELS else run + 1
        # A vowel that is not written stands between two consonants at the head or the end of a
        # name, and between three.
        if run == 3 or (run == 2 and (at == 1 or at == len(heard) - 1)):
            spelled, run = spelled + ("e" if code == "tr" else "a"), 1
        spelled += sound
    return spelled[:1].upper() + spelled[1:]


def arabic(name: str, code: str) -> str:
    """A word in Latin letters, Turkish or English, in Arabic ones: "Kern", "كيرن"."""
    word = name.replace("İ", "i").replace("I", "ı" if code == "tr" else "i").lower()
    own = _LETTERS | (_TURKISH_LETTERS if code == "tr" else {})
    spelled, at = "", 0
    while at < len(word):
        pair = next(
            ((p, a) for p, a in _TO_ARABIC if code == "en" and word.startswith(p, at)), None
        )
        if pair is not None:
            spelled += pair[1]
            at += len(pair[0])
            continue
        char = word[at]
        letter = own.get(char) or _LETTERS.get(unicodedata.normalize("NFD", char)[0], "")
        # A doubled letter is one; a vowel at the head stands on an alif.
        if at == 0 and char in "aeıioöuü":
            spelled += "أ" if char in "ae" else "إ" if char in "iı" else "أو"
        elif word[at - 1 : at] != char:
            spelled += letter
        at += 1
    return spelled
