"""Turkish sentences that deny or doubt a report, and the reports told inside them."""

from claims.languages.shapes import Piece, Span
from claims.languages.spans import CLOSERS, COMMAS
from claims.languages.tr.names import subject
from claims.languages.tr.sentence import Sentence
from claims.languages.tr.verbs import forms
from claims.languages.tr.words import is_nominal, listed

_TURNED_OUT = frozenset({"çıktı", "çıkmıştı", "çıkıyor"})
_POINTS = frozenset(
    {
        "yolundaki",
        "doğrultusundaki",
        "yönündeki",
        "şeklindeki",
        "dair",
        "yönünde",
        "ilişkin",
        "şeklinde",
    }
)
# How far before the verb its report may stand.
_REACH = 7
# Tokens behind the verb from which on something else is said there.
_REST = 3
# How far behind "yönündeki" its noun may stand.
_NOUN_BEHIND = 3


class Denials(Sentence):
    def denied_in_quotation(self, lo: int, opening: int, verb: int) -> None:
        """ "…kapanacağı iddialarını "…" diyerek yalanladı"."""
        known = self.denying(lo, verb)
        about = self.about(lo, opening, passive=False) if known is not None else None
        if known is None or about is None or opening - about > _REST:
            return
        named = subject(self.r, lo, opening)
        begin = named[1] if named is not None else lo
        frame = self.frame(verb, known[0], self.claimant, lo, opening, "denies")
        told = self.told(begin, opening)
        piece = self.emit(begin, opening, frame)
        if piece is not None:
            piece.names_report, piece.contains = True, told

    def is_report(self, k: int) -> bool:
        """A noun for a report or an accusation, which nobody speaks in."""
        return self.r.norm(k).startswith(tuple(listed("report_nouns"))) and not self.is_place(k)

    def denying(self, lo: int, i: int) -> tuple[int, str, bool] | None:
        """(tokens, form, passive) of a verb at ``i`` that denies a report of the clause from ``lo``.

        "Reddetti" needs one: offers are rejected too.
        """
        r = self.r
        for name, passive in (
            ("denying", False),
            ("denying_objects", False),
            ("denying_passives", True),
        ):
            length = r.verb_at(i, forms(name))
            if not length or r.norm(i - 1) == "ne":
                continue
            if name != "denying" and self.about(lo, i, passive) is None:
                continue
            return length, forms(name)[r.term_at(i, length)], passive
        return None

    def about(self, lo: int, verb: int, passive: bool) -> int | None:
        """Where the noun of the report stands that the verb denies."""
        reach = 2 * _REACH if passive else _REACH
        nearest = range(verb - 1, max(lo - 1, verb - reach), -1)
        return next((k for k in nearest if self.is_report(k)), None)

    def denial(self, lo: int, hi: int, name: Span | None = None) -> Piece | None:
        """Bakan haberi yalanladı; Sözcü iddiaları reddetti; İddialar bakanlıkça yalanlandı."""
        r = self.r
        for k in range(lo + 1, hi):
            verb = self.denying(lo, k)
            if verb is None:
                continue
            length, _, passive = verb
            about = self.about(lo, k, passive)
            named = subject(r, lo, k) if name is None and not passive else None
            begin = named[1] if named is not None else lo
            if passive:
                name = self.agent(lo, k)
            elif named is not None:
                name = named[0]
            elif name is None:
                name = self.before_report(lo, k, about)
            frame = self.frame(k, length, name, lo, k + length, "denies")
            frame.subjectless = name is None and not passive
            told = self.told(begin, k)
            if told is None and about is not None and not passive:
                begin = self.behind_said_where(begin, about)
            end = k + length if hi - k - length >= _REST else hi
            piece = self.emit(begin, end, frame)
            if piece is not None:
                piece.names_report, piece.contains = True, told
            return piece
        return None

    def agent(self, lo: int, verb: int) -> Span | None:
        """ "Bakanlık tarafından", "bakanlıkça": who denies in a passive."""
        r = self.r
        for k in range(verb - 1, max(lo, verb - 6), -1):
            by = r.norm(k) == "tarafından"
            if by or (r.norm(k).endswith(("nca", "nce", "kça", "lerce", "larca"))):
                first = last = k - by
                while first > lo and r.tokens[first - 1].is_word and not self.is_report(first - 1):
                    first -= 1
                return Span(r.tokens[first].start, r.tokens[last].end) if last >= first else None
        return None

    def before_report(self, lo: int, verb: int, about: int | None) -> Span | None:
        """ "Bakan haberi yalanladı": the capital before the report, without a comma."""
        r = self.r
        start = about if about is not None else verb - 1
        while start > lo and not r.text[r.tokens[start].start].isupper():
            start -= 1
        if start == lo and not r.text[r.tokens[lo].start].isupper():
            return None
        if start == lo and self.is_report(lo):
            return None
        return Span(r.tokens[lo].start, r.tokens[start].end)

    def behind_said_where(self, begin: int, about: int) -> int:
        """Past "perşembe günü yaptığı açıklamada" before the report that is denied."""
        places = (k for k in range(about - 1, begin - 1, -1) if self.is_place(k))
        return next((k + 1 for k in places), begin)

    def nominal_denial(self, lo: int, hi: int) -> int:
        """ "Bakanlığın yalanlamasına rağmen …": where the clause goes on behind it."""
        r = self.r
        for k in range(lo + 1, min(hi - 2, lo + 10)):
            if r.norm(k) in COMMAS:
                return lo
            denies = r.norm(k).startswith(("yalanlama", "inkâr", "inkar", "tekzi"))
            if denies and r.norm(k + 1) in {"rağmen", "karşın"}:
                name = Span(r.tokens[lo].start, r.tokens[k - 1].end)
                piece = self.emit(lo, k + 1, self.frame(k, 1, name, lo, k + 2, "denies"))
                if piece is not None:
                    piece.names_report = True
                    piece.features.add("leads")
                return k + 3 if r.norm(k + 2) in COMMAS else k + 2
        return lo

    def told(self, lo: int, verb: int) -> Piece | None:
        """ "…bulunduğu yönündeki iddiaları reddetti": the other party's claim in the denial."""
        r = self.r
        for k in range(lo + 2, verb):
            points = r.norm(k) in _POINTS
            if not (points or self.is_report(k)):
                continue
            begin = self.quoted(lo, k)
            if begin is None and not is_nominal(r.norm(k - 1)):
                continue
            noun = next((x for x in range(k, verb) if self.is_report(x)), None)
            if noun is None or noun - k > _NOUN_BEHIND:
                continue
            end = k if begin is None else k - 1
            piece = self.emit(begin or lo, end, self.frame(noun, 1, None, k, noun + 1))
            if piece is not None:
                piece.features |= {"event", "accusation"}
            return piece
        return None

    def quoted(self, lo: int, k: int) -> int | None:
        """Where the quotation opens whose closing mark stands before ``k``: "Köprü çöktü" iddiası."""
        r = self.r
        quote = r.quote_around(r.tokens[k - 1].start) if r.norm(k - 1) in CLOSERS else None
        if quote is None or quote.end != r.tokens[k - 1].start:
            return None
        return next((x for x in range(lo, k) if r.tokens[x].start >= quote.start), None)

    def called_untrue(self, lo: int, content: int, verb: int, piece: Piece) -> None:
        """ "…yönündeki haberlerin doğru olmadığını": what the report says stands in it or before."""
        if self.holds("falsity", content, verb):
            piece.contains = self.told(content, verb) or self.told(lo, content)
            return
        names = any(self.is_report(k) for k in range(content, verb)) or self.holds(
            "any_such", content, verb
        )
        for name, stance in (("doubting_phrases", "doubts"), ("denying_nominals", "denies")):
            if names and self.holds(name, content, verb):
                piece.stance, piece.names_report = stance, True
                piece.contains = self.told(content, verb) or self.told(lo, content)

    def holds(self, name: str, lo: int, hi: int) -> bool:
        """A term of the list begins a word among the tokens ``lo..hi``."""
        said = f" {' '.join(self.r.norm(k) for k in range(lo, hi))}"
        return any(f" {term}" in said for term in listed(name))

    def is_untrue(self, lo: int, hi: int) -> bool:
        """ "…aldığı haberi gerçek değil": the clause ends in calling its report false."""
        for about in range(hi - 2, max(lo + 1, hi - _REST - 3), -1):
            if not self.is_report(about) or not self.holds("falsity", about + 1, hi):
                continue
            told = self.told(lo, about + 1)
            if told is None:
                return False
            frame = self.frame(about + 1, hi - about - 1, None, lo, hi, "denies")
            piece = self.emit(lo, hi, frame)
            if piece is not None:
                piece.names_report, piece.contains = True, told
            return True
        return False

    def called(self, lo: int, hi: int) -> bool:
        """ "…iddiasını iftira olarak nitelendirdi", "…haberi gerçek dışı çıktı"."""
        r = self.r
        for k in range(lo + 2, hi):
            length = r.verb_at(k, forms("calling"))
            by = length and r.norm(k - 1) in {"olarak", "diye"}
            if not by and r.norm(k) not in _TURNED_OUT:
                continue
            about = self.about(lo, k, passive=False)
            if about is None or not self.holds("falsity", about, k):
                continue
            named = subject(r, lo, k) if by else None
            name = (
                named[0] if named is not None else self.before_report(lo, k, about) if by else None
            )
            begin = named[1] if named is not None else lo
            frame = self.frame(k, length or 1, name, lo, k + 1, "denies")
            told = self.told(begin, k)
            piece = self.emit(begin, hi, frame)
            if piece is not None:
                piece.names_report, piece.contains = True, told
            return True
        return False

    def spread(self, lo: int, hi: int) -> bool:
        """ "…öldüğü haberi yayıldı": somebody says it, nobody is named."""
        r = self.r
        for k in range(lo + 3, hi):
            length = r.verb_at(k, forms("spreading"))
            noun = next((x for x in range(k - 1, max(lo, k - 4), -1) if self.is_report(x)), None)
            if not length or noun is None or self.holds("falsity", noun + 1, k):
                continue
            piece = self.told(lo, noun + 1)
            if piece is not None and piece.frame is not None:
                piece.features -= {"event", "accusation"}
                return True
        return False
