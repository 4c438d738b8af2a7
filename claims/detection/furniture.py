"""What stands in an article and reports nothing: headlines, datelines, "read also", captions."""

import re
from collections.abc import Sequence
from functools import cache

from claims.languages import folding, lexicon

_DATELINE = re.compile(
    r"[^.!?؟\n:“\"«]{0,60}?\((?:[^()\n]{2,30})\)\s*[-–—:ـ]+\s*|[A-ZÇĞİÖŞÜ][A-ZÇĞİÖŞÜ .,'’/]{2,40}\s[-–—]{1,2}\s"
)
_AGENCY = re.compile(
    r"[أإا]\s?ف\s?ب|رويترز|د\s?ب\s?أ|وكالات|واس|سانا|وام|بنا|كونا|قنا|بترا|الأناضول|AFP|AP|Reuters|AA|DHA|İHA|ANKA|dpa"
)
# "Russia/submarine-The minister said": what an agency files the report under.
_SLUG = re.compile(r"(?=[^\W\d-]{2,20}/)[^\W\d]{2,20}(?:[/-][^\W\d]{2,20}){1,4}[-–]")
_TIMESTAMP = re.compile(
    r"(?:Giriş|Güncelleme|Son Güncelleme|Yayınlanma|Güncellenme)(?: Tarihi)?\s*:\s*[^\n]{0,40}?\d{1,2}:\d{2}"
)
_CREDIT = re.compile(r"\bcontributed (?:reporting|to this (?:report|story|article))\b")
# What stands before an editor's words at the end.
_NOTE = re.compile(r"(?:Editor['’]s note|Correction|Update|UPDATE)\s*:\s*")
_HEAD = 1500
# Share of a headline's words that the body takes up again.
_REPEATED = 0.5
# Words at most of a line that only names who wrote it or took the picture.
_BYLINE = 4
_LONGEST_HEADLINE, _SHORT_HEADLINE = 25, 10
_SENTENCE_MARKS = (".", "!", "?", "؟", "…", '"', "”", "»", ":", "،")


@cache
def _pointers(language: str) -> tuple[str, ...]:
    return tuple(folding.fold(words, language) for words in lexicon.terms(language, "no_claims"))


def body_start(text: str, language: str) -> int:
    """Where the report begins, behind a site's stamp and a dateline on the first line."""
    start = 0
    for match in _TIMESTAMP.finditer(text, 0, _HEAD):
        start = match.end()
    return start


def dateline_end(text: str, start: int, end: int) -> int:
    """Behind "القدس 15-8 (أ ف ب) -" at the head of the sentence; ``start`` where there is none."""
    match = _DATELINE.match(text, start, min(end, start + 120))
    if match is not None and ("(" not in match.group() or _AGENCY.search(match.group())):
        start = match.end()
    note = _NOTE.match(text, start, end)
    if note is not None:
        start = note.end()
    slug = _SLUG.match(text, start, min(end, start + 60))
    return start if slug is None else slug.end()


def is_furniture(text: str, sentences: Sequence[tuple[int, int]], at: int, language: str) -> bool:
    """Whether the sentence with index ``at`` is a headline, a caption or a pointer elsewhere."""
    start, end = sentences[at]
    line = text[start:end]
    if _points_elsewhere(line, language) or _CREDIT.search(line):
        return True
    if line.isupper() and not line.endswith((".", "!", "?", '"', "”")) and len(line.split()) > 2:
        # a subheading in capitals that lost its line break
        return True
    stands_alone = _alone(text, start, end)
    if not stands_alone:
        return False
    unended = not line.rstrip().endswith(_SENTENCE_MARKS) or line.endswith("..")
    words = line.split()
    if unended and len(words) <= 16 and len(sentences) > 1 and not re.search(r"[:“«]", line):
        return True
    if at == 0 and unended and len(sentences) > 2 and len(words) <= _LONGEST_HEADLINE:
        return True
    if at == 0 and len(sentences) > 2 and len(words) <= 22 and not _is_lead(line, language):
        return (
            _title_case(words, language)
            or _heads(text, sentences, words)
            or _repeated(text, sentences, at, language)
        )
    second = at == 1 and len(words) <= 14 and len(sentences) > 3
    return second and _repeated(text, sentences, at, language)


def _heads(text: str, sentences: Sequence[tuple[int, int]], words: Sequence[str]) -> bool:
    """The first line is short for a lead, and a paragraph of a report's length comes soon."""
    if len(words) > _SHORT_HEADLINE or len(sentences) < 4:
        return False
    return any(len(text[start:end].split()) >= 2 * len(words) for start, end in sentences[1:3])


def _points_elsewhere(line: str, language: str) -> bool:
    """ "Read also …", "By: …"; one word alone must have its colon: "a source said …" states something."""
    folded = folding.fold(line[:40], language)
    pointer = next((term for term in _pointers(language) if folded.startswith(term)), None)
    if pointer is None or " " in pointer or len(line.split()) <= _BYLINE:
        return pointer is not None
    behind = folded[len(pointer) :].lstrip()
    return behind[:1] in tuple(":-–—/|")


def _alone(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \t")
    after = text[end : end + 3].lstrip(" \t")
    return (not before or before.endswith(("\n", "\r"))) and (not after or after[0] in "\r\n")


def _is_lead(line: str, language: str) -> bool:
    """Arabic headlines have no full stop: a first line with one is the report's first sentence."""
    return language == "ar" and line.endswith(".") and not line.endswith("..")


def _title_case(words: Sequence[str], language: str) -> bool:
    if language == "ar" or len(words) < 4:
        return False
    long = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _repeated(text: str, sentences: Sequence[tuple[int, int]], at: int, language: str) -> bool:
    """The line says what the next sentences say at more length."""
    stop = folding.stopwords(language)
    head = {word for word in folding.tokens(text[slice(*sentences[at])], language) if len(word) > 1}
    head -= stop
    body = {
        word
        for pair in sentences[at + 1 : at + 4]
        for word in folding.tokens(text[slice(*pair)], language)
    }
    return bool(head) and len(head & body) >= _REPEATED * len(head)
