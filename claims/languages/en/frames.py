"""English attribution: the frames under which somebody else is said to say something."""

from dataclasses import dataclass

from claims.languages.en.denial_verbs import ENDS
from claims.languages.en.speakers import TO_VERB, Speakers
from claims.languages.en.words import (
    BE,
    DETERMINERS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    listed,
)
from claims.languages.shapes import Frame, Span
from claims.languages.spans import COMMAS, SENTENCE_ENDS

# How far behind its verb "that" may stand: "said in a speech to the council on Monday that".
_TO_THAT = 16
# How far behind the head of a clause its verb may stand.
_TO_PREDICATE = 20
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
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday"}
    | {"today", "morning", "afternoon", "evening", "night", "earlier", "later", "also", "last"}
)
_WHERE_SAID = frozenset({"in", "on", "at", "during", "to", "through", "via", "after", "before"})
# What opens no clause: "said of her", "said so", "said hello".
_NO_SUBJECT = frozenset(
    {"of", "to", "in", "at", "on", "by", "for", "from", "with", "as", "during", "after", "before"}
    | {
        "is",
        "are",
        "was",
        "were",
        "will",
        "has",
        "and",
        "but",
        "or",
        "so",
        "hello",
        "goodbye",
        "yes",
        "when",
        "while",
        "because",
        "about",
    }
    | {
        "how",
        "what",
        "why",
        "who",
        "where",
        "whether",
        "if",
        "through",
        "via",
        "against",
        "earlier",
    }
)
# Verbs of denying an object that may have what is denied behind "that" without it.
_OF_CONTENT = frozenset({"dispute", "disputes", "disputed", "disputing"})
_JOINING = frozenset({"of", "and", "for", "with", "from", "about", "between", "against", "into"})
_SUBORDINATES = frozenset({"after", "before", "because", "although", "though", "since"})
# What rumours do: "rumours spread on Monday that …".
_SPREADING = frozenset(
    {"spread", "circulated", "surfaced", "emerged", "swirled", "mounted", "grew"}
)
# Words of what was said from which on it is taken for a clause, whose verb is not known.
_WHOLE = 4
# Verbs that are as often said of a noun: "added a note of caution".
_OF_NOUNS = frozenset(
    {"added", "adds", "reported", "announced", "wrote", "repeated", "recalled", "disclosed"}
    | {"revealed", "acknowledged", "confirmed", "learned", "noted", "emphasized", "stressed"}
    | {"explained", "suggested", "suggests", "feared", "predicted", "admitted"}
)
# Verbs of saying that behind another verb are nouns: "they taped a show that ran for an hour".
_ALSO_NOUNS = frozenset(
    {"show", "fear", "fears", "claim", "claims", "report", "reports", "hope", "hopes", "charge"}
    | {
        "note",
        "notes",
        "state",
        "states",
        "estimate",
        "guess",
        "joke",
        "stress",
        "signals",
        "tweet",
    }
    | {"projects", "forecast", "promise", "tweets", "forecasts", "shows"}
)
# Behind these an act is no report: "won them over by telling them that".
_OF_ACTS = frozenset({"by", "for", "from", "of", "without", "before", "after", "in"})
_WITH_INFINITIVE = frozenset(
    {"vowed", "vows", "promised", "promises", "pledged", "agreed", "agrees", "hopes", "hoped"}
    | {"expects", "claims", "claimed", "continued", "continues", "feared", "fears", "proposed"}
)
_FINDING = frozenset({"learn", "find", "show", "know", "hear", "understand", "see", "reveal"})
_MODALS = frozenset({"will", "would", "could", "can", "might", "may", "should", "must", "to"})
_TELLING = frozenset({"saying", "adding", "claiming", "arguing", "insisting", "declaring"})
_NO_GERUND = frozenset({"anything", "everything", "something", "nothing", "wrongdoing"})


@dataclass(slots=True)
class Opening:
    """A frame that opens a clause, the index of its verb, and that of what is said."""

    frame: Frame
    verb: int
    content: int
    names_report: bool = False
    begin: int = -1  # where its words begin, behind a clause of the article's own


