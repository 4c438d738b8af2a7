"""Turkish sentences read from their verbs: what was said stands before the verb that says it."""

from claims.languages.shapes import Frame, Piece, Span
from claims.languages.spans import CLOSERS, COMMAS, SENTENCE_ENDS
from claims.languages.tr.denials import Denials
from claims.languages.tr.names import before_genitive, behind_participle, names_somebody, subject
from claims.languages.tr.sentence import BUT
from claims.languages.tr.verbs import Verb
from claims.languages.tr.words import Reading, is_finite, is_nominal, listed

_SHORTEST_SPEECH = 3
# Words of a quotation from which on it may be a headline that lost its line.
_SHORTEST_HEADLINE = 2
_SINGLE = frozenset("'‘’")
_DIYE = frozenset(
    {"diye", "diyen", "şeklinde", "sözleriyle", "ifadesiyle", "ifadelerini", "ifadesini"}
)
# What is said stands in the accusative, the dative or the genitive.
_CASES = ("nı", "ni", "nu", "nü", "na", "ne", "nın", "nin", "nun", "nün")
_PLACES = ("lerde", "larda", "nda", "nde", "te", "ta", "de", "da")


def pieces(reading: Reading, lo: int, hi: int) -> list[Piece]:
    """The candidate claims among the tokens ``lo..hi``, one sentence, in the order of the text."""
    return _Sentence(reading, lo, hi).read()


