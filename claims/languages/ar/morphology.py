"""Arabic word forms: normal spelling, clitics, and which words can be finite verbs.

There is no dictionary of nouns here. A word counts as a verb when it is built from a listed one
(persons, imperfect, object pronouns) or has an ending or a prefix that nouns hardly have.
"""

import re
from functools import cache, lru_cache

from claims.languages import lexicon
from claims.languages.folding import ARABIC_MARKS, INVISIBLE

_DROPPED = re.compile(f"[{ARABIC_MARKS}{INVISIBLE}]")
_ALEF = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ی": "ي", "ک": "ك"})
_VERB_LISTS = ("perfect", "reporting", "denying", "doubting", "positions", "acts_of_speech")
_PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "ني", "كم", "ه", "ك")
_OF_NOUNS = ("يا", "يون", "يين", "ية", "اء", "ات", "ة", "ين", "ان")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    """The word without marks, its hamza carriers made alef, its digits ASCII."""
    return _DROPPED.sub("", word).translate(_ALEF).translate(_DIGITS)


@cache
def normal_words(name: str) -> frozenset[str]:
    """A word list of this folder in normal spelling."""
    return frozenset(normal(word) for word in lexicon.words("ar", name))


def persons(perfect: str) -> set[str]:
    """The written persons of a perfect given in the third masculine singular."""
    word = normal(perfect)
    if word.endswith("ى"):
        stem = word[:-1]
        return {word, stem + "ت", stem + "وا", stem + "يا", stem + "تا", stem + "ين", stem + "ينا"}
    if word.endswith("ا") and not perfect.endswith("أ"):
        stem = word[:-1]
        return {word, stem + "ت", stem + "وا", stem + "تا"}
    return {word, *(word + ending for ending in ("ت", "وا", "ا", "تا", "نا", "ن"))}


def imperfect(perfect: str) -> str:
    """The imperfect of a regular first-form or a derived verb, third masculine singular."""
    word = normal(perfect)
    hollow = len(word) >= 4 and word[-2] == "ا"
    if word.endswith("ى"):
        word = word[:-1] + "ي"
    if word.startswith("است") and len(word) > 5:
        stem = word[1:]
        return "ي" + (stem[:-2] + "ي" + stem[-1] if hollow and len(word) == 6 else stem)
    if perfect.startswith("أ") and len(word) >= 4:
        stem = word[1:]
        return "ي" + (stem[:-2] + "ي" + stem[-1] if hollow and len(stem) == 3 else stem)
    if perfect.startswith(("ا", "إ")):
        return "ي" + word[1:]
    return "ي" + word


@cache
def forms(*names: str) -> frozenset[str]:
    """All persons, perfect and imperfect, of the verbs in the named lists."""
    found: set[str] = set()
    stems = set(normal_words("imperfect")) if "perfect" in names else set()
    for name in names:
        for perfect in lexicon.terms("ar", name):
            found |= persons(perfect)
            stems.add(imperfect(perfect))
    for stem in stems:
        rest = stem[1:]
        for prefix in "يتنا":
            found.add(prefix + rest)
        for ending in ("ون", "وا", "ان", "ا", "ن"):
            found.update((f"ي{rest}{ending}", f"ت{rest}{ending}"))
            if rest.endswith(("ي", "و", "ى")):
                found.update((f"ي{rest[:-1]}{ending}", f"ت{rest[:-1]}{ending}"))
    return frozenset(found)


def without_pronoun(word: str) -> str:
    """The word without an object or possessive pronoun, where three letters are left."""
    for pronoun in _PRONOUNS:
        if word.endswith(pronoun) and len(word) - len(pronoun) >= 3:
            return word[: -len(pronoun)]
    return word


def known_forms() -> frozenset[str]:
    """Every form of every listed verb."""
    return forms(*_VERB_LISTS)


@lru_cache(maxsize=50_000)
def is_verb(word: str, at_head: bool = False) -> bool:
    """Whether the normal word (no conjunction before it) is a finite verb.

    ``at_head``: it stands where a verb is likely (head of a sentence, after قد), so that a spelling
    that could also be a noun counts.
    """
    known = known_forms()
    if word in normal_words("ambiguous"):
        return at_head
    if word.endswith("ا") and word[:-1] in normal_words("ambiguous"):
        # طلبا is a demand far more often than "the two demanded"
        return False
    if word in normal_words("not_verbs"):
        return False
    if word.startswith("ال"):
        # the article, but for "met", "joined", "gave (a speech)", "cancelled"
        return word in known and word.startswith(("الت", "القى", "القت", "القوا", "الغى", "الغت"))
    if word in known:
        return True
    if len(word) < 3:
        return False
    if is_future(word):
        return True
    if is_imperfect(word):
        return True
    bare = without_pronoun(word)
    if bare != word and bare in known and bare not in normal_words("ambiguous"):
        return len(bare) >= 4 or not bare.endswith("ا")
    if word.endswith("ت") and len(word) >= 4 and word[-2] not in "اوي":
        return True
    return word.endswith("وا") and len(word) >= 5


@lru_cache(maxsize=50_000)
def is_imperfect(word: str) -> bool:
    """Whether the normal word is an imperfect: known, or ي… and no known noun."""
    if word in normal_words("not_verbs") or len(word) < 3:
        return False
    known = known_forms()
    if word[0] not in "يتن":
        return False
    if word in known and word not in forms_perfect():
        return True
    bare = without_pronoun(word)
    if bare != word and bare in known and bare not in forms_perfect():
        return True
    return word[0] == "ي" and len(word) >= 4 and not word.endswith(("ة", "ية", "ات"))


@cache
def forms_perfect() -> frozenset[str]:
    """The perfects alone: تقدم is one before it is an imperfect."""
    found: set[str] = set()
    for name in _VERB_LISTS:
        for verb in lexicon.terms("ar", name):
            found |= persons(verb)
    return frozenset(found)


def is_future(word: str) -> bool:
    """س + imperfect; names and adjectives in سي… (سيناء، سياسي) and perfects (سيطر) are none."""
    if word[:1] != "س" or len(word) < 4 or word[1] not in "يتن":
        return False
    known = known_forms()
    if word[1:] in known or without_pronoun(word[1:]) in known:
        return word not in forms_perfect()
    if word in known or word in normal_words("not_verbs") or word[1] == "ن":
        return False
    # "political" ends like that, "it will hold" (ستحوي) too, behind another letter
    noun = word.endswith(_OF_NOUNS) or (word[1] == "ي" and word.endswith("ي"))
    return not noun and is_imperfect("ي" + word[2:])
