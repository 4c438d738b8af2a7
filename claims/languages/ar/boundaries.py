"""Where a new main clause begins inside an Arabic sentence, with or without a mark before it."""

from claims.languages.ar import morphology as m
from claims.languages.ar.announced import is_masdar
from claims.languages.ar.frames import frame_at
from claims.languages.ar.framing import stance_of
from claims.languages.ar.reading import ADVERSATIVES, NEGATIONS, RELATIVES, SUBJUNCTIVES, Reading
from claims.languages.spans import CLOSERS, COMMAS, SENTENCE_ENDS

TWO_WORD_ADVERSATIVES = frozenset({"غير", "الا", "بيد"})
THAT = frozenset({"ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", "انهما"})
_STILL = frozenset({"زال", "زالت", "زالوا", "يزال", "تزال", "يزالون"})
_PARTICLES = frozenset(
    {"لم", "لن", "هناك", "ثمة", "لدينا", "لديها", "لديه", "لديهم", "سوف", "قد", "لقد"}
    | {"مازال", "مازالت", "لها", "لهم"}
)
_TOLD_NOT = frozenset({"هناك", "لديه", "لديها", "لديهم", "لدى", "من"})
_ADVERBIAL_HEADS = frozenset(
    {"في", "بعد", "قبل", "خلال", "منذ", "عن", "على", "مع", "عقب", "لدى", "رغم", "حول", "امس"}
)
_CONDITIONS = frozenset(
    {"اذا", "لو", "كلما", "بينما", "عندما", "رغم", "الرغم", "بما", "لان", "حين", "بالاضافة"}
    | {"لكي", "بالنظر"}
)
_BECAUSE = frozenset({"لانه", "لانها", "لانهم", "لانهما", "لاننا"})
_ESPECIALLY = frozenset({"خاصة", "سيما", "لاسيما", "خصوصا"})
# "and that because", "and it comprises": they only go on about what was said last.
_GOES_ON = frozenset({"ذلك", "تشمل", "يشمل", "تضم", "يضم", "تتضمن", "يتضمن"})
_FAR = 14
# "while the family denies it": what they lead to is often left as it stands, but not a denial.
_WITH_THAT = frozenset({"مع", "رغم", "في", "علما"})
_BACKGROUND = frozenset({"فيما", "بينما", "اذ", "حيث"}) | _WITH_THAT
_HAS = frozenset({"له", "لها", "لهم", "لهما", "لنا", "لديه", "لديها", "لديهم", "لدينا"})