class _Sentence(Denials):
    def read(self) -> list[Piece]:
        r, lo = self.r, self.behind_headline(self.lo)
        if f"{r.norm(lo)} {r.norm(lo + 1)}" in listed("connectors"):
            lo += 2
        while lo < self.hi and (r.norm(lo) in listed("connectors") or not r.tokens[lo].is_word):
            if r.quote_at(lo) is not None:
                break
            lo += 1
        begin = lo
        for cut in [*self.cuts(lo), self.hi]:
            self.clause(begin, cut)
            begin = cut
            while begin < self.hi and (
                r.norm(begin) in BUT | {"ve", ";"} or r.norm(begin) in COMMAS
            ):
                begin += 1
        return self.found

    def behind_headline(self, lo: int) -> int:
        """Past a headline that only lost its line: "Köprü açıldı" Bakan Kaya, …"""
        r = self.r
        closing = self.quoted_headline(lo)
        if closing is None:
            return self.behind_slogan(lo)
        following = closing + 1
        while following < self.hi and r.norm(following) in CLOSERS:
            following += 1
        if following >= self.hi or closing - lo - 1 < _SHORTEST_HEADLINE:
            return lo
        capital = r.text[r.tokens[following].start].isupper()
        inside = r.text[r.tokens[lo].end : r.tokens[closing].start]
        stated = inside.isupper() or is_finite(r.norm(closing - 1))
        if capital and stated and subject(r, following, self.hi) is not None:
            return following
        return lo

    def quoted_headline(self, lo: int) -> int | None:
        """The closing mark of what the sentence opens with in quotation marks of any kind."""
        r = self.r
        quote = r.quote_at(lo)
        if quote is not None:
            return r.behind(quote.end, lo + 1, self.hi)
        if r.norm(lo) not in _SINGLE:
            return None
        ends = (k for k in range(lo + 1, min(self.hi, lo + 20)) if r.norm(k) in _SINGLE)
        return next(ends, None)

    def behind_slogan(self, lo: int) -> int:
        """Past "Kaya: Köprü açılıyor" before "Ulaştırma Bakanı Kaya, …"."""
        r = self.r
        colon = next((k for k in range(lo + 1, min(self.hi, lo + 4)) if r.norm(k) == ":"), None)
        if colon is None or r.quote_at(min(colon + 1, self.hi - 1)) is not None:
            return lo
        name = r.norm(colon - 1)
        for k in range(colon + 2, min(self.hi - 1, colon + 20)):
            if is_finite(r.norm(k)) and r.text[r.tokens[k + 1].start].isupper():
                again = any(r.norm(x) == name for x in range(k + 1, min(self.hi, k + 7)))
                return k + 1 if again else lo
        return lo

    def cuts(self, lo: int) -> list[int]:
        """Where a finite verb has closed a clause and "but", "and" or a comma opens another."""
        r, found, i, begin = self.r, [], lo, lo
        while i < self.hi:
            quote = r.quote_at(i)
            if quote is not None:
                i = max(i + 1, r.behind(quote.end, i + 1, self.hi))
                continue
            joins = r.norm(i) in BUT or r.norm(i) in {"ve", ";"} or r.norm(i) in COMMAS
            closed = i - begin >= 3 and not is_nominal(r.norm(i - 1)) and joins and self.closes(i)
            if closed and any(is_finite(r.norm(k)) for k in range(i + 1, self.hi)):
                found.append(i)
                begin = i + 1
            i += 1
        return found

    def clause(self, lo: int, hi: int) -> None:
        """One clause up to its finite verb, with all the reports that lead to it."""
        r = self.r
        if hi <= lo:
            return
        lo = self.nominal_denial(lo, hi)
        source = self.according(lo, hi)
        if source is not None:
            frame, content = source
            self.coordinated(content, hi, frame)
            return
        begin = i = lo
        told = False
        while i < hi:
            quote = r.quote_at(i)
            if quote is not None:
                behind = r.behind(quote.end, i + 1, self.hi)
                spoken = behind - i - 1 >= _SHORTEST_SPEECH and not self.partly(i, behind)
                if spoken and self.speech(lo, i, behind, told):
                    begin = self.behind_verb(behind, hi)
                    self.denied_in_quotation(lo, i, begin)
                    i = begin
                    told = True
                    continue
                i = max(behind, i + 1)
                continue
            behind = self.report_at(lo, begin, i, hi) or self.denial_at(begin, i, hi)
            if behind:
                begin = i = behind
                told = True
                continue
            i += 1
        while begin < hi and (r.norm(begin) in COMMAS or r.norm(begin) in SENTENCE_ENDS):
            begin += 1
        if told:
            self.rest(begin, hi)
        elif not (
            self.denial(lo, hi)
            or self.called(lo, hi)
            or self.is_untrue(lo, hi)
            or self.spread(lo, hi)
        ):
            piece = self.emit(lo, hi, None)
            if piece is not None:
                name = subject(r, lo, hi)
                piece.subject = name[0] if name is not None else None

    def rest(self, begin: int, hi: int) -> None:
        """What the clause goes on with behind its last report: "…, haberi yalanladı"."""
        if hi - begin < 2:
            return
        if self.claimant is not None and self.denial(begin, hi, self.claimant) is not None:
            return
        if hi - begin >= 3 and any(is_finite(self.r.norm(k)) for k in range(begin, hi)):
            self.emit(begin, hi, None)

    def report_at(self, lo: int, begin: int, i: int, hi: int) -> int:
        """The index behind a report whose verb stands at ``i``; 0 where none does."""
        verb = self.verb(i)
        if verb is None or i <= begin or not self.reports(begin, i):
            return 0
        if verb[1].stance == "denies" and self.is_report(i - 1):
            return 0
        length, known = verb
        behind = i + length
        if self.r.norm(i) == "ortaya" and not self.named and subject(self.r, lo, i) is None:
            # "the data's falling shows that …": no party says it
            return 0
        if known.form == "participle":
            name = behind_participle(self.r, behind, hi)
            if name is None or not names_somebody(self.r, behind, name[1]):
                return 0
            behind = name[1]
        self.report(lo, begin, i, length, known)
        return behind

    def denial_at(self, begin: int, i: int, hi: int) -> int:
        """The index behind "bu bilgiyi yalanlayarak", which leads on to another verb; else 0."""
        verb = self.denying(begin, i) if i > begin else None
        if verb is None or verb[1] != "converb":
            return 0
        piece = self.denial(begin, i + verb[0], self.claimant)
        if piece is not None and piece.frame is not None and not self.named:
            self.claimant, self.named = piece.frame.claimant, True
        return i + verb[0]

    def reports(self, begin: int, verb: int) -> bool:
        """A nominal clause stands right before the verb, or before one word between."""
        r = self.r
        if is_nominal(r.norm(verb - 1)):
            return True
        before = r.norm(verb - 2) if verb - 2 >= begin else ""
        # "yazdığı mektubu": a relative clause, "yazdığı iddiasını": what is claimed
        cased = before.endswith(_CASES) or self.is_report(verb - 1)
        return is_nominal(before) and cased

    # -- frames ----------------------------------------------------------------------------

    def according(self, lo: int, hi: int) -> tuple[Frame, int] | None:
        """Habere göre, …"""
        r = self.r
        for k in range(lo + 1, min(hi, lo + 14)):
            if r.norm(k) == "göre" and r.norm(k + 1) in COMMAS:
                name = Span(r.tokens[lo].start, r.tokens[k - 1].end)
                return self.frame(k, 1, name, lo, k + 1), k + 2
            if r.norm(k) in COMMAS:
                return None
        return None

    def report(self, lo: int, begin: int, verb: int, length: int, known: Verb) -> None:
        """The nominal clauses before the verb are what it reports."""
        r, content = self.r, begin
        frame = self.frame(verb, length, None, lo, verb + length, known.stance)
        if known.form == "participle" and not self.named:
            behind = behind_participle(r, verb + length, self.hi)
            if behind is not None:
                self.claimant, self.named = behind[0], True
        if begin == lo and not known.passive:
            content = self.behind_subject(lo, verb)
        elif begin == lo:
            content = self.behind_source(lo, verb)
        self.named = True
        frame.claimant = self.claimant
        frame.subjectless = self.claimant is None and not known.passive
        found = self.coordinated(content, verb, frame)
        for piece in found:
            if r.norm(verb + length - 1).endswith(("mıştı", "mişti", "muştu", "müştü")):
                piece.features.add("earlier")
            if r.norm(verb).startswith(("beklen", "öngörül", "tahmin")) and known.passive:
                piece.features.add("expected")
        if found and known.stance == "asserts":
            self.called_untrue(lo, content, verb, found[-1])

    def behind_subject(self, lo: int, verb: int) -> int:
        """Where what is said begins behind the name of who says it and where."""
        if self.named:
            return lo
        named = subject(self.r, lo, verb)
        if named is None and lo > self.lo and self.found:
            # "Despite the denial residents say …": the party that denies does not go on speaking
            named = before_genitive(self.r, lo, verb)
        if named is None:
            return lo
        self.claimant, content = named
        self.contrasted = self.r.norm(content - 1) == "ise"
        return self.behind_place(content, verb)

    def behind_source(self, lo: int, verb: int) -> int:
        """ "Raporda, …", "Yerel basında …": the source of a passive report."""
        r = self.r
        place = next((k for k in range(lo + 1, min(verb, lo + 10)) if self.is_place(k)), None)
        if place is not None and r.norm(place + 1) in COMMAS | {"ise"}:
            self.claimant = Span(r.tokens[lo].start, r.tokens[place].end)
            self.contrasted = r.norm(place + 1) == "ise"
            return place + 2
        if place is not None and r.norm(place - 1) == "yapılan":
            # "DSİ'den yapılan açıklamada barajın …"
            self.claimant = Span(r.tokens[lo].start, r.tokens[place].end)
            return place + 1
        comma = next((k for k in range(lo, min(verb, lo + 16)) if r.norm(k) in COMMAS), None)
        if comma is None:
            return lo
        last = comma - 1
        if not (
            r.norm(last).endswith(_PLACES)
            and (self.is_place(last) or "'" in r.norm(last) or last > lo)
        ):
            return comma + 1 if self.is_place(last) else lo
        self.claimant = Span(r.tokens[lo].start, r.tokens[last].end)
        return comma + 1

    def speech(self, lo: int, opening: int, closing: int, told: bool) -> bool:
        """… "…" dedi; "…" diyen …: each sentence of the quotation is a claim."""
        r = self.r
        verb = closing + 1
        while r.norm(verb) in COMMAS:
            verb += 1
        known = self.verb(verb)
        before = r.norm(opening - 1) == ":"
        diye = r.norm(verb) in _DIYE
        # "…belirterek, "…"": the verb was left out
        goes_on = told and verb >= self.hi - 1
        if known is None and not before and not diye and not goes_on:
            return False
        length = known[0] if known is not None else 1
        cue = verb if known is not None or diye else opening - 1
        if not self.named:
            named = subject(self.r, lo, opening)
            if named is not None:
                self.claimant = named[0]
            elif known is not None and known[1].passive:
                self.behind_source(lo, opening)
            self.contrasted = named is not None and r.norm(named[1] - 1) == "ise"
            self.named = True
        frame = self.frame(cue, length, self.claimant, lo, max(opening, cue + length))
        frame.region = self.speaking_region(lo, opening)
        frame.subjectless = self.claimant is None and not (known is not None and known[1].passive)
        begin = opening + 1
        for i in range(opening + 1, closing - 1):
            following = r.text[r.tokens[i + 1].start]
            ends = (
                r.norm(i) in {".", "!", "?"}
                and (following.isupper() or following.isdigit() or following == "(")
                and r.tokens[i].end < r.tokens[i + 1].start
            )
            comma = (
                (r.norm(i) in COMMAS or r.norm(i) in BUT or r.norm(i) == "hem")
                and self.closes(i)
                and any(is_finite(r.norm(k)) for k in range(i + 1, closing))
            )
            if (ends or comma) and i - begin >= 2:
                self.emit(begin, i, frame)
                begin = i + 1
        self.emit(begin, closing, frame)
        return True

    def partly(self, opening: int, closing: int) -> bool:
        """ "sonuçların “geç geleceğini” söyledi": the quotation is only part of what is told."""
        r = self.r
        return (
            is_nominal(r.norm(closing - 1))
            and self.verb(closing + 1) is not None
            and r.norm(closing - 1).endswith(_CASES)
        )

    def speaking_region(self, lo: int, opening: int) -> Span:
        """The words that tell of the speaking: behind the name where a report leads to it."""
        r, begin = self.r, lo
        if self.claimant is not None and any(piece.frame for piece in self.found):
            begin = r.behind(self.claimant.start, lo, opening)
        elif self.claimant is not None:
            leads = any(is_nominal(r.norm(k)) for k in range(lo, opening))
            begin = r.behind(self.claimant.start, lo, opening) if leads else lo
        return Span(r.tokens[begin].start, r.tokens[max(begin, opening - 1)].end)

    def behind_verb(self, closing: int, hi: int) -> int:
        """The index behind the words that close the quotation which ends at ``closing``."""
        r = self.r
        i = closing + 1
        while i < hi and r.norm(i) in COMMAS:
            i += 1
        known = self.verb(i)
        if known is not None:
            return i + known[0]
        return i + 2 if r.norm(i) in {"diye", "şeklinde"} and i + 1 < hi else i
