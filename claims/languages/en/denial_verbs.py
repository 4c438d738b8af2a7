"""English verbs by which something is called untrue, and those that only look like them."""

from claims.languages.en.words import BE, Reading, listed
from claims.languages.spans import COMMAS

_WAS = BE | {"being"}
_NOBODY = frozenset({"nobody", "none", "few", "neither", "hardly"})
_CALLING = frozenset(
    {"called", "calls", "described", "describes", "branded", "labelled", "labeled", "dismissed"}
    | {"dismisses", "denounced", "rejected", "derided", "decried", "slammed", "deemed"}
)
_ACCUSING = frozenset({"accused", "accuses", "accusing"})
_DIFFERING = frozenset({"disagree", "disagrees", "disagreed"})
_UNCONVINCED = frozenset({"unconvinced", "unpersuaded", "sceptical", "skeptical"})
ENDS = frozenset({",", ".", "!", ";", "—", "–"})
_PERSONS = frozenset({"him", "her", "them", "us", "me", "himself", "herself", "themselves"})


class DenialVerbs:
    """The verbs of one sentence, the tokens ``lo..hi``, asked by index."""

    def __init__(self, reading: Reading, lo: int, hi: int) -> None:
        self.r, self.lo, self.hi = reading, lo, hi

    def stance(self, verb: int) -> str | None:
        r, word = self.r, self.r.norm(verb)
        before = {r.norm(verb - 1), r.norm(verb - 2)}
        if word == "convinced":
            return "doubts" if "not" in before and r.norm(verb + 1) in ENDS else None
        if before & {"not", "never", "didn't", "don't", "doesn't", "nor", "without"}:
            return None
        if r.norm(verb - 1) in {"to", "the", "a", "an", "of", "from"} | _NOBODY or (
            r.norm(verb - 2) == "no" and r.norm(verb - 1) == "one"
        ):
            return None
        if r.norm(verb - 1) in {"or", "nor"} and r.norm(verb - 2) in {"confirm", "confirmed"}:
            return None
        if word in listed("reporting") or (
            word in listed("participles") and r.norm(verb - 1) in {"is", "are", "was", "were"}
        ):
            return "asserts"
        if word in _DIFFERING and (r.norm(verb + 1) in ENDS or verb + 1 >= self.hi):
            return "denies"
        if word in _UNCONVINCED and r.norm(verb + 1) in ENDS:
            return "doubts"
        if word in listed("denying") or word in listed("denying_objects"):
            # "the allegation was denied by": its subject denies nothing
            return None if r.norm(verb - 1) in _WAS else "denies"
        return "doubts" if word in listed("doubting") else None

    def denies_report(self, verb: int, hi: int) -> bool:
        """The object of the verb is a report, a figure, or what was said before."""
        r, word = self.r, self.r.norm(verb)
        behind = r.norm(verb + 1)
        last = verb + 2 >= hi or not r.tokens[verb + 2].is_word
        if word in listed("denying"):
            refused = any(r.norm(k) in listed("refused_objects") for k in range(verb + 1, verb + 7))
            to_whom = behind in _PERSONS or self.is_receiver(verb + 1)
            return not refused and (last or not to_whom)
        if word.startswith("contradict") or word in _UNCONVINCED or word == "convinced":
            return True
        if word in _DIFFERING:
            return behind not in {"with", "on", "about", "over", "among"}
        if word.startswith(("disput", "doubt", "question")) and self.names(
            listed("figures"), verb, min(hi, verb + 6)
        ):
            return True
        pointing = behind in {"it", "this", "that", "them"} and last
        return pointing or self.names_report(verb, min(hi, verb + 6))

    def is_receiver(self, i: int) -> bool:
        """ "Denied investors their money": a noun without a determiner, before one that has it."""
        r = self.r
        plain = r.norm(i).endswith("s") and r.norm(i) not in listed("report_nouns")
        return plain and r.norm(i + 1) in {"their", "its", "the", "a", "an", "any", "his", "her"}

    def names_report(self, verb: int, end: int) -> bool:
        return self.names(listed("report_nouns") - {"it", "this", "that", "them"}, verb, end)

    def names(self, nouns: frozenset[str], verb: int, end: int) -> bool:
        return any(self.r.norm(k) in nouns for k in range(verb + 1, end))

    def refusing(self) -> frozenset[str]:
        """What is said of a report behind "is" or "was" by which it is denied."""
        return (
            listed("false_words")
            | {w for w in listed("denying") if w.endswith("ed")}
            | {"rejected", "dismissed", "disputed", "contradicted"}
        )

    def calls_false(self, verb: int, hi: int) -> bool:
        """ "Called the claim false", "dismissed as nonsense a report", "accused her of lying"."""
        r, word = self.r, self.r.norm(verb)
        if r.norm(verb - 1) in {"not", "never", "to"} or word not in _CALLING | _ACCUSING:
            return False
        end = next((k for k in range(verb + 1, min(hi, verb + 14)) if r.norm(k) in COMMAS), hi)
        end = min(end, verb + 14)
        if word in _ACCUSING:
            of = next((k for k in range(verb + 1, end) if r.norm(k) == "of"), end)
            return r.norm(of + 1) in {"lying", "fabricating", "inventing", "slander", "lies"}
        at = next((k for k in range(verb + 1, end) if r.norm(k) in listed("false_words")), None)
        if at is None:
            return False
        said = listed("report_nouns") | listed("figures") | {"words", "it", "this", "that"}
        return any(r.norm(k) in said for k in range(verb + 1, end) if k != at)