class Boundaries:
    """The question asked of every token: does a proposition of its own begin here?"""

    def __init__(self, reading: Reading, lo: int, hi: int) -> None:
        self.r, self.lo, self.hi = reading, lo, hi

    def at(self, begin: int, j: int, framed: bool, in_speech: bool) -> bool:
        """Whether a clause ends before ``j`` that began at ``begin``.

        ``framed``: somebody is reported to say it; ``in_speech``: within quotation marks.
        """
        r = self.r
        if not r.tokens[j].is_word:
            return False
        word, bare = r.norm(j), r.bare(j)
        after_comma = r.norm(j - 1) in COMMAS
        if bare in ADVERSATIVES:
            # "but not by a tribunal" only bounds what was said
            return r.norm(j + 1) not in {"ليس", "ليست"} or self._told_not(j + 1)
        if bare in TWO_WORD_ADVERSATIVES and r.norm(j + 1) in THAT:
            return bare != "الا" or after_comma or self.has_verb(begin, j)
        if after_comma and bare == word and self._main_verb_behind(begin, j):
            return True
        if word in _BACKGROUND and self.denial_behind(j):
            return True
        if word == "بل" and after_comma:
            return r.is_verb(j + 1) and self.has_verb(begin, j)
        if word == "كما" and after_comma:
            return self.clause_follows(j + 1) and not self.compares(j)
        if word == "في" and r.norm(j + 1) == "حين":
            return self.clause_follows(j + 2) or self.verb_within(j + 2, 3)
        if word in {"حيث", "اذ", "فيما"} and self.has_verb(begin, j):
            if frame_at(r, j + 1, self.hi) is not None:
                return True
            if word == "حيث":
                return after_comma and r.is_verb(j + 1) and not m.is_imperfect(r.norm(j + 1))
            return word == "فيما" and after_comma and self.verb_within(j + 1, 3)
        if word == "ثم":
            return r.is_verb(j + 1) and self.has_verb(begin, j)
        return r.joined(j) and self._joined(begin, j, framed, in_speech)

    def denial_behind(self, j: int) -> int:
        """How many words of "while", "although" at ``j`` lead to a denial; 0 where none follows."""
        step = 2 if self.r.norm(j + 1) in THAT | {"حين"} else 1
        alone = step == 1 and self.r.norm(j) in _WITH_THAT
        if self.r.norm(j) not in _BACKGROUND or alone or j + step >= self.hi:
            return 0
        match = frame_at(self.r, j + step, self.hi)
        return step if match is not None and match.frame.stance != "asserts" else 0

    def _main_verb_behind(self, begin: int, j: int) -> bool:
        """ "While A said this, B denied that": the report comes behind a long adverbial."""
        r, word = self.r, self.r.norm(j)
        stance = stance_of(word)
        leads = r.bare(begin) in m.normal_words("leads") or stance in {"denies", "doubts"}
        leads = leads or r.bare(self.lo) in {"بينما", "فيما"}
        if not leads or stance is None:
            return False
        if word in m.normal_words("ambiguous") or not self.has_verb(begin, j):
            return False
        return frame_at(r, j, self.hi) is not None

    def _joined(self, begin: int, j: int, framed: bool, in_speech: bool) -> bool:
        """و or ف with the word at ``j``: a new clause, or one more item of a list?"""
        r = self.r
        word, bare, following = r.norm(j), r.bare(j), r.norm(j + 1)
        if bare in _ADVERBIAL_HEADS and self._adverbial_then_verb(j):
            return True
        if (
            bare in m.normal_words("according")
            and not in_speech
            and frame_at(r, j, self.hi) is not None
        ):
            return True
        if not (self.has_verb(begin, j) or self._nominal(begin, j, framed)):
            return False
        if word[0] == "ف" and self._consequence(begin, j):
            return False
        if bare == "ان" and r.norm(j - 1) in _ESPECIALLY:
            return False
        if bare in _GOES_ON:
            return False
        if bare in {"ما", "لا"} and following in _STILL:
            return True
        if bare == "لا":
            imperfect = m.is_imperfect(following)
            return (imperfect and not self._subordinate(begin, j, following)) or following in {
                "احد",
                "يوجد",
            }
        if bare in {"ليس", "ليست"}:
            # "and not the rest": a contrast
            return self._told_not(j)
        if bare == "كل" and following.startswith("من"):
            return self.verb_within(j + 2, 2)
        if bare in THAT:
            return framed and not (bare == "ان" and m.is_imperfect(following))
        if bare in _PARTICLES:
            return True
        if bare == "من" and following in m.normal_words("expectations"):
            return True
        if bare in {"هو", "هي"}:
            return word[0] == "ف" or (r.is_verb(j + 1) and r.norm(j - 1) not in COMMAS)
        if bare in {"هم", "نحن", "انا", "هذا", "هذه"}:
            return bare not in {"هذا", "هذه"} or self.verb_within(j + 1, 3)
        if word[0] == "ف" and bare.startswith("ال") and r.norm(j - 1) in COMMAS:
            return self.has_verb(begin, j)
        if bare == "كان" and r.norm(j - 1) in COMMAS and m.is_imperfect(following):
            return True
        if r.is_verb(j):
            if self._called_for(begin, j, bare):
                return False
            if self._like_a_noun(bare) and not self.has_verb(begin, j):
                return False
            return not self._subordinate(begin, j, bare)
        if bare in m.normal_words("ambiguous"):
            return self._verb_by_place(begin, j)
        return self._subject_then_verb(begin, j)

    def _consequence(self, begin: int, j: int) -> bool:
        """ "if A, then B" is one proposition, also behind "that"."""
        r, bare = self.r, self.r.bare(j)
        if r.bare(begin) in _CONDITIONS or r.bare(begin) in m.normal_words("according"):
            return True
        then = bare in THAT or bare in {"قد", "اننا", "انني"} or m.is_future(bare)
        return then and any(r.bare(k) in _CONDITIONS for k in range(begin + 1, begin + 4))

    def _told_not(self, j: int) -> bool:
        """Something is told behind "is not" at ``j``: a verb, what there is, what somebody has."""
        following = self.r.norm(j + 1)
        return m.is_imperfect(following) or following in _TOLD_NOT

    def _called_for(self, begin: int, j: int, verb: str) -> bool:
        """ "called for seeking X and avoiding Y": تجنب is a noun there, no perfect of a third party."""
        calls = self.r.bare(begin) in m.forms("positions") and is_masdar(self.r.norm(j + 1))
        return calls and verb[0] == "ت" and verb[-1] != "ت" and verb in m.forms_perfect()

    def _noun_by_place(self, begin: int, k: int) -> bool:
        """Behind "that" a noun is due, and behind و one more may follow."""
        return self.r.norm(k - 1) in THAT if k == begin else self.r.joined(k)

    def _like_a_noun(self, verb: str) -> bool:
        """Spelled like a verbal noun too: خدمتهما, تسارع. Behind a subject without its verb: a noun."""
        stem = m.without_pronoun(verb)
        if stem != verb:
            return stem.endswith("ت") or stem.startswith("ت")
        return len(verb) == 5 and verb[0] == "ت" and verb[2] == "ا" and verb in m.forms_perfect()

    def _verb_by_place(self, begin: int, j: int) -> bool:
        """A verb spelled like a noun, after a comma or a quote, where no list is being counted."""
        r = self.r
        if r.norm(j - 1) not in COMMAS | CLOSERS or not r.norm(j + 1).startswith("ال"):
            return False
        items = sum(
            r.norm(k - 1) in COMMAS and r.joined(k) and not r.is_verb(k)
            for k in range(begin + 1, j)
        )
        return items == 0

    def _subject_then_verb(self, begin: int, j: int) -> bool:
        """ "and the Fund will not": a subject, then a particle or a future that needs one."""
        r = self.r
        for k in range(j + 1, min(self.hi, j + 4)):
            if r.norm(k) in COMMAS or r.norm(k) in RELATIVES or r.bare(k) in ADVERSATIVES:
                return False
            if r.norm(k) in {"لن", "لم", "سوف", "ليس", "ليست"} or m.is_future(r.norm(k)):
                return not any(r.norm(x) in RELATIVES for x in range(max(begin, j - 8), j))
        return False

    def _subordinate(self, begin: int, j: int, verb: str) -> bool:
        """The verb at ``j`` goes on a relative or a purpose clause instead of the main one."""
        r = self.r
        if m.is_future(verb) or not m.is_imperfect(verb):
            return False
        for k in range(j - 1, begin - 1, -1):
            word = r.bare(k)
            purpose = word[:1] == "ل" and m.is_imperfect(word[1:]) and not m.is_verb(word)
            if purpose:
                return True
            if not r.is_verb(k, at_head=k == begin):
                continue
            if k == begin:
                return False
            if not m.is_imperfect(word) or m.is_future(word):
                return any(r.norm(x) in RELATIVES for x in range(max(begin, k - 2), k))
            governed = r.norm(k - 1) in SUBJUNCTIVES - {"بان"} and k - 1 >= begin
            governed = governed or (r.norm(k - 1) in _BECAUSE and k - 1 > begin)
            relative = any(r.norm(x) in RELATIVES for x in range(max(begin, k - 3), k))
            if relative and self._agrees_with_main(begin, k, j):
                return False
            return governed or relative or self._reduced_relative(begin, k, j)
        return False

    def _agrees_with_main(self, begin: int, relative: int, j: int) -> bool:
        """Behind a comma, a verb in the person of the main verb and not of the relative one."""
        r = self.r
        main = next((k for k in range(begin, relative) if r.is_verb(k, at_head=k == begin)), None)
        if main is None or r.norm(j - 1) not in COMMAS or not m.is_imperfect(r.bare(main)):
            return False
        return r.bare(j)[0] == r.bare(main)[0] != r.bare(relative)[0]

    def _reduced_relative(self, begin: int, k: int, j: int) -> bool:
        """An imperfect right behind an indefinite noun, deep in a clause that has its verb.

        "Announced a truce that begins … and lasts": both verbs are in the person of the truce.
        """
        r = self.r
        told = r.is_verb(begin, at_head=True) and not m.is_imperfect(r.bare(begin))
        close = r.norm(j - 1) not in COMMAS and r.norm(k - 1) not in THAT | COMMAS | {"قد"}
        if told and close and not r.joined(k):
            return r.bare(j)[0] == r.bare(k)[0]
        before = r.norm(k - 1)
        indefinite = before.isalpha() and not before.startswith("ال") and before not in NEGATIONS
        return indefinite and any(r.norm(x) in RELATIVES for x in range(begin, k))

    def has_verb(self, begin: int, j: int) -> bool:
        r = self.r
        return any(
            r.norm(k) in NEGATIONS
            or (
                r.is_verb(k, at_head=k == begin)
                and not (self._noun_by_place(begin, k) and self._like_a_noun(r.bare(k)))
            )
            for k in range(begin, j)
        )

    def _nominal(self, begin: int, j: int, framed: bool) -> bool:
        """A clause without a verb: subject and predicate, as after a complementiser."""
        head = self.r.bare(begin)
        if j - begin < 3 and not (framed and head.startswith("ال")):
            return False
        return (
            framed
            or head.startswith("ال")
            or head in {"هناك", "ثمة", "هذا", "هذه"}
            or j - begin >= 4
        )

    def clause_follows(self, i: int) -> bool:
        """A verb, a negation or "that" at ``i``."""
        r = self.r
        return i < self.hi and (
            r.is_verb(i, at_head=True) or r.norm(i) in NEGATIONS | {"ان", "انه", "انها", "قد"}
        )

    def verb_within(self, i: int, reach: int) -> bool:
        return any(self.r.is_verb(k) for k in range(i, min(self.hi, i + reach)))

    def compares(self, j: int) -> bool:
        """ "as Obama claims": a comparison, not a clause."""
        return (
            stance_of(self.r.norm(j + 1)) is not None and frame_at(self.r, j + 1, self.hi) is None
        )

    def _adverbial_then_verb(self, j: int) -> bool:
        """وفي الأسبوع الماضي، ذكرت …: a new sentence opens with an adverbial."""
        r = self.r
        for k in range(j + 1, min(self.hi, j + _FAR)):
            word = r.norm(k)
            if word in SENTENCE_ENDS:
                return False
            if word in COMMAS:
                return r.is_verb(k + 1, at_head=True) and not r.joined(k + 1)
            reports = stance_of(word) == "asserts" and word not in m.normal_words("ambiguous")
            if reports and not r.joined(k) and k - j >= 2:
                return frame_at(r, k, self.hi) is not None
        return False

    def loose_end(self, lo: int, hi: int) -> bool:
        """ "without further details": a phrase left over; "it has ties with …" states something."""
        head = self.r.bare(lo)
        if head == "في" and self.r.norm(lo + 1) == "اشارة":
            return True
        if head not in m.normal_words("prepositions") or head in _HAS:
            return False
        return hi - lo < 7 and not self.has_verb(lo, hi)
