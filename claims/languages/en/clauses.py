"""English sentences read for who says what, and where one proposition ends."""

from claims.languages.en.frames import Frames, Opening
from claims.languages.en.words import LEADS, SUBJECT_PRONOUNS, Reading, listed
from claims.languages.shapes import Frame, Piece, Quote, Span
from claims.languages.spans import COMMAS, trimmed

_CONJUNCTIONS = frozenset(
    {
        "and",
        "but",
        "yet",
        "so",
        "however",
        "moreover",
        "meanwhile",
        "also",
        "still",
        "then",
        "nevertheless",
        "though",
    }
)
_SHORTEST_SPEECH = 4


def pieces(reading: Reading, lo: int, hi: int, speaking: Frame | None) -> list[Piece]:
    """The candidate claims among the tokens ``lo..hi``, one sentence, in the order of the text.

    ``speaking``: the frame of the speech right before, which a bare quotation goes on with.
    """
    return _Sentence(reading, lo, hi, speaking).read()


class _Sentence:
    def __init__(self, reading: Reading, lo: int, hi: int, speaking: Frame | None) -> None:
        self.r, self.lo, self.hi, self.speaking = reading, lo, hi, speaking
        self.f = Frames(reading, lo, hi)
        self.found: list[Piece] = []

    def read(self) -> list[Piece]:
        r = self.r
        lo = self.lo
        while lo < self.hi and (r.norm(lo) in _CONJUNCTIONS or r.norm(lo) in COMMAS):
            lo += 1
        speeches = self.speeches(lo)
        if speeches and self.quoted(lo, speeches):
            return self.found
        self.statement(lo, self.hi)
        return self.found

    def speeches(self, lo: int) -> list[tuple[int, int, Quote]]:
        """(index of the opening mark, index behind the closing one, quote) of real speech."""
        r, found, i = self.r, [], lo
        while i < self.hi:
            quote = r.quote_at(i)
            if quote is not None:
                behind = r.behind(quote.end, i + 1, self.hi)
                if behind - i - 1 >= _SHORTEST_SPEECH:
                    found.append((i, min(behind + 1, self.hi), quote))
                i = max(behind, i + 1)
            else:
                i += 1
        return found

    def quoted(self, lo: int, speeches: list[tuple[int, int, Quote]]) -> bool:
        """A sentence built around speech: "…," X said. "…"; X said: "…"; "…" alone."""
        first, last = speeches[0], speeches[-1]
        frame = None
        if first[0] == lo:
            frame = self.f.speaker_behind(first[1])
            if frame is None and first[1] < self.hi - 1:
                return False
            frame = frame or self.speaking
        else:
            frame = self.f.speaker_before(lo, first[0])
            if frame is None:
                return False
        for start, end, _ in speeches:
            self.split_speech(start + 1, end - 1, frame)
        if frame is not None and last[1] < self.hi and first[0] != lo:
            self.remainder(last[1])
        return True

    def remainder(self, lo: int) -> None:
        r = self.r
        while lo < self.hi and (r.norm(lo) in COMMAS or r.norm(lo) in _CONJUNCTIONS):
            lo += 1
        if self.hi - lo > 4 and any(r.is_finite(k) for k in range(lo, self.hi)):
            self.statement(lo, self.hi)

    def split_speech(self, lo: int, hi: int, frame: Frame | None) -> None:
        """Each sentence of a quotation is a claim of its own."""
        r, begin = self.r, lo
        for i in range(lo, hi):
            ended = r.norm(i) in {".", "!", "?"} and not r.abbreviates(i)
            if ended and i + 1 < hi and r.starts_subject(i + 1) and r.norm(i + 1) != ".":
                self.emit(begin, i, frame)
                begin = i + 1
        self.emit(begin, hi, frame)

    def statement(self, lo: int, hi: int) -> None:
        """Read ``lo..hi``, which holds no speech of its own, clause by clause."""
        r = self.r
        while lo < hi and (r.norm(lo) in _CONJUNCTIONS or r.norm(lo) in COMMAS):
            lo += 1
        if lo >= hi:
            return
        lo = self.nominal_denial(lo, hi)
        trailing = self.f.trailing(lo, hi)
        if trailing is not None:
            frame, end = trailing
            self.clauses(lo, end, frame)
            return
        opened = self.f.opening(lo, hi)
        if opened is not None:
            if opened.names_report:
                self.denial(opened, hi)
                return
            self.clauses(opened.content, hi, opened.frame)
            return
        if not self.introduces_speech(lo, hi):
            self.clauses(lo, hi, None)

    def denial(self, opened: Opening, hi: int) -> None:
        """ "denied the reports that …", "denied a report which said …", "…, saying that …"."""
        r, verb, end, inner = self.r, opened.verb, hi, None
        for k in range(verb + 1, hi):
            noun = self.f.names_report(verb, k)
            if noun and r.norm(k) == "that" and k + 2 < hi:
                inner = k + 1
                break
            if noun and r.norm(k) in {"which", "saying", "alleging", "claiming"} and k + 2 < hi:
                said = r.norm(k) != "which" or r.norm(k + 1) in listed("reporting")
                if said and r.norm(k - 1) not in COMMAS:
                    inner, end = (k + 2 if r.norm(k) == "which" else k + 1), k
                    break
            if r.norm(k) in COMMAS:
                end = k
                break
        piece = self.emit(verb, end, opened.frame)
        if piece is None:
            return
        piece.names_report = True
        if inner is not None:
            cue = next(k for k in range(inner - 1, verb, -1) if self.f.names_report(k - 1, k + 1))
            by = next((k for k in range(cue, inner) if r.norm(k) == "by"), None)
            name = r.name(by + 1, inner - 1) if by is not None else None
            told = self.emit(inner, hi, self.f.frame(cue, name, cue, inner))
            if told is not None:
                told.features |= {"event", "accusation"}
                piece.contains = told
        elif end < hi:
            told_on = self.f.participle(verb, end + 1, hi, opened.frame)
            if told_on is not None:
                self.clauses(told_on[1], hi, told_on[0])

    def introduces_speech(self, lo: int, hi: int) -> bool:
        """ "X, the minister, said at a summit": the words of a speaker, but not what was said."""
        r = self.r
        verb = next((k for k in range(lo, hi) if r.is_finite(k)), None)
        return verb is not None and r.norm(verb) in {"said", "says", "added"} and hi - lo < 24

    def clauses(self, lo: int, hi: int, frame: Frame | None) -> None:
        """Emit ``lo..hi`` cut at coordinations, participles of saying and nested reports."""
        _r, begin = self.r, lo
        i = lo + 1
        while i < hi:
            told = self.f.participle(begin, i, hi, frame)
            if told is not None:
                inner, content = told
                self.emit(begin, i, frame)
                self.clauses(content, hi, inner)
                return
            if self.denied_behind(begin, i, hi, frame):
                return
            step = self.boundary(begin, i, hi)
            if step:
                self.emit(begin, i, frame)
                self.continued(i + step, hi, frame)
                return
            i += 1
        self.emit(begin, hi, frame)

    def continued(self, lo: int, hi: int, frame: Frame | None) -> None:
        """A coordinated clause: a report of its own, or more of what is being said."""
        opened = self.f.opening(lo, hi)
        if opened is not None:
            self.statement(lo, hi)
            return
        says = self.f.stance(lo) == "asserts"
        content = self.f.content(lo, hi, "asserts") if says else None
        if content is not None:
            # "and said": the same subject speaks again
            again = self.f.frame(lo, None, lo, content)
            if frame is not None:
                again.claimant, again.subjectless = frame.claimant, frame.subjectless
            else:
                again.claimant = self.r.name(self.lo, self.f.first_verb())
            self.clauses(content, hi, again)
            return
        self.clauses(lo, hi, frame if frame is None or frame.stance == "asserts" else None)

    def denied_behind(self, begin: int, i: int, hi: int, frame: Frame | None) -> bool:
        """ "…, which the ministry denies", "…, a charge he rejects": a denial of what was said."""
        r = self.r
        if r.norm(i) not in COMMAS:
            return False
        noun = self.f.names_report(i, min(hi, i + 3))
        if r.norm(i + 1) != "which" and not noun:
            return False
        for verb in range(i + 2, min(hi, i + 10)):
            if r.norm(verb) in COMMAS:
                return False
            if self.f.stance(verb) == "denies" and r.norm(verb - 1) != "which":
                first = i + 2 if not noun or r.norm(i + 1) == "which" else i + 3
                named = r.name(first, verb) if first < verb else None
                denial = self.f.frame(verb, named, i + 1, hi, "denies")
                # "a charge he denies": he is not the one who speaks before
                denial.subjectless = False
                self.emit(begin, i, frame)
                piece = self.emit(i + 1, hi, denial)
                if piece is not None:
                    piece.names_report = True
                return True
        return False

    def nominal_denial(self, lo: int, hi: int) -> int:
        """ "Despite the ministry's denial, …": where the clause goes on behind it."""
        r = self.r
        if r.norm(lo) not in {"despite", "notwithstanding", "after", "following", "amid"}:
            return lo
        comma = next((k for k in range(lo, min(hi, lo + 14)) if r.norm(k) in COMMAS), None)
        nouns = {"denial", "denials", "rebuttal"}
        if comma is None or comma + 2 >= hi:
            return lo
        cue = next((k for k in range(lo + 1, comma) if r.norm(k) in nouns), None)
        if cue is None:
            return lo
        behind = cue + 1 < comma and r.norm(cue + 1) in {"of", "by", "from"}
        named = r.name(cue + 2, comma) if behind else r.name(lo + 1, cue)
        if named is not None and r.slice(named).endswith(("'s", "’s")):
            named = Span(named.start, named.end - 2)
        piece = self.emit(lo + 1, comma, self.f.frame(cue, named, lo + 1, comma, "denies"))
        if piece is not None:
            piece.names_report = True
            piece.features.add("leads")
        return comma + 1

    def and_that(self, i: int, hi: int) -> bool:
        """ "said that …, that … and that …": a list of what was said."""
        r = self.r
        return any(r.norm(k) == "and" and r.norm(k + 1) == "that" for k in range(i + 2, hi - 1))

    def boundary(self, begin: int, i: int, hi: int) -> int:
        """How many words at ``i`` join a new clause to the one before; 0 where none begins."""
        r = self.r
        word = r.norm(i)
        if r.norm(i + 1) == "that" and (word == "and" or (word in COMMAS and self.and_that(i, hi))):
            return 2 if any(r.is_finite(k) for k in range(begin, i)) else 0
        if word not in {"and", "but", ";"} or not any(r.is_finite(k) for k in range(begin, i)):
            return 0
        following = i + 1
        while r.norm(following) in {"also", "then", "now", "has", "later"} and not r.is_finite(
            following
        ):
            following += 1
        if (
            any(r.norm(k) in {"to", "who", "which"} for k in range(max(begin, i - 4), i))
            and word == "and"
            and r.norm(i - 1) not in COMMAS
        ):
            return 0
        if r.is_finite(following) and (
            word == "but" or r.norm(following) in listed("finite") | listed("reporting")
        ):
            return 1
        parted = word in {"but", ";"} or r.norm(i - 1) in COMMAS
        pronoun = r.norm(following) in SUBJECT_PRONOUNS
        if (parted or pronoun) and r.starts_subject(following):
            verb = next(
                (k for k in range(following + 1, min(hi, following + 9)) if r.is_finite(k)), None
            )
            listing = any(r.norm(k) in COMMAS for k in range(following, verb or following))
            return 1 if verb is not None and not listing else 0
        return 0

    def emit(self, lo: int, hi: int, frame: Frame | None) -> Piece | None:
        r = self.r
        while lo < hi and r.norm(lo) in {"but", "and"}:
            lo += 1
        if hi <= lo:
            return None
        span = trimmed(r, Span(r.tokens[lo].start, r.tokens[hi - 1].end))
        if span is None:
            return None
        piece = Piece(span, frame)
        if frame is None:
            verb = next((k for k in range(lo, hi) if r.is_finite(k)), None)
            begin = self.f.subject_start(lo, verb) if verb is not None else lo
            if verb is not None and verb > begin and r.norm(begin) not in LEADS:
                subject = r.name(begin, verb)
                if (
                    subject is not None
                    and verb - begin <= 14
                    and r.norm(begin) not in SUBJECT_PRONOUNS
                    and r.norm(verb) not in {"is", "are", "was", "were"}
                ):
                    piece.subject = subject
                calls = r.norm(verb) in {
                    "demanded",
                    "urged",
                    "asked",
                    "called",
                    "condemned",
                    "appealed",
                    "demands",
                    "urges",
                    "calls",
                    "condemns",
                }
                piece.position = calls and (
                    r.norm(verb) not in {"called", "calls"} or r.norm(verb + 1) in {"for", "on"}
                )
        self.found.append(piece)
        return piece
