"""English attribution: the frames under which somebody else is said to say something."""

from dataclasses import dataclass

from claims.languages.en.words import LEADS, RELATIVES, SUBJECT_PRONOUNS, Reading, listed
from claims.languages.shapes import Frame, Span
from claims.languages.spans import COMMAS, SENTENCE_ENDS

_TO_VERB = 34
_IMPERSONAL = (
    ("emerged",),
    ("is", "alleged"),
    ("was", "alleged"),
    ("was", "reported"),
    ("is", "reported"),
    ("was", "announced"),
    ("is", "believed"),
    ("is", "claimed"),
    ("was", "claimed"),
)
# What else opens a clause: "said more than 200 …", "said nothing …".
_STARTS = frozenset(
    {"more", "less", "fewer", "nothing", "nobody", "none", "neither", "every", "both", "such"}
    | {"any", "another", "each", "only", "not", "almost", "nearly", "about", "around", "up"}
)
_WAS = frozenset({"was", "were", "been", "being", "is", "are"})
_NO_MORE_NAME = frozenset({"in", "on", "at", "during", "after", "("})


@dataclass(slots=True)
class Opening:
    """A frame that opens a clause, the index of its verb, and that of what is said."""

    frame: Frame
    verb: int
    content: int
    names_report: bool = False


