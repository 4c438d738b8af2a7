"""Turkish verbs of saying: every form that news uses, built from the past third person.

``belirtti`` gives belirtmişti, belirtiyor, belirtmektedir, belirten, belirterek, belirtirken …
"""

import re
from functools import cache
from typing import NamedTuple

from claims.languages import lexicon

_BACK = "aıou"
_ROUNDED = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
# One syllable and yet "verir", "alır".
_NARROW = ("ver", "al", "gör", "gel", "bul", "ol")
_SAID = (
    dict.fromkeys(
        ("dedi", "dediler", "dedik", "demiş", "demişti", "diyor", "diyordu", "diyorlar", "der"),
        "finite",
    )
    | dict.fromkeys(("diyerek", "derken", "deyip"), "converb")
    | {"diyen": "participle"}
)
_PAST = re.compile(r"(?P<stem>.*?[^ ])[dt][ıiuü]$")


class Verb(NamedTuple):
    """``form``: finite, converb (leads on to another verb) or participle (its speaker follows)."""

    stance: str
    passive: bool
    form: str


# List, stance, passive: the first that has a verb wins.
_LISTS = (
    ("reporting", "asserts", False),
    ("passives", "asserts", True),
    ("denying", "denies", False),
    ("doubting", "doubts", False),
)


@cache
def speaking() -> dict[str, Verb]:
    """Every form of every verb of reporting, denying and doubting, one or two words."""
    found: dict[str, Verb] = {}
    for name, stance, passive in _LISTS:
        for verb, form in forms(name).items():
            # "the said minister" is no report: passives do not speak in participles
            if not (passive and form == "participle"):
                found.setdefault(verb, Verb(stance, passive, form))
    return found


@cache
def forms(name: str) -> dict[str, str]:
    """The verbs of a list with their forms: word or words to finite, converb or participle."""
    found: dict[str, str] = {}
    for verb in lexicon.terms("tr", name):
        past = _PAST.match(verb)
        if past is None:
            found[verb] = "finite"
        else:
            found |= _conjugated(past.group("stem"), verb[-2:])
    return found


def _conjugated(stem: str, past: str) -> dict[str, str]:
    """All forms of the stem, whose past ends in ``past``: di, dı, tu …"""
    if stem == "de":
        return _SAID
    vowel = past[-1]
    wide = "a" if vowel in _BACK else "e"
    soft = f"{stem[:-1]}d" if stem.endswith("et") else stem
    present = _present(soft)
    ends_open = stem[-1] in "aeıioöuü"
    glide = f"{stem}y" if ends_open else soft
    aorist = f"{stem}r" if ends_open else f"{soft}{wide if _is_short(stem) else vowel}r"
    perfect, continuous = f"{stem}m{vowel}ş", f"{stem}m{wide}kt{wide}"
    plural = f"l{wide}r"
    finite = [
        f"{stem}{past}",
        f"{stem}{past}{plural}",
        f"{stem}{past}k",
        perfect,
        f"{perfect}t{vowel}",
        f"{perfect}t{vowel}r",
        f"{perfect}{plural}",
        f"{perfect}{plural}d{'ı' if wide == 'a' else 'i'}",
        f"{present}yor",
        f"{present}yordu",
        f"{present}yorlar",
        continuous,
        f"{continuous}d{'ı' if wide == 'a' else 'i'}r",
        f"{continuous}yd{'ı' if wide == 'a' else 'i'}",
        aorist,
    ]
    converbs = [f"{glide}{wide}r{wide}k", f"{aorist}ken", f"{glide}{vowel}p"]
    participles = [f"{glide}{wide}n"]
    return (
        dict.fromkeys(finite, "finite")
        | dict.fromkeys(converbs, "converb")
        | dict.fromkeys(participles, "participle")
    )


def _present(stem: str) -> str:
    """The stem before -yor: belirti-, söylü-, açıklı-, edi-."""
    bare = stem[:-1] if stem[-1] in "ae" else stem
    if bare[-1] in "ıiuü":
        return bare
    vowels = [char for char in bare if char in _ROUNDED]
    return bare + (_ROUNDED[vowels[-1]] if vowels else "i")


def _is_short(stem: str) -> bool:
    """One syllable: "eder", "çizer", "yazar", but "belirtir"."""
    word = stem.rsplit(" ", 1)[-1]
    if word.endswith("et"):  # "kaydet" is "kayıt et"
        return True
    return word not in _NARROW and sum(char in _ROUNDED for char in word) == 1
