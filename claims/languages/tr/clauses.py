"""Turkish sentences read from their verbs: what was said stands before the verb that says it."""

from claims.languages.shapes import Frame, Piece, Span
from claims.languages.spans import COMMAS, SENTENCE_ENDS, trimmed
from claims.languages.tr.names import behind_participle, subject
from claims.languages.tr.words import Reading, is_finite, is_nominal, listed, persons

_SHORTEST_SPEECH = 3
_BUT = frozenset({"ancak", "ama", "fakat", "lakin"})


def pieces(reading: Reading, lo: int, hi: int) -> list[Piece]:
    """The candidate claims among the tokens ``lo..hi``, one sentence, in the order of the text."""
    return _Sentence(reading, lo, hi).read()


class _Sentence:
    def __init__(self, reading: Reading, lo: int, hi: int) -> None:
        self.r, self.lo, self.hi = reading, lo, hi
        self.found: list[Piece] = []
        self.claimant: Span | None = None
        self.named = False  # the subject of this sentence has been looked for

    def read(self) -> list[Piece]:
        r, lo = self.r, self.lo
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
                r.norm(begin) in _BUT | {"ve", ";"} or r.norm(begin) in COMMAS
            ):
                begin += 1
        return self.found

    def cuts(self, lo: int) -> list[int]:
        """Where a finite verb has closed a clause and "but", "and" or a comma opens another."""
        r, found, i, begin = self.r, [], lo, lo
        while i < self.hi:
            quote = r.quote_at(i)
            if quote is not None:
                i = max(i + 1, r.behind(quote.end, i + 1, self.hi))
                continue
            joins = r.norm(i) in _BUT or r.norm(i) in {"ve", ";"} or r.norm(i) in COMMAS
            named = r.text[r.tokens[i - 1].start].isupper()
            closed = (
                i - begin >= 3
                and not named
                and is_finite(r.norm(i - 1))
                and not is_nominal(r.norm(i - 1))
            )
            rest = any(is_finite(r.norm(k)) for k in range(i + 1, self.hi))
            if joins and closed and rest:
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
                if behind - i - 1 >= _SHORTEST_SPEECH and self.speech(lo, i, behind, hi):
                    begin = i = self.behind_verb(behind, hi)
                    told = True
                    continue
                i = max(behind, i + 1)
                continue
            verb = self.reporting(i)
            if verb is not None and i > begin and self.reports(begin, i):
                length, stance, passive = verb
                self.report(lo, begin, i, length, stance, passive)
                begin = i = self.behind_name(i + length, hi)
                told = True
                continue
            i += 1
        while begin < hi and (r.norm(begin) in COMMAS or r.norm(begin) in SENTENCE_ENDS):
            begin += 1
        if told:
            if hi - begin >= 3 and any(is_finite(r.norm(k)) for k in range(begin, hi)):
                self.emit(begin, hi, None)
            return
        denial = self.denial(lo, hi)
        if denial is None:
            piece = self.emit(lo, hi, None)
            if piece is not None:
                name = subject(self.r, lo, hi)
                piece.subject = name[0] if name is not None else None

    def reporting(self, i: int) -> tuple[int, str, bool] | None:
        """(tokens of the verb, stance, passive) of a reporting verb at ``i``."""
        r = self.r
        for name, stance, passive in (
            ("reporting", "asserts", False),
            ("passives", "asserts", True),
            ("converbs", "asserts", False),
            ("denying", "denies", False),
            ("doubting", "doubts", False),
        ):
            length = r.verb_at(i, persons(name))
            if length:
                return length, stance, passive
        return None

    def reports(self, begin: int, verb: int) -> bool:
        """A nominal clause stands right before the verb."""
        r = self.r
        return any(is_nominal(r.norm(k)) for k in range(max(begin, verb - 2), verb))

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

    def report(
        self, lo: int, begin: int, verb: int, length: int, stance: str, passive: bool
    ) -> None:
        """The nominal clauses before the verb are what it reports."""
        content = begin
        frame = self.frame(verb, length, None, lo, verb + length, stance)
        if self.r.norm(verb + length - 1).endswith(("en", "an")) and not self.named:
            behind = behind_participle(self.r, verb + length, self.hi)
            if behind is not None:
                self.claimant, self.named = behind[0], True
        named = subject(self.r, lo, verb) if not (self.named or passive) else None
        if begin == lo and named is not None:
            self.claimant, content = named
            content = self.behind_time(content, verb)
        elif begin == lo and passive:
            comma = next((k for k in range(lo, verb) if self.r.norm(k) in COMMAS), None)
            if comma is not None and self.r.norm(comma - 1).endswith(
                ("lerde", "larda", "nda", "nde", "te", "ta")
            ):
                self.claimant, content = (
                    Span(self.r.tokens[lo].start, self.r.tokens[comma - 1].end),
                    comma + 1,
                )
        self.named = True
        frame.claimant = self.claimant
        frame.subjectless = self.claimant is None and not passive
        self.coordinated(content, verb, frame)

    def behind_name(self, i: int, hi: int) -> int:
        """Past the name that a participle of saying belongs to."""
        if not self.r.norm(i - 1).endswith(("en", "an")):
            return i
        behind = behind_participle(self.r, i, hi)
        return i if behind is None else behind[1]

    def behind_time(self, content: int, verb: int) -> int:
        """Past "geçen hafta," between the name and what is said."""
        r = self.r
        for k in range(content, min(verb, content + 4)):
            if r.norm(k) in COMMAS and k - content <= 3:
                return k + 1
        return content

    def speech(self, lo: int, opening: int, closing: int, hi: int) -> bool:
        """… "…" dedi; "…" diyen …: each sentence of the quotation is a claim."""
        r = self.r
        verb = closing + 1
        while r.norm(verb) in COMMAS:
            verb += 1
        known = self.reporting(verb)
        before = r.norm(opening - 1) == ":"
        diye = r.norm(verb) in {
            "diye",
            "diyen",
            "şeklinde",
            "sözleriyle",
            "ifadesiyle",
            "ifadelerini",
            "ifadesini",
        }
        if known is None and not before and not diye:
            return False
        length = known[0] if known is not None else 1
        cue = verb if known is not None or diye else opening - 1
        if not self.named:
            named = subject(self.r, lo, opening)
            self.claimant = named[0] if named is not None else None
            self.named = True
        frame = self.frame(cue, length, self.claimant, lo, max(opening, cue + length))
        frame.region = Span(r.tokens[lo].start, r.tokens[max(lo, opening - 1)].end)
        frame.subjectless = self.claimant is None
        begin = opening + 1
        for i in range(opening + 1, closing):
            ends = (
                r.norm(i) in {".", "!", "?"}
                and i + 1 < closing
                and r.tokens[i + 1].is_word
                and r.text[r.tokens[i + 1].start].isupper()
            )
            comma = (
                r.norm(i) in COMMAS
                and is_finite(r.norm(i - 1))
                and any(is_finite(r.norm(k)) for k in range(i + 1, closing))
            )
            if (ends or comma) and i - begin >= 2:
                self.emit(begin, i, frame)
                begin = i + 1
        self.emit(begin, closing, frame)
        return True

    def behind_verb(self, closing: int, hi: int) -> int:
        r = self.r
        i = closing + 1
        while i < hi and r.norm(i) in COMMAS:
            i += 1
        known = self.reporting(i)
        if known is not None:
            return i + known[0]
        return i + 2 if r.norm(i) in {"diye", "şeklinde"} and i + 1 < hi else i

    def denial(self, lo: int, hi: int) -> Piece | None:
        """Bakan haberi yalanladı; Sözcü iddiaları reddetti."""
        r = self.r
        for k in range(lo + 1, hi):
            sure = r.verb_at(k, persons("denying"))
            length = sure or r.verb_at(k, persons("denying_objects"))
            if not length or r.norm(k - 1) == "ne":
                continue
            stems = tuple(listed("report_nouns"))
            about = next(
                (x for x in range(k - 1, max(lo - 1, k - 7), -1) if r.norm(x).startswith(stems)),
                None,
            )
            if about is None and not sure:
                return None
            named = subject(self.r, lo, k)
            name = named[0] if named is not None else None
            if name is None:
                start = about if about is not None else k - 1
                while start > lo and not r.text[r.tokens[start].start].isupper():
                    start -= 1
                name = (
                    Span(r.tokens[lo].start, r.tokens[start].end)
                    if start > lo or r.text[r.tokens[lo].start].isupper()
                    else None
                )
            frame = self.frame(k, length, name, lo, k + length, "denies")
            frame.subjectless = name is None
            begin = named[1] if named is not None else lo
            told = self.told(begin, k, frame)
            if told is None and about is not None:
                # "in a statement on Thursday denied the report"
                ends = ("da", "de", "ta", "te")
                begin = next(
                    (x + 1 for x in range(about - 1, begin, -1) if r.norm(x).endswith(ends)), begin
                )
            piece = self.emit(begin, hi, frame)
            if piece is not None:
                piece.names_report, piece.contains = True, told
            return piece
        return None

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

    def told(self, lo: int, verb: int, denial: Frame) -> Piece | None:
        """ "…bulunduğu yönündeki iddiaları reddetti": the other party's claim in the denial."""
        r = self.r
        stems = tuple(listed("report_nouns"))
        for k in range(lo + 2, verb):
            points = r.norm(k) in {"yönündeki", "şeklindeki", "dair", "yönünde"}
            if not (points or r.norm(k).startswith(stems)) or not is_nominal(r.norm(k - 1)):
                continue
            noun = next((x for x in range(k, verb) if r.norm(x).startswith(stems)), k)
            piece = self.emit(lo, k, self.frame(noun, 1, None, k, noun + 1))
            if piece is not None:
                piece.features |= {"event", "accusation"}
            return piece
        return None

    # -- what comes out --------------------------------------------------------------------

    def coordinated(self, lo: int, hi: int, frame: Frame) -> None:
        """Nominal clauses joined by "ve" or a comma are claims of their own."""
        r, begin = self.r, lo
        for i in range(lo, hi):
            joins = r.norm(i) in _BUT | {"ve"} or r.norm(i) in COMMAS
            told = i - begin >= 2 and (
                is_nominal(r.norm(i - 1)) and r.norm(i - 1).endswith(("ı", "i", "u", "ü"))
            )
            finite = is_finite(r.norm(i - 1)) and any(
                is_finite(r.norm(k)) for k in range(i + 1, hi)
            )
            rest = any(is_nominal(r.norm(k)) for k in range(i + 1, hi))
            if (
                joins
                and ((told and rest) or (i - begin >= 2 and finite))
                and r.quote_around(r.tokens[i].start) is None
            ):
                self.emit(begin, i, frame)
                begin = i + 1
        self.emit(begin, hi, frame)

    def frame(
        self,
        cue: int,
        length: int,
        claimant: Span | None,
        lo: int,
        hi: int,
        stance: str = "asserts",
    ) -> Frame:
        r = self.r
        last = min(cue + length, self.hi) - 1
        region = Span(r.tokens[lo].start, r.tokens[max(lo, min(hi, self.hi) - 1)].end)
        return Frame(Span(r.tokens[cue].start, r.tokens[last].end), claimant, region, stance)

    def emit(self, lo: int, hi: int, frame: Frame | None) -> Piece | None:
        r = self.r
        while lo < hi and (r.norm(lo) in _BUT or r.norm(lo) in COMMAS):
            lo += 1
        if hi <= lo:
            return None
        span = trimmed(r, Span(r.tokens[lo].start, r.tokens[hi - 1].end))
        if span is None:
            return None
        piece = Piece(span, frame)
        last = r.norm(hi - 1) if r.tokens[hi - 1].is_word else r.norm(hi - 2)
        if last in {"beklendiği", "beklendiğini", "bekleniyor", "öngörülüyor", "planlandığı"}:
            piece.features.add("expected")
        if frame is None and last in {"çağırdı", "istedi", "kınadı", "talep", "çağrısında"}:
            piece.position = True
        self.found.append(piece)
        return piece
