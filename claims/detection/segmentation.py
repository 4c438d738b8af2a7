"""Orthographic sentences: where full stops, question marks and line breaks end them."""

import re
from collections.abc import Sequence
from functools import cache

from claims.languages import lexicon
from claims.languages.folding import INVISIBLE
from claims.languages.quotation import quotes as find_quotes
from claims.languages.shapes import Quote

_CAPITAL = "A-ZÀ-ÖØ-ÞÇĞİÖŞÜ"
_SMALL = "a-zß-öø-ÿçğıöşü"
_SPACE = " \t\u00a0\u202f"
_UNSEEN = "".join(re.findall(f"[{INVISIBLE}]", "".join(map(chr, range(0x10000)))))
# A line break, or marks with what closes behind them: brackets, quotation marks, "[17]".
_STOPS = (
    r"(?P<line>[\r\n\u2028\u2029\x0b\x0c\x85]+)"
    rf"|(?P<mark>[.!?؟…۔]+)(?P<close>[\"”»’')\]›“«{INVISIBLE}]*(?:[{_SPACE}]?\[(?:\d{{1,3}}|…|\.\.\.)\])*)"
)
_BULLET = rf"|(?P<bullet>(?=[•▪●◦‣■][{_SPACE}]))"
# "NEW BRIDGE OPENS The mayor …": three words in capitals before one that is not.
_HEADLINE = (
    rf"|(?P<headline>\b(?:[{_CAPITAL}'’]{{2,20}}[{_SPACE}]){{3,15}}(?=\(?[{_CAPITAL}][{_SMALL}]))"
)
_WORD_BEFORE = re.compile(r"[\w.'’]+\Z")
# Nobody's abbreviation is longer; a look back of fixed length keeps the whole linear.
_LOOK_BACK = 24
_LOOK_AHEAD = 40
_OPENERS = f"{_SPACE}{_UNSEEN}\"“«»'‘([—–-"
_ARABIC_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3]")
_JOINED_ARABIC = re.compile('(?:[\u0621-\u064a\u066e-\u06d3]{3}|\\d{2}|["”»)])\\Z')
_JOINED_LATIN = re.compile(rf"[{_SMALL}]{{3}}\Z")
_NUMBER_AHEAD = frozenset({"no", "nos", "fig", "vol"})
_NEVER_LAST = frozenset({"e.g", "i.e", "vs", "cf", "bkz", "örn"})
_CIRCA = frozenset("abc")
_DASHES = frozenset("-–—•")
_UNITS = re.compile(r"\d\s?\w\Z")


@cache
def _optional(language: str, name: str) -> frozenset[str]:
    """A word list that only some languages need."""
    try:
        return lexicon.words(language, name)
    except FileNotFoundError:
        return frozenset()


@cache
def _ends(language: str) -> re.Pattern[str]:
    """Everything that may end a sentence of the language."""
    finals = "|".join(sorted(_optional(language, "finals")))
    if not finals:
        return re.compile(_STOPS + _BULLET + _HEADLINE)
    starters = "|".join(sorted(_optional(language, "starters")))
    joining = "|".join(sorted(_optional(language, "joining_starters")))
    begins = (
        rf"(?:{starters})(?:,|[{_SPACE}](?![{_CAPITAL}]))|(?:{joining})[{_SPACE},]"
        # "3- The third", "Time and time again"
        rf"|\d{{1,2}}-[{_SPACE}][{_CAPITAL}]|(?P<twice>[{_CAPITAL}][{_SMALL}]+)[{_SPACE}](?i:(?P=twice))\b"
    )
    unmarked = (
        rf"|(?P<unmarked>(?<=[{_SMALL}]{{2}})[{_SPACE}](?={begins})"
        rf"|(?<=[{_SMALL}]{{2}}),[{_SPACE}](?=(?:{joining})[{_SPACE},])"
        rf"|(?:{finals})[{_SPACE}](?=[{_CAPITAL}][{_SMALL}]|-[{_SPACE}][{_CAPITAL}][{_SMALL}]))"
    )
    return re.compile(_STOPS + _BULLET + _HEADLINE + unmarked)


@cache
def _abbreviations(language: str) -> frozenset[str]:
    """As they are listed, and in capitals; those in small letters also at the head of a sentence."""
    known = {word.rstrip(".") for word in _optional(language, "abbreviations")}
    return frozenset(
        spelling for word in known for spelling in (word, word.upper(), word[:1].upper() + word[1:])
    )


