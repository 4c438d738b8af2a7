"""Who speaks in an English sentence: the names before, behind and inside what is said."""

from itertools import pairwise

from claims.languages.en.denial_verbs import DenialVerbs
from claims.languages.en.words import LEADS, RELATIVES, SUBJECT_PRONOUNS, listed
from claims.languages.shapes import Frame, Span
from claims.languages.spans import CLOSERS, COMMAS, SENTENCE_ENDS

# Tokens between the head of a clause and its verb of saying at most.
TO_VERB = 34
_NO_MORE_NAME = frozenset({"in", "on", "at", "during", "after", "("})


class Speakers(DenialVerbs):
    """The names and verbs beside what is said in one sentence, the tokens ``lo..hi``."""

    def speaker_behind(self, i: int) -> Frame | None:
        """ "…," the minister said on Monday / said the minister."""
        r = self.r
        while r.norm(i) in COMMAS:
            i += 1
        for verb in range(i, min(self.hi, i + TO_VERB)):
            word = r.norm(verb)
            if (word in SENTENCE_ENDS and not r.abbreviates(verb)) or r.quote_at(verb) is not None:
                return None
            if word not in listed("quoting") | listed("exclaiming"):
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
        stops = SENTENCE_ENDS | {"who", "which"}
        while i < self.hi and r.norm(i) not in stops and r.quote_at(i) is None:
            i += 1
        return i

    def speaker_before(self, lo: int, opening: int) -> Frame | None:
        """The minister said, "…"; Obama called the holiday "…"."""
        r = self.r
        for verb in range(opening - 1, lo, -1):
            if r.norm(verb) in listed("quoting") | listed("exclaiming") | listed("participles") or (
                r.norm(verb) in {"called", "described", "branded"} and opening - verb <= 5
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

    def subject_start(self, lo: int, verb: int) -> int:
        """Where the subject of the verb begins, behind an adverbial that leads."""
        r = self.r
        for k in (verb - 1, verb - 2):
            if k > lo and r.norm(k) in SUBJECT_PRONOUNS:
                # "Even on Friday, he said"
                return k
        if r.norm(lo) == "overall" or (r.norm(lo).endswith("ly") and r.norm(lo + 1) in COMMAS):
            return lo + 2
        comma = next((k for k in range(lo + 1, min(verb, lo + 8)) if r.norm(k) in COMMAS), lo)
        if comma > lo and r.norm(comma - 1) in {"ago", "week", "month", "year", "days"}:
            # "Several weeks ago, the mayor said"
            return comma + 1
        if r.norm(lo) not in LEADS and not r.norm(lo).endswith(("ed", "ing")):
            return lo
        commas = [k for k in range(lo, verb) if r.norm(k) in COMMAS]
        return commas[0] + 1 if commas else lo

    def trailing(self, lo: int, hi: int) -> tuple[Frame, int] | None:
        """…, officials said; …, according to the data; …, said the minister."""
        r = self.r
        end = hi
        while end > lo and r.norm(end - 1) in SENTENCE_ENDS:
            end -= 1
        for k in range(end - 1, max(lo + 2, end - TO_VERB), -1):
            if r.norm(k) == "according" and r.norm(k + 1) == "to":
                if end - k > 16:
                    return None
                frame = self.frame(k, r.name(k + 2, end), k, end)
                frame.cue = Span(r.tokens[k].start, r.tokens[k + 1].end)
                return frame, k
            if r.norm(k) not in COMMAS:
                continue
            begin = k + 1 + (r.norm(k + 1) in CLOSERS)
            said = listed("quoting")
            small = r.text[r.tokens[end - 1].start].islower()
            if small and r.norm(end - 1) in listed("reporting"):
                # "…, its makers claim"
                said = said | {r.norm(end - 1)}
            if r.norm(begin) in listed("exclaiming"):
                # "…, adds the surveyor"
                said = said | {r.norm(begin)}
            verb = next((v for v in range(begin, end) if r.norm(v) in said), None)
            if verb is None or any(r.norm(x) in {"who", "which"} for x in range(begin, verb)):
                continue
            if verb == begin:
                if not self.only_names(verb + 1, end) or not any(
                    r.is_finite(x) for x in range(lo, k)
                ):
                    # "X, the minister, said Y": the subject and its apposition
                    return None
                return self.frame(verb, r.name(verb + 1, self.name_end(verb + 1, end)), k, end), k
            alone = not any(r.is_finite(x) for x in range(begin, end) if x != verb)
            if end - verb <= 6 and alone:
                return self.frame(verb, r.name(begin, verb), k, end), k
            return None
        verb = end - 1
        if r.norm(verb) in {"said", "say", "says"} and end - lo > 6:
            start = verb - 1
            return self.frame(verb, r.name(start, verb), start, end), start
        return None

    def only_names(self, lo: int, hi: int) -> bool:
        """A name with what tells who it is: a finite verb only behind "who"."""
        r = self.r
        for k in range(lo, hi):
            if r.norm(k) in {"who", "which", "whose", "where"}:
                return k > lo
            if r.is_finite(k) or (r.is_pronoun(k) and k == lo):
                return False
        return hi > lo

    def name_end(self, lo: int, hi: int) -> int:
        """Where the name ends that begins at ``lo``: before the day, the place, "who"."""
        return next(
            (
                k
                for k in range(lo + 1, hi)
                if self.r.norm(k) in {"who", "in", "on", "at", "during", "after"}
            ),
            hi,
        )

    def inserted(self, lo: int, hi: int) -> tuple[Frame, int] | None:
        """ "The plan, two officials said, is to …": the frame, and where what is said ends."""
        r = self.r
        commas = [k for k in range(lo + 1, hi) if r.norm(k) in COMMAS]
        for k, closing in pairwise(commas):
            if not 3 <= closing - k <= 9 or closing + 2 >= hi or r.norm(k + 1) in RELATIVES:
                continue
            if r.norm(k + 1) == "according" and r.norm(k + 2) == "to":
                frame = self.frame(k + 1, r.name(k + 3, closing), k, closing)
                frame.cue = Span(r.tokens[k + 1].start, r.tokens[k + 2].end)
                return frame, hi
            verbs = [v for v in range(k + 1, closing) if r.is_finite(v)]
            if len(verbs) != 1 or r.norm(verbs[0]) not in listed("quoting"):
                continue
            (verb,) = verbs
            if verb > k + 1 and verb >= closing - 4:
                frame = self.frame(verb, r.name(k + 1, verb), k, closing)
                # "…, the mayor said on Friday, as protests went on": that is no part of it
                aside = r.norm(closing + 1) in {"as", "after", "while", "when", "in", "during"}
                return frame, k if aside else hi
        return None

    def frame(
        self, cue: int, claimant: Span | None, lo: int, hi: int, stance: str = "asserts"
    ) -> Frame:
        r = self.r
        region = Span(r.tokens[lo].start, r.tokens[max(lo, min(hi, self.hi) - 1)].end)
        frame = Frame(Span(r.tokens[cue].start, r.tokens[cue].end), claimant, region, stance)
        if claimant is not None and r.slice(claimant).lower() in listed("pronouns"):
            frame.claimant, frame.subjectless = None, True
        return frame
