"""English sentences read for who says what, and where one proposition ends."""

from claims.languages.en.denied import Denials
from claims.languages.en.frames import Opening
from claims.languages.en.words import BE, Reading, listed
from claims.languages.shapes import Frame, Piece, Quote
from claims.languages.spans import COMMAS

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
_SHORTEST_SPEECH, _LONGEST_TITLE = 4, 8
_SMALL_IN_TITLES = frozenset(
    {"a", "an", "the", "of", "in", "on", "for", "to", "and", "at", "with", "from", "by"}
)
_MODALS = frozenset({"can", "will", "could", "would", "must", "should", "may", "might"})


def pieces(reading: Reading, lo: int, hi: int, speaking: Frame | None) -> list[Piece]:
    """The candidate claims among the tokens ``lo..hi``, one sentence, in the order of the text.

    ``speaking``: the frame of the speech right before, which a bare quotation goes on with.
    """
    return _Sentence(reading, lo, hi, speaking).read()


class _Sentence(Denials):
    def __init__(self, reading: Reading, lo: int, hi: int, speaking: Frame | None) -> None:
        super().__init__(reading, lo, hi)
        self.speaking = speaking

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
                if behind - i - 1 >= _SHORTEST_SPEECH and not self.is_title(i + 1, behind):
                    found.append((i, min(behind + 1, self.hi), quote))
                i = max(behind, i + 1)
            else:
                i += 1
        return found

    def is_title(self, lo: int, hi: int) -> bool:
        """ "Voice of the Harbour": some words with capitals, and none of them a verb in lower case."""
        r = self.r
        while hi > lo and not r.tokens[hi - 1].is_word:
            hi -= 1
        small = [r.norm(k) for k in range(lo, hi) if r.text[r.tokens[k].start].islower()]
        return hi - lo <= _LONGEST_TITLE and set(small) <= _SMALL_IN_TITLES

    def quoted(self, lo: int, speeches: list[tuple[int, int, Quote]]) -> bool:
        """A sentence built around speech: "…," X said. "…"; X said: "…"; "…" alone."""
        first, last = speeches[0], speeches[-1]
        frame = None
        if first[0] == lo:
            frame = self.f.speaker_behind(first[1])
            if frame is None and first[1] < self.hi - 1:
                return False
            frame = frame or self.speaking or self.unsaid(first[0])
        else:
            frame = self.f.speaker_before(lo, first[0])
            if frame is None:
                return False
        for start, end in self.joined(speeches):
            self.split_speech(start + 1, end - 1, frame)
        if frame is not None and last[1] < self.hi:
            if first[0] != lo:
                self.remainder(last[1])
            else:
                self.added(last[1], frame)
        return True

    def unsaid(self, lo: int) -> Frame:
        """A quotation with nobody beside it: whoever was named last says it."""
        frame = self.f.frame(lo, None, lo, self.hi)
        frame.cue, frame.subjectless = None, True
        return frame

    def joined(self, speeches: list[tuple[int, int, Quote]]) -> list[tuple[int, int]]:
        """ "The best way," she said, "is to wait": one sentence on both sides of its frame."""
        r = self.r
        found = [(start, end) for start, end, _ in speeches]
        if len(found) > 1:
            (start, end), (again, last) = found[:2]
            goes_on = r.text[r.tokens[again + 1].start].islower()
            if goes_on and not any(r.is_finite(k) for k in range(start + 1, end - 1)):
                return [(start, last), *found[2:]]
        return found

    def added(self, lo: int, frame: Frame) -> None:
        """ "…," she said, adding that the hall was full."""
        for i in range(lo + 1, self.hi):
            told = (
                self.f.participle(lo, i, self.hi, frame) if self.r.norm(i - 1) in COMMAS else None
            )
            if told is not None:
                told[0].claimant, told[0].subjectless = frame.claimant, frame.subjectless
                self.clauses(told[1], self.hi, told[0])
                return

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
            following = i + 1
            while following < hi and r.norm(following) in {".", "…"}:
                following += 1
            if ended and following < hi and r.starts_subject(following):
                self.emit(begin, i, frame)
                begin = following
        self.emit(begin, hi, frame)

    def statement(self, lo: int, hi: int) -> None:
        """Read ``lo..hi``, which holds no speech of its own, clause by clause."""
        r = self.r
        while lo < hi and (r.norm(lo) in _CONJUNCTIONS or r.norm(lo) in COMMAS):
            lo += 1
        if lo >= hi:
            return
        lo = self.nominal_denial(lo, hi)
        if self.reported_noun(lo, hi) or self.contrary(lo, hi):
            return
        trailing = self.f.trailing(lo, hi)
        if trailing is not None:
            frame, end = trailing
            self.clauses(lo, end, frame)
            return
        opened = self.f.opening(lo, hi)
        inserted = self.f.inserted(lo, hi) if opened is None else None
        if inserted is not None:
            self.clauses(lo, inserted[1], inserted[0])
            return
        if opened is not None:
            if opened.names_report:
                self.denial(opened, hi)
                return
            if opened.begin > lo:
                self.clauses(lo, opened.begin, None)
            emerged = r.norm(opened.verb) == "emerged"  # by nobody's words
            told = len(self.found)
            self.clauses(opened.content, hi, None if emerged else opened.frame)
            if "had" in {r.norm(opened.verb - 1), r.norm(opened.verb - 2)}:
                # "a paper had reported": before what the article tells first
                for piece in self.found[told:]:
                    piece.features.add("earlier")
            return
        if not self.introduces_speech(lo, hi):
            self.clauses(lo, hi, None)

    def introduces_speech(self, lo: int, hi: int) -> bool:
        """ "X, the minister, said at a summit": the words of a speaker, but not what was said."""
        r = self.r
        verb = next((k for k in range(lo, hi) if r.is_finite(k)), None)
        if verb is None or r.norm(verb) not in {"said", "says", "added"}:
            return False
        # "everything she says is true" introduces nothing
        return hi - lo < 24 and r.norm(verb + 1) not in BE

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
        stance = self.f.stance(lo)
        content = self.f.content(lo, hi, stance) if stance is not None else None
        denies = self.f.calls_false(lo, hi) or (
            stance not in {None, "asserts"} and self.f.denies_report(lo, hi)
        )
        if denies or (stance is not None and content is not None):
            # "and said", "but denied": the same subject speaks again
            again = self.f.frame(lo, None, lo, content or lo + 1, stance or "denies")
            if denies and content is None:
                again.stance = "denies" if stance in {None, "asserts"} else again.stance
            if frame is not None:
                again.claimant, again.subjectless = frame.claimant, frame.subjectless
            else:
                again.claimant = self.r.name(self.lo, self.f.first_verb())
            if content is None:
                self.denial(Opening(again, lo, lo, names_report=True), hi)
            else:
                self.clauses(content, hi, again)
            return
        self.clauses(lo, hi, frame if frame is None or frame.stance == "asserts" else None)

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
        # "denied selling shares and said": there is a verb of saying on both sides
        says = r.norm(i + 1) in {"said", "says", "added", "told", "insisted", "called"}
        acted = word == ";" or says or any(r.is_finite(k) for k in range(begin, i))
        if word not in {"and", "but", ";"} or not acted:
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
        both = r.norm(i - 1) in _MODALS and r.norm(following) in _MODALS
        if both or self.shares_passive(begin, i, following):
            # "can and will"
            return 0
        if r.is_finite(following) and (
            word == "but" or r.norm(following) in listed("finite") | listed("reporting")
        ):
            return 1
        parted = word in {"but", ";"} or r.norm(i - 1) in COMMAS
        pronoun = r.is_pronoun(following)
        if (parted or pronoun) and r.starts_subject(following):
            reach = 9 if word == "and" else 18
            verb = next(
                (k for k in range(following, min(hi, following + reach)) if r.is_finite(k)), None
            )
            listing = word == "and" and any(
                r.norm(k) in COMMAS for k in range(following, verb or following)
            )
            return 1 if verb is not None and not listing else 0
        return 0

    def shares_passive(self, begin: int, i: int, following: int) -> bool:
        """ "Was given priority and dealt with": the second participle hangs on the same "was"."""
        r = self.r
        word = r.norm(following)
        if not (word.endswith("ed") or word in listed("bare_participles")):
            return False
        return any(
            r.norm(k) in BE | {"be"}
            and any(
                r.norm(v).endswith(("ed", "en")) or r.norm(v) in listed("bare_participles")
                for v in (k + 1, k + 2)
            )
            for k in range(begin, i - 1)
        )
