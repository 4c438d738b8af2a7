"""English sentences in which a denial tells, names or follows what it is about."""

from claims.languages.en.frames import Frames, Opening
from claims.languages.en.words import BE, LEADS, SUBJECT_PRONOUNS, Reading, listed
from claims.languages.shapes import Frame, Piece, Span
from claims.languages.spans import COMMAS, trimmed

# Behind the head of a noun phrase.
_ENDS_NAME = frozenset({",", "(", "of", "for", "in", "at", "on", "from", "with", "to", "and"})
# At the head of a subject that is no party: "this practice helps".
_CANNOT_SPEAK = frozenset({"this", "that", "these", "those", "there", "no", "such", "what", "here"})


class Denials:
    """One sentence, the tokens ``lo..hi``, whose pieces are gathered in ``found``."""

    def __init__(self, reading: Reading, lo: int, hi: int) -> None:
        self.r, self.lo, self.hi = reading, lo, hi
        self.f = Frames(reading, lo, hi)
        self.found: list[Piece] = []

    def clauses(self, lo: int, hi: int, frame: Frame | None) -> None:
        """Emit the clauses of ``lo..hi``, which all stand under ``frame``."""
        raise NotImplementedError

    def denial(self, opened: Opening, hi: int) -> None:
        """ "denied the reports that …", "denied a report which said …", "…, saying that …"."""
        r, verb, end, inner = self.r, opened.verb, hi, None
        for k in range(verb + 1, hi):
            noun = self.f.names_report(verb, k)
            if noun and r.norm(k) == "that" and k + 2 < hi and not r.is_finite(k + 1):
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
        begin, named = verb, opened.frame.claimant
        if named is not None and not any(t.is_word for t in r.tokens[verb + 1 : end]):
            # "The treasurer disagreed": one word is no claim
            while begin > self.lo and r.tokens[begin - 1].start >= named.start:
                begin -= 1
        piece = self.emit(begin, end, opened.frame)
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

    def reported_noun(self, lo: int, hi: int) -> bool:
        """ "Reports that the tunnel fell in are false", "The claim that … was denied by …"."""
        r = self.r
        noun = next((k for k in range(lo, lo + 4) if self.f.names_report(k - 1, k + 1)), None)
        if noun is None or r.norm(noun + 1) != "that" or any(map(r.is_finite, range(lo, noun))):
            return False
        for k in range(noun + 4, min(hi - 1, noun + 40)):
            if r.norm(k) not in BE or not any(r.is_finite(i) for i in range(noun + 2, k)):
                continue
            stop = next((i for i in range(k, hi) if r.norm(i) in COMMAS), hi)
            said_no = [i for i in range(k + 1, min(stop, k + 6)) if r.norm(i) in self.f.refusing()]
            if not said_no:
                continue
            trailing = self.f.trailing(lo, hi)
            frame, end = trailing if trailing is not None else (None, stop)
            by = said_no[0] + 1
            named = r.name(by + 1, end) if r.norm(by) == "by" else None
            if frame is None:
                frame = self.f.frame(said_no[0], named, k, end)
            frame.stance = "denies"
            denial = self.emit(lo, end, frame)
            told = self.emit(noun + 2, k, self.f.frame(noun, None, lo, noun + 2))
            if denial is not None and told is not None:
                told.features |= {"event", "accusation"}
                denial.contains, denial.names_report = told, True
            return True
        return False

    def contrary(self, lo: int, hi: int) -> bool:
        """ "…, contrary to reports that …": what the article says against a report that it tells."""
        r = self.r
        at = next((k for k in range(lo + 3, hi - 4) if r.norm(k) == "contrary"), None)
        if at is None or r.norm(at + 1) != "to":
            return False
        that = next((k for k in range(at + 3, hi - 2) if r.norm(k) == "that"), None)
        if that is None or not self.f.names_report(at, that):
            return False
        frame = self.f.frame(at, None, at, that, "denies")
        denial = self.emit(lo, at, frame)
        told = self.emit(that + 1, hi, self.f.frame(at + 2, None, at, that + 1))
        if denial is not None and told is not None:
            told.features |= {"event", "accusation"}
            denial.contains, denial.names_report = told, True
        return True

    def denied_behind(self, begin: int, i: int, hi: int, frame: Frame | None) -> bool:
        """ "…, which the ministry denies", "…, a charge he rejects": a denial of what was said."""
        r = self.r
        if r.norm(i) not in COMMAS:
            return False
        noun = self.f.names_report(i, min(hi, i + 3)) or r.norm(i + 1) == "something"
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
        cue = frame.cue if frame is not None else None
        if cue is not None and r.slice(cue).lower() in listed("promising"):
            piece.position = frame is not None and frame.stance == "asserts"
        if frame is None:
            verb = next((k for k in range(lo, hi) if r.is_finite(k)), None)
            begin = self.f.subject_start(lo, verb) if verb is not None else lo
            if verb is not None and verb > begin and r.norm(begin) not in LEADS:
                relatives = (k for k in range(begin + 1, verb) if r.norm(k) in {"who", "which"})
                end = next(relatives, verb)
                subject = r.name(begin, end)
                if (
                    subject is not None
                    and verb - begin <= 14
                    and r.norm(begin) not in SUBJECT_PRONOUNS | _CANNOT_SPEAK
                    and self.can_speak(begin, end)
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

    def can_speak(self, lo: int, hi: int) -> bool:
        """Whether the noun phrase ``lo..hi`` may be a party: a name, or somebody's office."""
        r = self.r
        end = next((k for k in range(lo + 1, hi) if r.norm(k) in _ENDS_NAME), hi)
        while end > lo + 1 and r.norm(end - 1).endswith("ly"):
            end -= 1
        head = r.norm(end - 1)
        named = r.text[r.tokens[end - 1].start].isupper() and end - 1 > lo
        alone = end - 1 == lo and r.text[r.tokens[lo].start].isupper()
        acts = listed("roles") | listed("actors") | listed("offices") | listed("titles")
        return named or alone or head in acts or head.removesuffix("s") in acts
