"""Persian sentences read for who says what: the verb ends the clause, what is said follows it."""

from claims.languages.fa.words import Reading, listed
from claims.languages.shapes import Frame, Piece, Span
from claims.languages.spans import COMMAS, SENTENCE_ENDS, trimmed

_CONJUNCTIONS = frozenset({"و", "اما", "ولی", "همچنین", "بنابراین", "سپس"})
# Tokens from the head of a sentence to its verb of saying.
_TO_VERB = 40
_REPORT_BEFORE_VERB = 12


class Sentence:
    """The tokens ``lo..hi``, one sentence."""

    def __init__(self, reading: Reading, lo: int, hi: int) -> None:
        self.r, self.lo, self.hi = reading, lo, hi
        self.found: list[Piece] = []

    def read(self) -> list[Piece]:
        """The candidate claims, in the order of the text."""
        lo = self.lo
        while lo < self.hi and (self.r.norm(lo) in _CONJUNCTIONS or self.r.norm(lo) in COMMAS):
            lo += 1
        if not (self.according(lo) or self.denial(lo) or self.report(lo)):
            self.clauses(lo, self.hi, None)
        return self.found

    def according(self, lo: int) -> bool:
        """به گفته وزیر، …"""
        length = self.r.listed_at(lo, self.hi, "according")
        if not length:
            return False
        stop = next(
            (k for k in range(lo + length, min(self.hi, lo + 20)) if self.r.norm(k) in COMMAS), None
        )
        if stop is None or stop == lo + length:
            return False
        frame = self.frame(lo, length, self.name(lo + length, stop), lo, stop)
        self.clauses(stop + 1, self.hi, frame)
        return True

    def denial(self, lo: int) -> bool:
        """سخنگوی وزارت این گزارش را تکذیب کرد; تکذیب کرد که …"""
        r = self.r
        for verb in range(lo, min(self.hi, lo + _TO_VERB)):
            length = r.listed_at(verb, self.hi, "denying")
            if not length:
                continue
            behind = verb + length
            if r.norm(behind) == "که":
                frame = self.frame(verb, length, self.name(lo, verb), lo, behind + 1, "denies")
                self.emit(behind + 1, self.hi, frame)
                return True
            about = self.report_before(lo, verb)
            if about is None:
                # an offer or a bill that somebody turned down
                return False
            frame = self.frame(verb, length, self.name(lo, about), lo, behind, "denies")
            piece = self.emit(about, behind, frame)
            if piece is not None:
                piece.names_report = True
            if self.hi - behind > 3:
                self.clauses(behind, self.hi, frame)
            return True
        return False

    def report_before(self, lo: int, verb: int) -> int | None:
        """Where the object of the denial begins: the report, and the demonstrative before it."""
        for k in range(max(lo, verb - _REPORT_BEFORE_VERB), verb):
            if self.r.norm(k) in listed("report_nouns"):
                return k - 1 if k > lo and self.r.norm(k - 1) in {"این", "آن", "هرگونه"} else k
        return None

    def report(self, lo: int) -> bool:
        """وزیر گفت: «…»; وزیر اعلام کرد که …; وی افزود …"""
        r = self.r
        for verb in range(lo, min(self.hi, lo + _TO_VERB)):
            if r.quote_at(verb) is not None:
                return False
            length = r.listed_at(verb, self.hi, "reporting")
            if not length or r.norm(verb - 1) == "به":
                continue
            content = verb + length
            while r.norm(content) in {":", "که", "،", ","}:
                content += 1
            if self.hi - content < 2:
                return False
            frame = self.frame(verb, length, self.name(lo, verb), lo, content)
            self.clauses(content, self.hi, frame)
            return True
        return False

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
        region = Span(r.tokens[lo].start, r.tokens[max(lo, min(hi, self.hi) - 1)].end)
        cued = Span(r.tokens[cue].start, r.tokens[cue + length - 1].end)
        frame = Frame(cued, claimant, region, stance)
        pronoun = claimant is not None and " ".join(
            token.norm for token in r.tokens[lo:cue] if token.start >= claimant.start
        ) in listed("pronouns")
        if claimant is None or pronoun:
            frame.claimant, frame.subjectless = None, True
        return frame

    def name(self, lo: int, hi: int) -> Span | None:
        """The tokens ``lo..hi`` as a name: up to the first comma or preposition of place and time."""
        r = self.r
        while lo < hi and (not r.tokens[lo].is_word or r.norm(lo) in _CONJUNCTIONS):
            lo += 1
        end = lo
        while end < hi and r.norm(end) not in COMMAS:
            if end > lo and r.norm(end) in {"در", "روز", "با", "دیروز", "امروز", "را", "به", "طی"}:
                break
            end += 1
        return Span(r.tokens[lo].start, r.tokens[end - 1].end) if end > lo else None

    def clauses(self, lo: int, hi: int, frame: Frame | None) -> None:
        """Emit ``lo..hi`` cut at و behind a finite verb, where another one follows."""
        r, begin = self.r, lo
        for i in range(lo + 1, hi - 2):
            joins = r.norm(i) in {"و", "اما", "ولی", "؛"} or (
                r.norm(i) in SENTENCE_ENDS and i + 1 < hi
            )
            if joins and r.is_finite(i - 1) and any(r.is_finite(k) for k in range(i + 1, hi)):
                self.emit(begin, i, frame)
                begin = i + 1
        self.emit(begin, hi, frame)

    def emit(self, lo: int, hi: int, frame: Frame | None) -> Piece | None:
        r = self.r
        while lo < hi and r.norm(lo) in _CONJUNCTIONS:
            lo += 1
        if hi <= lo:
            return None
        span = trimmed(r, Span(r.tokens[lo].start, r.tokens[hi - 1].end))
        if span is None:
            return None
        piece = Piece(span, frame)
        self.found.append(piece)
        return piece