class Frames:
    """The frames of one sentence, the tokens ``lo..hi``."""

    def __init__(self, reading: Reading, lo: int, hi: int) -> None:
        self.r, self.lo, self.hi = reading, lo, hi

    def speaker_behind(self, i: int) -> Frame | None:
        """ "…," the minister said on Monday / said the minister."""
        r = self.r
        while r.norm(i) in COMMAS:
            i += 1
        for verb in range(i, min(self.hi, i + _TO_VERB)):
            word = r.norm(verb)
            if (word in SENTENCE_ENDS and not r.abbreviates(verb)) or r.quote_at(verb) is not None:
                return None
            if word not in listed("quoting"):
                continue
            if verb > i:
                return self.frame(verb, r.name(i, verb), i, self.clause_stop(verb))
            end = verb + 1
            while end < self.hi and not self.ends_name(end):
                end += 1
            return self.frame(verb, r.name(verb + 1, end), i, self.clause_stop(verb))
        return None

    def ends_name(self, i: int) -> bool:
        """A mark or a preposition behind the name; not the full stop of "Sen." or "J."."""
        r = self.r
        if r.norm(i) == "." and r.abbreviates(i):
            return False
        return r.norm(i) in SENTENCE_ENDS | COMMAS | _NO_MORE_NAME

    def clause_stop(self, i: int) -> int:
        """The index behind the words of the frame: up to a quotation or a full stop."""
        r = self.r
        while i < self.hi and r.norm(i) not in SENTENCE_ENDS and r.quote_at(i) is None:
            i += 1
        return i

    def speaker_before(self, lo: int, opening: int) -> Frame | None:
        """The minister said, "…"; Obama called the holiday "…"."""
        r = self.r
        for verb in range(opening - 1, lo, -1):
            if (
                r.norm(verb) in listed("quoting")
                or r.norm(verb) in listed("participles")
                or (r.norm(verb) in {"called", "described", "branded"} and opening - verb <= 5)
            ):
                near = opening - verb <= 8 and not any(
                    r.norm(k) in {"that", "he", "she", "they", "it"}
                    for k in range(verb + 1, opening)
                )
                if not near:
                    return None
                begin = self.subject_start(lo, verb)
                return self.frame(verb, r.name(begin, verb), lo, opening)
        return None

    def opening(self, lo: int, hi: int) -> Opening | None:
        """The frame that the clause ``lo..hi`` opens with."""
        r = self.r
        if r.norm(lo) == "according" and r.norm(lo + 1) == "to":
            comma = next((k for k in range(lo + 2, min(hi, lo + 24)) if r.norm(k) in COMMAS), None)
            if comma is None:
                return None
            frame = self.frame(lo, r.name(lo + 2, comma), lo, comma)
            frame.cue = Span(r.tokens[lo].start, r.tokens[lo + 1].end)
            return Opening(frame, lo, comma + 1)
        relative = False
        for verb in range(lo, min(hi, lo + _TO_VERB)):
            word = r.norm(verb)
            if word in RELATIVES and verb > lo:
                relative = True
                continue
            if word in COMMAS or word in SENTENCE_ENDS:
                relative = False
                continue
            for shape in _IMPERSONAL:
                if (
                    tuple(r.norm(k) for k in range(verb, verb + len(shape))) == shape
                    and r.norm(verb - 1) == "it"
                    and r.norm(verb + len(shape)) == "that"
                ):
                    end = verb + len(shape)
                    return Opening(self.frame(end - 1, None, lo, end), verb, end + 1)
            if relative or verb == lo:
                continue
            stance = self.stance(verb)
            if stance is None:
                continue
            content = self.content(verb, hi, stance)
            if content is None:
                if stance != "asserts" and self.denies_report(verb, hi):
                    begin = self.subject_start(lo, verb)
                    frame = self.frame(verb, r.name(begin, verb), lo, verb + 1, stance)
                    return Opening(frame, verb, verb, names_report=True)
                continue
            begin = self.subject_start(lo, verb)
            claimant = r.name(begin, verb)
            if claimant is None:
                continue
            return Opening(self.frame(verb, claimant, lo, content, stance), verb, content)
        return None

    def stance(self, verb: int) -> str | None:
        r, word = self.r, self.r.norm(verb)
        before = {r.norm(verb - 1), r.norm(verb - 2)}
        if before & {"not", "never", "didn't", "don't", "doesn't", "nor", "without"}:
            return None
        if r.norm(verb - 1) in {"to", "the", "a", "an"}:
            return None
        if r.norm(verb - 1) in {"or", "nor"} and r.norm(verb - 2) in {"confirm", "confirmed"}:
            return None
        if word in listed("reporting") or (
            word in listed("participles") and r.norm(verb - 1) in {"is", "are", "was", "were"}
        ):
            return "asserts"
        if word in listed("denying") or word in listed("denying_objects"):
            # "the allegation was denied by": its subject denies nothing
            return None if r.norm(verb - 1) in _WAS else "denies"
        return "doubts" if word in listed("doubting") else None

    def content(self, verb: int, hi: int, stance: str) -> int | None:
        """Where what is said begins, behind "that" or without it."""
        r = self.r
        for k in range(verb + 1, min(hi, verb + 9)):
            word = r.norm(k)
            if word == "whether" and stance == "doubts":
                return k + 1
            if word == "that" and r.norm(k + 1) not in {",", "."}:
                if stance == "denies" and self.names_report(verb, k):
                    return None
                plain = r.norm(verb) in listed("denying_objects")
                return None if plain and not self.names_report(verb, k) else k + 1
            if word in SENTENCE_ENDS or (word in COMMAS and k > verb + 1):
                break
        if stance == "denies":
            return (
                verb + 1
                if r.norm(verb + 1).endswith("ing") and r.norm(verb) in listed("denying")
                else None
            )
        if stance == "doubts" or r.norm(verb) not in listed("quoting"):
            return None
        start = verb + 1
        if r.norm(verb) in {"told", "tells"}:
            start += 1
        while r.norm(start) in {
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "yesterday",
            "today",
        }:
            start += 1
        if start >= hi or not (r.starts_subject(start) or r.norm(start) in _STARTS):
            return None
        reach = range(start + 1, min(hi, start + 12))
        if r.norm(start) in SUBJECT_PRONOUNS or any(r.is_finite(k) for k in reach):
            return start
        return None

    def denies_report(self, verb: int, hi: int) -> bool:
        return self.r.norm(verb) in listed("denying") or self.names_report(verb, min(hi, verb + 6))

    def names_report(self, verb: int, end: int) -> bool:
        nouns = listed("report_nouns") - {"it", "this", "that", "them"}
        return any(self.r.norm(k) in nouns for k in range(verb + 1, end))

    def subject_start(self, lo: int, verb: int) -> int:
        """Where the subject of the verb begins, behind an adverbial that leads."""
        r = self.r
        if r.norm(lo) not in LEADS:
            return lo
        commas = [k for k in range(lo, verb) if r.norm(k) in COMMAS]
        return commas[0] + 1 if commas else lo

    def trailing(self, lo: int, hi: int) -> tuple[Frame, int] | None:
        """…, officials said; …, according to the data; …, said the minister."""
        r = self.r
        end = hi
        while end > lo and r.norm(end - 1) in SENTENCE_ENDS:
            end -= 1
        for k in range(end - 1, max(lo + 2, end - 16), -1):
            if r.norm(k) == "according" and r.norm(k + 1) == "to":
                frame = self.frame(k, r.name(k + 2, end), k, end)
                frame.cue = Span(r.tokens[k].start, r.tokens[k + 1].end)
                return frame, k
            if r.norm(k) in COMMAS:
                verb = next((v for v in range(k + 1, end) if r.norm(v) in listed("quoting")), None)
                if verb is None:
                    continue
                if verb == k + 1:
                    named = end - verb <= 12 and not any(
                        r.is_finite(x) for x in range(verb + 1, end)
                    )
                    if not named or not any(r.is_finite(x) for x in range(lo, k)):
                        # "X, the minister, said Y": the subject and its apposition
                        return None
                    return self.frame(verb, r.name(verb + 1, end), k, end), k
                if end - verb <= 6 and not any(r.is_finite(x) for x in range(k + 1, verb)):
                    return self.frame(verb, r.name(k + 1, verb), k, end), k
                return None
        verb = end - 1
        if r.norm(verb) in {"said", "say", "says"} and end - lo > 6:
            start = verb - 1
            return self.frame(verb, r.name(start, verb), start, end), start
        return None

    def participle(
        self, begin: int, i: int, hi: int, frame: Frame | None
    ) -> tuple[Frame, int] | None:
        """…, saying that …; a letter advising that …"""
        r = self.r
        if r.norm(i) not in listed("participles") or i + 2 >= hi:
            return None
        that = next((k for k in range(i + 1, min(hi, i + 5)) if r.norm(k) == "that"), None)
        after_comma = r.norm(i - 1) in COMMAS
        if that is None and not (
            after_comma
            and r.starts_subject(i + 1)
            and r.norm(i) in {"saying", "adding", "claiming", "arguing", "insisting"}
        ):
            return None
        claimant = frame.claimant if frame is not None else None
        if not after_comma:
            holder = next(
                (k for k in range(i - 1, max(begin, i - 9), -1) if r.norm(k).endswith("'s")), None
            )
            if holder is not None:
                start = holder
                while start > begin and r.text[r.tokens[start - 1].start].isupper():
                    start -= 1
                claimant = Span(r.tokens[start].start, r.tokens[holder].end - 2)
        if claimant is None:
            claimant = r.name(self.subject_start(begin, self.first_verb()), self.first_verb())
        elif frame is not None and claimant == frame.claimant and self.inner_subject(begin, i):
            claimant = self.inner_subject(begin, i)
        content = that + 1 if that is not None else i + 1
        return self.frame(i, claimant, i, content), content

    def inner_subject(self, begin: int, i: int) -> Span | None:
        """ "sources said that X opposed it, saying …": X says it."""
        verb = next((k for k in range(begin + 1, i) if self.r.is_finite(k)), None)
        if verb is None or self.r.norm(begin) in SUBJECT_PRONOUNS:
            return None
        return self.r.name(begin, verb)

    def first_verb(self) -> int:
        return next((k for k in range(self.lo + 1, self.hi) if self.r.is_finite(k)), self.lo + 1)

    def frame(
        self, cue: int, claimant: Span | None, lo: int, hi: int, stance: str = "asserts"
    ) -> Frame:
        r = self.r
        region = Span(r.tokens[lo].start, r.tokens[max(lo, min(hi, self.hi) - 1)].end)
        frame = Frame(Span(r.tokens[cue].start, r.tokens[cue].end), claimant, region, stance)
        if claimant is not None and r.slice(claimant).lower() in listed("pronouns"):
            frame.claimant, frame.subjectless = None, True
        return frame