class Frames(Speakers):
    """The frames of one sentence, the tokens ``lo..hi``."""

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
        if r.norm(lo) == "as":
            comma = next((k for k in range(lo + 2, min(hi, lo + 10)) if r.norm(k) in COMMAS), lo)
            verb = next((k for k in range(comma - 1, lo + 1, -1) if r.is_finite(k)), lo)
            if verb > lo + 1 and r.norm(verb) in listed("quoting") and comma - verb <= 3:
                # "As the surveyor noted, …"
                frame = self.frame(verb, r.name(lo + 1, verb), lo, comma)
                return Opening(frame, verb, comma + 1, begin=lo)
        relative = acted = False
        clause = lo
        bracket = -1
        for verb in range(lo, min(hi, lo + TO_VERB)):
            word = r.norm(verb)
            if word in {"(", ")"}:
                bracket = verb if word == "(" else -1
                relative = False
                continue
            if acted and word in _TELLING and r.norm(verb - 1) in COMMAS:
                # "closed the mill, saying that": told behind what was done
                return None
            if acted and self.turns(verb):
                # "acknowledged the delay but denied that": a clause of its own
                return None
            if acted and word in _SUBORDINATES:
                clause = verb
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
            if word in _SPREADING and self.names_report(lo - 1, verb):
                that = next((k for k in range(verb, min(hi, verb + 10)) if r.norm(k) == "that"), hi)
                if that + 2 < hi:
                    return Opening(self.frame(verb, None, lo, that), verb, that + 1, begin=lo)
            earlier, acted = acted, acted or r.is_finite(verb)
            if self.calls_false(verb, hi):
                begin = self.subject_start(lo, verb)
                frame = self.frame(verb, r.name(begin, verb), lo, verb + 1, "denies")
                return Opening(frame, verb, verb, names_report=True)
            stance = self.stance(verb)
            if stance is None or (earlier and word in _ALSO_NOUNS) or self.only_may(verb):
                continue
            content = self.content(verb, hi, stance)
            if content is None:
                if stance != "asserts" and self.denies_report(verb, hi):
                    begin = self.subject_start(lo, verb)
                    frame = self.frame(verb, r.name(begin, verb), lo, verb + 1, stance)
                    return Opening(frame, verb, verb, names_report=True)
                continue
            if bracket >= lo:
                # "(her office later said that …": what stands before the bracket is no name
                clause, earlier = bracket, True
            within = earlier and clause > lo
            begin = self.subject_start(clause + 1 if within else lo, verb)
            claimant = r.name(begin, verb)
            if claimant is None:
                continue
            if r.norm(verb - 1) in BE and not r.norm(verb).endswith("ing"):
                # "residents were told by the mayor that …"
                by = next((k for k in range(verb + 1, content - 1) if r.norm(k) == "by"), None)
                claimant = r.name(by + 1, content - 1) if by is not None else None
            start = clause if within else lo
            frame = self.frame(verb, claimant, start, content, stance)
            return Opening(frame, verb, content, begin=start)
        return None

    def only_may(self, verb: int) -> bool:
        """ "Will learn that", "to show that": nobody has said it yet."""
        r = self.r
        return r.norm(verb) in _FINDING and r.norm(verb - 1) in _MODALS

    def turns(self, i: int) -> bool:
        """ "But", "; ", "and denied": what follows is a clause of its own."""
        r, word = self.r, self.r.norm(i)
        if word in {"and", "but"} and self.stance(i + 1) is not None:
            return True
        return word == ";" or (word == "but" and r.norm(i - 1) in COMMAS)

    def content(self, verb: int, hi: int, stance: str) -> int | None:
        """Where what is said begins, behind "that" or without it."""
        r = self.r
        if r.norm(verb) in _WITH_INFINITIVE and "to" in {r.norm(verb + 1), r.norm(verb + 2)}:
            # "vowed not to repeat that mistake"
            return None
        for k in range(verb + 1, min(hi, verb + _TO_THAT)):
            word = r.norm(k)
            if k > verb + 8 and r.is_finite(k):
                break
            if word == "whether" and stance == "doubts":
                return k + 1
            if word in {"but", "and"} and self.stance(k + 1) is not None:
                break
            if word == "that" and r.norm(k - 1) in {"so", "now", "given"}:
                # "said it would move so that others can stay"
                break
            if word == "that" and r.norm(k + 1) not in {",", "."}:
                pointed = listed("report_nouns") | listed("figures")
                if stance != "asserts" and r.norm(k + 1) in pointed and r.norm(k + 2) in ENDS:
                    # "doubts that figure"
                    return None
                if k > verb + 1 and r.is_finite(k + 1) and not r.is_pronoun(k + 1):
                    # "rejected the report that was leaked"
                    break
                bare = self.bare(verb, k) if k > verb + 1 else None
                if bare is not None:
                    # "says he was in Oslo that day"
                    return bare
                if stance == "denies" and self.names_report(verb, k):
                    return None
                plain = r.norm(verb) in listed("denying_objects") - _OF_CONTENT
                return None if plain and not self.names_report(verb, k) else k + 1
            if word in SENTENCE_ENDS or (word in COMMAS and k > verb + 1):
                break
        if stance == "denies":
            start = verb + 1
            while r.norm(start) in {"ever", "even", "knowingly", "deliberately", "again"}:
                start += 1
            what = r.norm(start).endswith("ing") and r.norm(start) not in _NO_GERUND
            return start if what and r.norm(verb) in listed("denying") else None
        return None if stance == "doubts" else self.bare(verb, hi)

    def bare(self, verb: int, hi: int) -> int | None:
        """Where what is said begins without "that": "said on Friday he had met", "says most agree"."""
        r = self.r
        if r.norm(verb) not in listed("quoting"):
            return None
        turns = (
            k
            for k in range(verb + 2, min(hi, verb + _TO_THAT))
            if r.norm(k) in {"and", "but"} and self.stance(k + 1) is not None
        )
        hi = next(turns, hi)
        start = verb + 1
        start += r.norm(start) == ":"
        if r.norm(verb) in {"told", "tells"}:
            pronoun = (k for k in range(start + 1, min(hi, start + 8)) if r.is_pronoun(k))
            start = next(pronoun, start + 1)
        start = self.behind_adverbials(start, hi)
        if start >= hi:
            return None
        reach = range(start + 1, min(hi, start + _TO_PREDICATE))
        if r.norm(verb) in _OF_NOUNS and not r.is_pronoun(start):
            comma = next((k for k in reach if r.norm(k) in COMMAS), reach.stop)
            reach = range(start + 1, comma)
        if r.starts_subject(start) or r.norm(start) in _STARTS:
            found = r.is_pronoun(start) or any(r.is_finite(k) for k in reach)
            return start if found else None
        plain = r.norm(verb) in {"say", "says", "said"} and r.tokens[start].is_word
        if not plain or r.norm(start) in _NO_SUBJECT or r.norm(start).endswith("ly"):
            return None
        comma = next((k for k in reach if r.norm(k) in COMMAS | SENTENCE_ENDS), hi)
        acts = any(r.is_finite(k) for k in range(start + 1, min(hi, comma)))
        return start if acts or comma - start >= _WHOLE else None

    def behind_adverbials(self, i: int, hi: int) -> int:
        """Behind the day and the place of speaking: "said Monday", "said in a statement on Monday"."""
        r = self.r
        while i < hi:
            if r.norm(i) in _DAYS:
                i += 1
            elif r.norm(i) in _WHERE_SAID:
                behind = next((k for k in range(i + 2, min(hi, i + 10)) if self.new_noun(k)), None)
                if behind is None or any(
                    r.is_finite(k) or r.norm(k) in COMMAS for k in range(i, behind)
                ):
                    return i
                i = behind
            else:
                return i
        return i

    def new_noun(self, i: int) -> bool:
        """A noun phrase that is no part of the one before: "in a speech | the mayor"."""
        r, before = self.r, self.r.norm(i - 1)
        capital = r.text[r.tokens[i].start].isupper()
        after_capital = r.text[r.tokens[i - 1].start].isupper() and before not in _DAYS
        joined = before in _WHERE_SAID or before in DETERMINERS or before in _JOINING
        begins = r.is_pronoun(i) or r.norm(i) in DETERMINERS or r.norm(i) in _WHERE_SAID
        return not joined and (begins or r.norm(i) in _DAYS or (capital and not after_capital))

    def participle(
        self, begin: int, i: int, hi: int, frame: Frame | None
    ) -> tuple[Frame, int] | None:
        """…, saying that …; a letter advising that …"""
        r = self.r
        if r.norm(i) not in listed("participles") or i + 2 >= hi or r.norm(i - 1) in _OF_ACTS:
            return None
        that = next((k for k in range(i + 1, min(hi, i + 5)) if r.norm(k) == "that"), None)
        after_comma = r.norm(i - 1) in COMMAS
        if that is None and not (
            (after_comma or r.is_pronoun(i + 1))
            and r.starts_subject(i + 1)
            and r.norm(i) in _TELLING
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
