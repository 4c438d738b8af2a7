"""Arabic sentences read clause by clause: what each one states, and under which frame."""

from claims.languages.ar import denials
from claims.languages.ar import morphology as m
from claims.languages.ar.announced import is_masdar
from claims.languages.ar.boundaries import THAT, TWO_WORD_ADVERSATIVES, Boundaries
from claims.languages.ar.frames import HAD, frame_at, nominal_at, participle_at
from claims.languages.ar.framing import LONGEST_NAME, Match, is_complementiser, stance_of, untold
from claims.languages.ar.names import name, participles
from claims.languages.ar.objects import accusation, clinging
from claims.languages.ar.reading import ADVERSATIVES, NEGATIONS, OTHERS, Reading
from claims.languages.ar.subjects import acting
from claims.languages.ar.trailing import source_behind
from claims.languages.shapes import Frame, Piece, Quote, Span
from claims.languages.spans import CLOSERS, COMMAS, OPENERS, SENTENCE_ENDS, trimmed

_FULL_STOPS = frozenset(".!؟?؛…")
_TURN_TO = frozenset({"جهة", "جانبه", "جهته", "جانبها", "جهتها", "ناحية", "جانبهم", "جهتهم"})
# "was convicted" and "two", spelled like "I condemn" and "you praise"
_NO_CALLS = frozenset({"ادين", "ادينت", "ادينوا", "اثنين"})


def pieces(reading: Reading, lo: int, hi: int, carried: Frame | None) -> list[Piece]:
    """The candidate claims among the tokens ``lo..hi``, one sentence, in the order of the text.

    ``carried``: the frame under which the sentence before ended and this one goes on.
    """
    return _Sentence(reading, lo, hi, carried).read()