def sentences(
    text: str, language: str, quotes: Sequence[Quote] | None = None
) -> list[tuple[int, int]]:
    """The sentences of ``text`` in order, without the white space around them.

    A line break always ends one. A full stop inside a quotation does not, so that a quote of
    several sentences stays with the words that introduce it, unless a new item or a new turn of the
    speech follows. Linear in the length of the text.
    """
    inside = find_quotes(text) if quotes is None else quotes
    found: list[tuple[int, int]] = []
    start = at = 0
    for match in _ends(language).finditer(text):
        end = match.end()
        if match.lastgroup != "line":
            place = match.start()
            while at < len(inside) and inside[at].end < place:
                at += 1
            quote = inside[at] if at < len(inside) and inside[at].start <= place else None
            if quote is not None and place == quote.end:
                quote = None
            if match.lastgroup == "close":
                if (
                    quote is not None
                    and quote.end - end in (1, 2)
                    and text[end : quote.end].isspace()
                ):
                    end = quote.end + 1  # a closing mark set off by a space
                ends_quote = quote is not None and end > quote.end
                if quote is not None and not ends_quote and not _turns(text, end, language):
                    continue
                if not _ends_sentence(text, match, end, language, ends_quote):
                    continue
            elif quote is not None:
                continue
        _add(found, text, start, end)
        start = end
    _add(found, text, start, len(text))
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and (text[start].isspace() or not text[start].isprintable()):
        start += 1
    while end > start and (text[end - 1].isspace() or not text[end - 1].isprintable()):
        end -= 1
    if end > start and any(char.isalnum() for char in text[start : min(end, start + 400)]):
        found.append((start, end))


def _ends_sentence(
    text: str, match: re.Match[str], end: int, language: str, ends_quote: bool
) -> bool:
    """Whether the marks of ``match``, with what closes behind them up to ``end``, end a sentence."""
    mark, begin = match.group("mark"), match.start()
    before, after = text[max(0, begin - _LOOK_BACK) : begin], text[end : end + 1]
    if after and not after.isspace() and after.isprintable():
        return _is_joined(before, after, text[end + 1 : end + 2])
    if mark == "!" and before.rpartition(" ")[2].lower() in _optional(language, "interjections"):
        return False
    ahead = text[end : end + _LOOK_AHEAD]
    following = ahead.lstrip(_OPENERS)
    first = following[:1]
    if mark == "." and (match.start("close") == end or match.group("close").strip(_UNSEEN) == ""):
        word = _WORD_BEFORE.search(before)
        if (
            word is not None
            and following
            and _abbreviates(word.group(), before, following, language)
        ):
            return False
        opens = "(" in ahead[: len(ahead) - len(following)]
        if first.islower() and not opens:
            return _is_whole(word.group() if word else "", language)
    elif first.islower():
        # "Really? they said nothing", but not: "Really?" they asked; "well … perhaps"
        return language == "en" and mark[-1] in "!?" and match.start("close") == end
    if _ARABIC_LETTER.match(first):
        return not ends_quote or first in "وف"
    return True


def _turns(text: str, end: int, language: str) -> bool:
    """A list goes on, or the speech takes a new turn: ". - Second, …", ". ولذلك …"."""
    following = text[end : end + _LOOK_AHEAD].lstrip(_SPACE)
    if following[:1] in _DASHES:
        return following[1:2].isalpha()
    return _ARABIC_LETTER.match(following) is not None and _starts(following, language)


def _is_joined(before: str, after: str, second: str) -> bool:
    """Copy that dropped the space: "…المقبل.وقال", "ended.The"; but no "3.5" and no "example.org"."""
    if _ARABIC_LETTER.match(after):
        return _JOINED_ARABIC.search(before) is not None
    return after.isupper() and second.islower() and _JOINED_LATIN.search(before) is not None


def _abbreviates(word: str, before: str, following: str, language: str) -> bool:
    """The full stop behind ``word`` belongs to it: an abbreviation, an initial, an ordinal."""
    known = _abbreviations(language)
    first = following[:1]
    upper = first.isupper()
    if word.lower() in _NUMBER_AHEAD and not first.isdecimal():
        return False
    if word in known:
        if _ARABIC_LETTER.match(first):
            # "2.28 م. وقال": a unit behind a number may end the sentence
            return not (first in "وف" and _UNITS.search(before))
        never_last = word in _NEVER_LAST or (language == "en" and word.isalpha() and word.istitle())
        return never_last or not _starts(following, language)
    if word in _CIRCA and (first.isdecimal() or language == "tr"):
        return True
    if upper and _is_initial(word):
        return "." not in word or not _starts(following, language)
    if "0" in known and word.isdecimal() and len(word) <= 4:
        return not (upper and (len(word) == 4 or _starts(following, language)))
    return False


def _starts(following: str, language: str) -> bool:
    word = re.match(r"\w+(?!\w*[.'’])", following)
    return word is not None and word.group() in _optional(language, "starters")


def _is_whole(word: str, language: str) -> bool:
    """A word in small letters, long enough, and no number: what comes behind its stop is new."""
    ordinal = "0" in _abbreviations(language) and word.endswith(_ordinals(language))
    return word.isalpha() and word.islower() and len(word) >= 3 and not ordinal


@cache
def _ordinals(language: str) -> tuple[str, ...]:
    return (*lexicon.table(language, "numbers"), "inci", "ıncı", "uncu", "üncü")


def _is_initial(word: str) -> bool:
    """ "J." and "U.S." before a capital letter."""
    last = word.rsplit(".", 1)[-1]
    return len(last) == 1 and last.isupper()