class _Sentence:
    def __init__(self, reading: Reading, lo: int, hi: int, carried: Frame | None) -> None:
        self.r, self.lo, self.hi = reading, lo, hi
        self.found: list[Piece] = []
        self.frame = carried
        self.speech: Quote | None = None  # the quotation that the frame introduced
        self.pending: Frame | None = None  # a source that stands behind the clause being read
        self.then: Frame | None = None  # takes over after the clause being read
        self.told: tuple[int, int] | None = None  # the clause before, where the article told it
        self.dropped = False  # the clause being read only leads to another
        self.answered: Piece | None = None  # the accusation that the sentence answers
        self.unlike = False  # "unlike what he said": whatever is said next contradicts it
        self.bounds = Boundaries(reading, lo, hi)

    def read(self) -> list[Piece]:
        i = self.lo
        while i < self.hi:
            told = len(self.found)
            following = max(self.clause(i), i + 1)
            if self.r.bare(self.skip_conjunctions(i)[0]) in HAD:
                # "a paper had reported": before what the article tells first
                for piece in self.found[told:]:
                    piece.features.add("earlier")
            i = following
        return self.found

    def clause(self, i: int) -> int:
        """Read the clause that starts at ``i`` and return where the next one starts."""
        r, hi = self.r, self.hi
        first = i
        i, adversative = self.skip_conjunctions(i)
        if i >= hi:
            return hi
        if not self.in_speech(i) and (behind := self.denial(first, i)) is not None:
            return behind
        match = None
        if not self.in_speech(i):
            if self.speech is not None and r.tokens[i].start >= self.speech.end:
                self.frame, self.speech = None, None
            match = participle_at(r, i, hi) or frame_at(r, i, hi)
        if match is not None and match.content < hi:
            return self.framed(match)
        if self.frame is not None and self.found and not self.in_speech(i):
            said_that = any(r.bare(k) in THAT for k in range(first, i)) or r.bare(i) in THAT
            told = self.found[-1].frame is self.frame
            # What follows a denial goes on denying only where it says "that" again.
            if (adversative and untold(r, i)) or (
                told and self.frame.stance != "asserts" and not said_that
            ):
                self.frame = None
        end, following = self.extent(i)
        piece = self.emit(i, end)
        if piece is not None:
            self.tell_untrue(i, end, piece)
        return following

    def denial(self, first: int, i: int) -> int | None:
        """Read "which the ministry denied" at ``first`` or "despite the denial of" at ``i``."""
        unlike = denials.unlike(self.r, i, self.hi)
        if unlike is not None:
            cue, claimant, content, comma = unlike
            self.answered, self.unlike = self.tell(cue, claimant, content, comma), True
            return comma + 1
        found = denials.behind(self.r, first, self.hi) or denials.leading(self.r, i, self.hi)
        if found is None:
            return None
        held, self.frame = self.frame, found.frame
        piece = self.emit(found.start, found.end)
        if piece is not None:
            piece.names_report = True
            piece.features |= {"leads"} if found.leads else set()
        self.frame = held if found.leads else None
        return found.end + 1 if found.leads else found.end

    def framed(self, match: Match) -> int:
        """Read what a frame introduces."""
        frame, i = match.frame, match.content
        before = self.frame
        if frame.subjectless and before is not None:
            # A participle goes on for the one who speaks in this sentence.
            frame.claimant, frame.subjectless = before.claimant, before.subjectless
        elif frame.subjectless and self.found:
            frame.claimant = self.found[-1].subject or acting(self.r, self.told, frame)
        self.frame = frame
        self.speech = self.speech_from(i)
        if self.speech is None and not match.keeps_verb:
            i = self.nested(match, i)
        end, following = self.extent(i)
        piece = self.emit(i, end)
        if piece is None:
            return following
        piece.names_report = match.names_report
        keeps = match.keeps_verb and not match.names_report
        piece.position = piece.position or keeps or match.position
        if self.answered is not None and (self.unlike or self.negated(i)):
            piece.stance, piece.contains = "denies", self.answered
        self.answered, self.unlike = None, False
        if match.event:
            piece.features.add("event")
        if frame.stance == "denies" and not match.names_report:
            self.tell_accusation(i, end, piece)
        elif frame.stance == "asserts":
            self.tell_untrue(i, end, piece)
        return following

    def nested(self, match: Match, i: int) -> int:
        """ "the paper said that the minister said that": the inner frame takes over."""
        inner = frame_at(self.r, i, self.hi)
        opened_by = self.r.norm(inner.content - 1) if inner is not None else ""
        if (
            inner is None
            or inner.frame.claimant is None
            or inner.names_report
            or not (is_complementiser(opened_by) or inner.frame.stance != "asserts")
        ):
            return i
        inner.frame.outer = match.frame
        inner.frame.region = Span(match.frame.region.start, inner.frame.region.end)
        self.frame = inner.frame
        self.speech = self.speech_from(inner.content)
        return inner.content

    def speech_from(self, i: int) -> Quote | None:
        """The quotation that the token ``i`` begins, but for a complementiser inside its mark."""
        if i >= self.hi:
            return None
        quote = self.r.quote_around(self.r.tokens[i].start)
        if quote is None or len(self.r.text[quote.start : self.r.tokens[i].start].split()) > 1:
            return None
        behind = self.r.behind(quote.end, i, len(self.r.tokens))
        return quote if behind - i >= LONGEST_NAME - 2 else None

    def in_speech(self, i: int) -> bool:
        return self.speech is not None and self.r.tokens[i].start < self.speech.end

    def negated(self, i: int) -> bool:
        """The clause says no in its first words."""
        return any(self.r.norm(k) in NEGATIONS for k in range(i, min(self.hi, i + 3)))

    # -- conjunctions ----------------------------------------------------------------------

    def skip_conjunctions(self, i: int) -> tuple[int, bool]:
        """(index of the first word of the clause itself, whether "but" was passed)."""
        r, adversative = self.r, False
        while i < self.hi:
            word = r.bare(i)
            step = self.conjunction(i, word)
            if step == 0:
                break
            adversative = adversative or word in ADVERSATIVES | TWO_WORD_ADVERSATIVES
            i += step
        return i, adversative

    def conjunction(self, i: int, word: str) -> int:
        """How many tokens at ``i`` only join the clause to what was before."""
        r = self.r
        following = r.norm(i + 1)
        if not r.tokens[i].is_word:
            opens = r.quote_at(i) is not None and not self.in_speech(i)
            return 0 if opens and word in OPENERS else 1
        if word in ADVERSATIVES | {"و", "ثم", "قد", "لقد", "كذلك", "حيث", "اذ", "بل"}:
            return 1
        if word == "الى" and following == "ذلك" and r.norm(i + 2) in COMMAS:
            return 2
        if word in TWO_WORD_ADVERSATIVES and following in THAT:
            return 2
        if word == "كما" and self.bounds.clause_follows(i + 1):
            return 2 if following in {"ان", "انه", "انها"} else 1
        if (word == "في" and following == "حين") or (word in {"مع", "رغم"} and following in THAT):
            return 2
        if word == "فيما" and r.is_verb(i + 1, at_head=True):
            return 1
        behind = self.bounds.denial_behind(i)
        if behind:
            return behind
        if word == "من" and following in _TURN_TO:
            return 3 if r.norm(i + 2) in OTHERS else 2
        if word in m.normal_words("article_voice") and not self.in_speech(i):
            for j in range(i + 1, min(self.hi - 1, i + 8)):
                if is_complementiser(r.norm(j)):
                    self.frame = None
                    return j + 1 - i
        if is_complementiser(word) and word in THAT | {"انني", "اننا"}:
            verb = self.bounds.clause_follows(i + 1)
            return 1 if word in {"ان", "بان"} or verb else 0
        return 0

    # -- the end of a clause ---------------------------------------------------------------

    def extent(self, i: int) -> tuple[int, int]:
        """(index behind the clause that starts at ``i``, index of the next clause)."""
        r, hi = self.r, self.hi
        for j in range(i + 1, hi):
            speaking = self.in_speech(j)
            if speaking:
                if r.norm(j) in SENTENCE_ENDS and j - i >= 2 and not self.decimal(j):
                    return j, j + 1
                if self.leaves_unclosed(j):
                    return j, j
            else:
                stop = self.outside_speech(i, j)
                if stop is not None:
                    return stop
            if j - i >= 2 and self.bounds.at(i, j, self.frame is not None, speaking):
                return j, j
        return hi, hi

    def leaves_unclosed(self, j: int) -> bool:
        """ "…, adding that" behind a quotation that was never closed."""
        r, speech = self.r, self.speech
        if (
            speech is None
            or r.norm(j - 1) not in COMMAS
            or r.text[speech.end : speech.end + 1] in CLOSERS
        ):
            return False
        if participle_at(r, j, self.hi) is None:
            return False
        self.speech = None
        return True

    def outside_speech(self, begin: int, j: int) -> tuple[int, int] | None:
        r, hi = self.r, self.hi
        if self.speech is not None and r.tokens[j].start == self.speech.end:
            return self.behind_speech(j)
        source = source_behind(r, self.bounds, begin, j)
        if source is not None:
            self.pending, end = source
            return j, end
        if j - begin >= 2 and participle_at(r, j, hi) is not None:
            return j, j
        if j - begin >= 2 and denials.behind(r, j, hi) is not None:
            return j, j
        if r.norm(j) in _FULL_STOPS and j + 1 < hi and not self.decimal(j):
            because = r.norm(j + 1).startswith("لان")
            if not because and not (r.norm(j) == "؛" and r.bare(j + 1) == "ذلك"):
                return j, j + 1
        if r.norm(j) == ":" and self.frame is not None and r.quote_at(j + 1) is not None:
            # What was reported is followed by its quotation.
            self.speech = self.speech_from(min(j + 2, hi - 1))
            return (j, j + 2) if self.speech is not None else None
        told = nominal_at(r, j, hi) if j - begin >= 2 and self.speech is None else None
        if told is not None:
            frame, content = told
            if frame.claimant is None:
                frame.claimant = self.subject_of(begin, j)
            self.then = frame
            return j, content
        accused = accusation(r, j, hi) if self.answers(begin, j) else None
        if accused is not None:
            cue, accuser, content = accused
            end = next((k for k in range(content, hi) if r.bare(k) in participles()), hi)
            self.answered = self.tell(cue, accuser, content, end)
            region = Span(r.tokens[j].start, r.tokens[end - 1].end)
            self.then, self.dropped = Frame(None, self.subject_of(begin, j), region), True
            return j, end
        return None

    def answers(self, begin: int, j: int) -> bool:
        """ "answered the accusation that": the clause only leads to what is said to it."""
        r = self.r
        if r.norm(j - 1) != "على" or r.bare(begin) not in {"رد", "ردت", "علق", "علقت"}:
            return False
        return r.norm(j).removeprefix("ال") in m.normal_words("accusation_nouns")

    def subject_of(self, begin: int, j: int) -> Span | None:
        verb_first = self.r.is_verb(begin, at_head=True)
        if self.frame is not None and not verb_first:
            return self.frame.claimant
        return name(self.r, begin + 1 if verb_first else begin, j)

    def decimal(self, j: int) -> bool:
        tokens = self.r.tokens
        joined = j + 1 < len(tokens) and tokens[j + 1].start == tokens[j].end
        return joined and tokens[j + 1].norm[:1].isdecimal()

    def behind_speech(self, j: int) -> tuple[int, int] | None:
        """The quotation ends at ``j``: does the clause end with it?"""
        r = self.r
        following = j + 1
        if following >= self.hi:
            return j, self.hi
        word = r.norm(following)
        if word in COMMAS | SENTENCE_ENDS or r.joined(following) or word in participles():
            return j, following
        short = any(
            r.norm(k) in COMMAS | SENTENCE_ENDS
            for k in range(following, min(self.hi, following + 7))
        )
        attached = word in m.normal_words("prepositions") and word not in {"دون", "بدون"}
        return None if attached and short else (j, following)

    # -- what comes out --------------------------------------------------------------------

    def tell_accusation(self, lo: int, hi: int, denial: Piece) -> None:
        """A denial that tells what it denies holds the other party's claim."""
        told = accusation(self.r, lo, hi)
        if told is not None:
            denial.contains = self.tell(*told, hi)

    def tell_untrue(self, lo: int, hi: int, denial: Piece) -> None:
        """ "what was written about the closing of the port is untrue": the closing is a claim."""
        false = denials.called_false(self.r, lo, hi) if denial.contains is None else None
        if false is None:
            return
        told = denials.told_false(self.r, lo, hi, false)
        if told is not None:
            denial.contains = self.tell(*told)
        elif denials.of_words(self.r, lo, false):
            denial.features.add("of_words")

    def tell(self, cue: Span, accuser: Span | None, lo: int, hi: int) -> Piece | None:
        i, _ = self.skip_conjunctions(lo)
        if i >= hi:
            return None
        # "accusations of shelling": without the ب
        start = self.r.tokens[i].start + (1 if clinging(self.r, i) else 0)
        span = trimmed(self.r, Span(start, self.r.tokens[hi - 1].end))
        if span is None:
            return None
        piece = Piece(span, Frame(cue, accuser, Span(cue.start, span.start)))
        piece.features |= {"event", "accusation"}
        self.found.append(piece)
        return piece

    def wants(self, lo: int) -> bool:
        """ "It is for the government to …", "we do not …": what somebody must or means to do."""
        r = self.r
        if r.norm(lo) == "على" and self.frame is not None:
            return r.norm(lo + 2) == "ان" or is_masdar(r.norm(lo + 2))
        return r.norm(lo) == "نحن" and any(
            r.norm(k)[:1] == "ن" and m.is_imperfect(r.norm(k)) for k in (lo + 1, lo + 2)
        )

    def emit(self, lo: int, hi: int) -> Piece | None:
        r = self.r
        frame, self.pending = self.pending or self.frame, None
        dropped, self.dropped = self.dropped, False
        if self.then is not None:
            self.frame, self.then = self.then, None
        if dropped or (frame is None and self.found and self.bounds.loose_end(lo, hi)):
            return None
        hi = r.within_marks(lo, hi)
        span = trimmed(r, Span(r.start(lo), r.tokens[hi - 1].end)) if hi > lo else None
        if span is None:
            return None
        self.told = (lo, hi) if frame is None else None
        piece = Piece(span, frame)
        head = r.bare(lo)
        attitude = frame is not None and m.without_pronoun(head) in m.normal_words("attitudes")
        asserted = frame is None or frame.stance == "asserts"
        if asserted and r.norm(lo - 1) not in NEGATIONS:
            calls = head in m.forms("positions") and head not in _NO_CALLS
            piece.position = calls or attitude or self.wants(lo)
            acts = calls or head in m.forms("acts_of_speech") or stance_of(head) is not None
            if frame is None and acts:
                piece.subject = name(r, lo + 1, hi, two_objects=calls)
            expects = (
                head in m.forms("expecting")
                or head in m.normal_words("expectations")
                or (head == "من" and r.norm(lo + 1) in m.normal_words("expectations"))
            )
            if expects:
                piece.features.add("expected")
        if frame is not None and frame.cue is not None:
            cue = m.normal(r.slice(frame.cue))
            if cue in m.forms("expecting") or cue.startswith(("متوقع", "مرجح", "مستبعد")):
                piece.features.add("expected")
        self.found.append(piece)
        return piece
