"""Arabic clauses: where, inside a sentence, one proposition ends and the next begins."""

from claims.languages.ar import morphology as m
from claims.languages.ar.frames import (
    Match,
    frame_at,
    is_complementiser,
    participle_at,
    source_of,
    stance_of,
)
from claims.languages.ar.names import name, participles
from claims.languages.ar.reading import (
    CLOSERS,
    COMMAS,
    EDGES,
    NEGATIONS,
    OPENERS,
    RELATIVES,
    SENTENCE_ENDS,
    SUBJUNCTIVES,
    Reading,
)
from claims.languages.shapes import Frame, Piece, Quote, Span

_ADVERSATIVES = frozenset(
    {"لكن", "ولكن", "لكنه", "لكنها", "لكنهم", "ولكنه", "ولكنها", "لكنني", "ولكنهم"}
)
_TWO_WORD_ADVERSATIVES = frozenset({"غير", "الا", "بيد"})
_BACKGROUND = frozenset({"حيث", "اذ", "فيما", "بينما"})
_OPENING_PARTICLES = frozenset(
    {
        "لا",
        "لم",
        "لن",
        "ليس",
        "ليست",
        "هناك",
        "ثمة",
        "لدينا",
        "لديها",
        "لديه",
        "لديهم",
        "سوف",
        "قد",
        "لقد",
        "مازال",
        "مازالت",
        "انه",
        "انها",
        "انهم",
        "ان",
        "بانه",
        "بان",
        "بانها",
    }
)
_EXPECTATIONS = frozenset(
    {
        "المتوقع",
        "المقرر",
        "المنتظر",
        "المرجح",
        "المفترض",
        "المرتقب",
        "المؤمل",
        "الواضح",
        "الضروري",
        "المحتمل",
        "الممكن",
    }
)
_TIME_HEADS = frozenset({"في", "بعد", "قبل", "خلال", "منذ", "عن", "على", "مع", "عقب", "لدى", "رغم"})


def pieces(reading: Reading, lo: int, hi: int) -> list[Piece]:
    """The candidate claims among the tokens ``lo..hi``, one sentence, in the order of the text."""
    return _Sentence(reading, lo, hi).read()


class _Sentence:
    def __init__(self, reading: Reading, lo: int, hi: int) -> None:
        self.r, self.lo, self.hi = reading, lo, hi
        self.found: list[Piece] = []
        self.frame: Frame | None = None
        self.speech: Quote | None = None  # the quotation that the frame introduced

    def read(self) -> list[Piece]:
        i = self.lo
        while i < self.hi:
            i = self.clause(i)
        return self.found

    # -- one clause ------------------------------------------------------------------------

    def clause(self, i: int) -> int:
        """Read the clause that starts at ``i`` and return where the next one starts."""
        r, hi = self.r, self.hi
        i, adversative = self.skip_conjunctions(i)
        if i >= hi:
            return hi
        match = None
        if not self.in_speech(i):
            if self.speech is not None and r.tokens[i].start >= self.speech.end:
                self.frame, self.speech = None, None
            match = participle_at(r, i, hi) or frame_at(r, i, hi)
        if match is not None:
            return self.framed(match)
        if adversative and self.frame is not None and self.untold(i):
            self.frame = None
        begin = i
        end, following = self.extent(i)
        self.emit(begin, end)
        return following

    def framed(self, match: Match) -> int:
        """Read what a frame introduces."""
        r = self.r
        frame, i = match.frame, match.content
        before = self.frame
        if frame.subjectless and self.found and frame.claimant is None and before is None:
            frame.claimant = self.found[-1].subject
        if frame.subjectless and frame.claimant is None and before is not None:
            # A participle goes on for the one who speaks in this sentence.
            frame.claimant, frame.subjectless = before.claimant, before.subjectless
        self.frame = frame
        quote = self.speech_from(i)
        self.speech = quote
        if quote is None and not match.names_report:
            inner = frame_at(r, i, self.hi) if not match.keeps_verb else None
            if inner is not None and inner.frame.claimant is not None and not inner.names_report:
                inner.frame.outer = frame
                inner.frame.region = Span(frame.region.start, inner.frame.region.end)
                self.frame = inner.frame
                i = inner.content
                self.speech = self.speech_from(i)
        end, following = self.extent(i)
        piece = self.emit(i, end)
        if piece is not None:
            piece.names_report = match.names_report
            piece.position = match.keeps_verb and not match.names_report
            if frame.stance == "denies" and not match.names_report:
                self.told_accusation(i, end, piece)
        return following

    def speech_from(self, i: int) -> Quote | None:
        """The quotation that starts right before the token ``i`` or with it."""
        start = self.r.tokens[i].start if i < self.hi else -1
        for quote in self.r.quotes_around(start):
            head = self.r.text[quote.start : start]
            if len(head) < 12 and len(head.split()) <= 1:
                return quote
        return None

    def in_speech(self, i: int) -> bool:
        return self.speech is not None and self.r.tokens[i].start < self.speech.end

    def untold(self, i: int) -> bool:
        """ "gave no details": the article speaks, not the party it reports on."""
        r = self.r
        return r.bare(i) == "لم" and r.norm(i + 1).lstrip("يت")[:4] in {
            m.normal(word).lstrip("يت")[:4] for word in m.normal_words("untold")
        }

    # -- conjunctions ----------------------------------------------------------------------

    def skip_conjunctions(self, i: int) -> tuple[int, bool]:
        r, hi, adversative = self.r, self.hi, False
        while i < hi:
            word = r.bare(i)
            if not r.tokens[i].is_word:
                if word in OPENERS and r.quote_at(i) is not None and not self.in_speech(i):
                    break
                i += 1
            elif word in _ADVERSATIVES:
                adversative = True
                i += 1
            elif word in _TWO_WORD_ADVERSATIVES and r.norm(i + 1) in {"ان", "انه", "انها", "انهم"}:
                adversative = True
                i += 2
            elif word == "كما" and (
                r.is_verb(i + 1, at_head=True) or r.norm(i + 1) in NEGATIONS | {"ان", "قد", "انه"}
            ):
                i += 1
                if r.norm(i) in {"ان", "انه"} and i + 1 < hi:
                    i += 1
            elif word in {"ثم", "قد", "لقد", "كذلك"} or word in {"حيث", "اذ"}:
                i += 1
            elif word == "في" and r.norm(i + 1) == "حين":
                i += 2
            elif word == "فيما" and r.is_verb(i + 1, at_head=True):
                i += 1
            elif word in {"من", "ومن"} and r.norm(i + 1) in {
                "جهة",
                "جانبه",
                "جهته",
                "جانبها",
                "جهتها",
                "ناحية",
            }:
                i += 2
                if r.norm(i) in {"ثانية", "اخرى", "اخري", "ثالثة"}:
                    i += 1
            elif word in m.normal_words("article_voice"):
                behind = self.behind_article_voice(i)
                if behind is None:
                    break
                self.frame, i = None, behind
            elif (
                is_complementiser(word)
                and i > self.lo
                and (self.frame is not None)
                and r.is_verb(i + 1, at_head=True)
            ) or (is_complementiser(word) and word in {"ان", "بان"}):
                i += 1
            else:
                break
        return i, adversative

    def behind_article_voice(self, i: int) -> int | None:
        for j in range(i + 1, min(self.hi, i + 8)):
            if is_complementiser(self.r.norm(j)):
                return j + 1
        return None

    # -- the end of a clause ---------------------------------------------------------------

    def extent(self, i: int) -> tuple[int, int]:
        """(index behind the clause that starts at ``i``, index of the next clause)."""
        r, hi = self.r, self.hi
        begin, j = i, i + 1
        if r.quote_at(i) is not None and self.speech is None:
            j = i + 1
        while j < hi:
            speaking = self.in_speech(j)
            if self.speech is not None and not speaking and r.tokens[j].start == self.speech.end:
                stop = self.behind_speech(j)
                if stop is not None:
                    return stop
            if speaking:
                if r.norm(j) in SENTENCE_ENDS and j - begin >= 2 and not self.decimal(j):
                    return j, j + 1
            else:
                trailing = self.trailing(begin, j)
                if trailing is not None:
                    return trailing
                if participle_at(r, j, hi) is not None and j - begin >= 2:
                    return j, j
                if (
                    r.norm(j) in {".", "!", "؟", "?", "؛", "…"}
                    and j + 1 < hi
                    and not self.decimal(j)
                ):
                    return j, j + 1
            if j - begin >= 2 and self.boundary(begin, j):
                return j, j
            j += 1
        return hi, hi

    def decimal(self, j: int) -> bool:
        tokens = self.r.tokens
        return (
            j + 1 < len(tokens)
            and tokens[j + 1].start == tokens[j].end
            and tokens[j + 1].norm[:1].isalnum()
        )

    def behind_speech(self, j: int) -> tuple[int, int] | None:
        """The quotation ends at ``j``: does the clause end with it?"""
        r = self.r
        following = j + 1
        if following >= self.hi:
            return j, self.hi
        word = r.norm(following)
        if word in COMMAS | SENTENCE_ENDS or r.joined(following) or word in participles():
            return j, following
        if word in m.normal_words("prepositions") and self.rest_is_short(following):
            return None
        return j, following

    def rest_is_short(self, i: int) -> bool:
        return any(self.r.norm(j) in COMMAS | SENTENCE_ENDS for j in range(i, min(self.hi, i + 7)))

    def trailing(self, begin: int, j: int) -> tuple[int, int] | None:
        """… كما أعلنت كييف; …، بحسب الوزارة: the source stands behind what it says."""
        r, hi = self.r, self.hi
        word = r.norm(j)
        if j - begin < 3:
            return None
        if (
            word == "كما"
            and stance_of(r.norm(j + 1)) == "asserts"
            and not m.is_imperfect(r.norm(j + 1))
        ):
            end = next(
                (k for k in range(j + 2, min(hi, j + 12)) if r.norm(k) in COMMAS | SENTENCE_ENDS),
                hi,
            )
            claimant = name(r, j + 2, end)
            if claimant is None:
                return None
            self.attribute(
                begin,
                j,
                Frame(
                    Span(*_token(r, j + 1)),
                    claimant,
                    Span(r.tokens[j].start, r.tokens[end - 1].end),
                ),
            )
            return self.attributed_end(j, end)
        if word in m.normal_words("according") and r.bare(j) == word:
            after_comma = r.norm(j - 1) in COMMAS or r.norm(j - 1) in CLOSERS
            own = r.norm(j + 1) in m.normal_words("own_saying")
            found = source_of(r, j, hi)
            if found is None:
                return None
            frame, end = found
            last = end >= hi or r.norm(end) in COMMAS | SENTENCE_ENDS
            if not (own or (after_comma and last) or (last and self.speaks(frame))):
                return None
            self.attribute(begin, j, frame)
            return self.attributed_end(j, end)
        if (
            r.norm(j - 1) in COMMAS
            and stance_of(word) == "asserts"
            and word not in m.normal_words("ambiguous")
        ):
            end = next((k for k in range(j + 1, min(hi, j + 14)) if r.norm(k) in SENTENCE_ENDS), hi)
            if end - j <= 10 and not any(
                is_complementiser(r.norm(k)) or r.norm(k) == ":" for k in range(j, end)
            ):
                claimant = name(r, j + 1, end)
                if claimant is not None:
                    self.attribute(
                        begin,
                        j,
                        Frame(
                            Span(*_token(r, j)),
                            claimant,
                            Span(r.tokens[j].start, r.tokens[end - 1].end),
                        ),
                    )
                    return self.attributed_end(j, end)
        return None

    def attributed_end(self, j: int, end: int) -> tuple[int, int]:
        return (j, end)

    def attribute(self, begin: int, j: int, frame: Frame) -> None:
        """Give the clause being read a source that stands behind it, and forget the source after it."""
        self.pending = frame

    pending: Frame | None = None

    def speaks(self, frame: Frame) -> bool:
        if frame.claimant is None:
            return True
        words = [m.normal(word) for word in self.r.slice(frame.claimant).split()]
        roles = m.normal_words("roles")
        return any(
            word in roles or word.removeprefix("ال") in roles or word.removeprefix("لل") in roles
            for word in words[:2]
        )

    def boundary(self, begin: int, j: int) -> bool:
        """Whether a new main clause begins with the token ``j``."""
        r = self.r
        word, bare = r.norm(j), r.bare(j)
        if not r.tokens[j].is_word:
            return False
        after_comma = r.norm(j - 1) in COMMAS
        if word in _ADVERSATIVES or bare in _ADVERSATIVES:
            return True
        if (
            bare in _TWO_WORD_ADVERSATIVES
            and r.norm(j + 1) in {"ان", "انه", "انها", "انهم"}
            and (after_comma or r.joined(j) or bare != "الا")
        ):
            return True
        if bare == "الا" and r.norm(j + 1) in {"ان", "انه", "انها"} and self.has_verb(begin, j):
            return True
        if (
            word == "كما"
            and after_comma
            and (r.is_verb(j + 1, at_head=True) or r.norm(j + 1) in {"ان", "لم", "انه"})
        ):
            return not self.parenthetical(j)
        if (
            word == "في"
            and r.norm(j + 1) == "حين"
            and (
                r.is_verb(j + 2, at_head=True)
                or r.norm(j + 2) in NEGATIONS
                or self.verb_within(j + 2, 3)
            )
        ):
            return True
        if word in _BACKGROUND and self.has_verb(begin, j):
            if frame_at(r, j + 1, self.hi) is not None and word != "بينما":
                return True
            if word == "حيث":
                return after_comma and r.is_verb(j + 1) and not m.is_imperfect(r.norm(j + 1))
            return word == "فيما" and after_comma and self.verb_within(j + 1, 3)
        if word == "ثم" and r.is_verb(j + 1):
            return self.has_verb(begin, j)
        if not r.joined(j):
            return False
        return self.joined_boundary(begin, j)

    def joined_boundary(self, begin: int, j: int) -> bool:
        """و or ف with the word at ``j``: a new clause, or one more item of a list?"""
        r = self.r
        bare, following = r.bare(j), r.norm(j + 1)
        if bare in _TIME_HEADS and self.adverbial_then_verb(j):
            return True
        if (
            bare in m.normal_words("according")
            and not self.in_speech(j)
            and frame_at(r, j, self.hi) is not None
        ):
            return True
        if not self.has_verb(begin, j) and not self.nominal(begin, j):
            return False
        if bare in {"ما", "مازال", "مازالت", "لا"} and following in {
            "زال",
            "زالت",
            "زالوا",
            "يزال",
            "تزال",
            "يزالون",
        }:
            return True
        if bare == "لا":
            return (
                m.is_imperfect(following) and not self.subordinate(begin, j, following)
            ) or following in {"احد", "يوجد"}
        if bare == "ليس":
            return r.is_verb(j + 1) or following in {"هناك", "لديه", "لدى", "من"}
        if bare in {"ان", "انه", "انها", "انهم", "بان", "بانه"}:
            return self.content_coordinate(begin, j)
        if bare in _OPENING_PARTICLES:
            return True
        if bare == "من" and following in _EXPECTATIONS:
            return True
        if bare in m.normal_words("subject_pronouns"):
            return bare not in {"هو", "هي"} or (r.is_verb(j + 1) and r.norm(j - 1) not in COMMAS)
        if r.is_verb(j):
            return not self.subordinate(begin, j, bare)
        if (
            bare in m.normal_words("ambiguous")
            and self.in_past(begin, j)
            and (following.startswith("ال") or not following)
        ):
            return r.norm(j - 1) in COMMAS | CLOSERS
        ahead = next(
            (
                k
                for k in range(j + 1, min(self.hi, j + 4))
                if r.norm(k) in {"لن", "لم", "سوف", "ليس", "ليست", "قد"} or m.is_future(r.norm(k))
            ),
            None,
        )
        return ahead is not None and not any(
            r.norm(k) in RELATIVES or r.norm(k) in COMMAS for k in range(j, ahead)
        )

    def content_coordinate(self, begin: int, j: int) -> bool:
        """ "that A and that B" under one frame; not "that he come and that he go"."""
        if self.frame is None:
            return False
        return not m.is_imperfect(self.r.norm(j + 1)) or self.r.bare(j) != "ان"

    def subordinate(self, begin: int, j: int, verb: str) -> bool:
        """The verb at ``j`` goes on a relative or a purpose clause instead of the main one."""
        r = self.r
        if m.is_future(verb) or not m.is_imperfect(verb):
            return False
        for k in range(j - 1, begin - 1, -1):
            word = r.bare(k)
            if r.is_verb(k) or (word[:1] == "ل" and m.is_imperfect(word[1:])):
                if word[:1] == "ل" and not m.is_verb(word):
                    return True
                before = r.norm(k - 1)
                if not m.is_imperfect(word) or m.is_future(word):
                    return False
                governed = before in SUBJUNCTIVES - {"بان"} and k - 1 >= begin
                return governed or self.relative_before(begin, k)
        return False

    def relative_before(self, begin: int, k: int) -> bool:
        """A relative pronoun, or an indefinite noun, governs the verb at ``k``."""
        return any(self.r.norm(x) in RELATIVES for x in range(max(begin, k - 3), k))

    def has_verb(self, begin: int, j: int) -> bool:
        r = self.r
        return any(
            r.is_verb(k, at_head=k == begin) or r.norm(k) in NEGATIONS for k in range(begin, j)
        )

    def in_past(self, begin: int, j: int) -> bool:
        return self.has_verb(begin, j)

    def nominal(self, begin: int, j: int) -> bool:
        """A clause without a verb: subject and predicate, as after a complementiser."""
        r = self.r
        if self.frame is None and begin != self.lo:
            return j - begin >= 4
        return j - begin >= 3 and (
            r.bare(begin).startswith("ال")
            or r.bare(begin) in {"هناك", "ثمة", "هذا", "هذه"}
            or self.frame is not None
        )

    def verb_within(self, i: int, reach: int) -> bool:
        return any(self.r.is_verb(k, at_head=True) for k in range(i, min(self.hi, i + reach)))

    def parenthetical(self, j: int) -> bool:
        """ "as Obama claims": a comparison, not a clause."""
        return (
            stance_of(self.r.norm(j + 1)) is not None and frame_at(self.r, j + 1, self.hi) is None
        )

    def adverbial_then_verb(self, j: int) -> bool:
        """وفي الأسبوع الماضي، ذكرت …: a new sentence opens with an adverbial."""
        r = self.r
        for k in range(j + 1, min(self.hi, j + 14)):
            word = r.norm(k)
            if word in SENTENCE_ENDS:
                return False
            if word in COMMAS:
                return r.is_verb(k + 1, at_head=True) and not r.joined(k + 1)
            if (
                stance_of(word) == "asserts"
                and word not in m.normal_words("ambiguous")
                and not r.joined(k)
                and k - j >= 2
            ):
                return frame_at(r, k, self.hi) is not None
        return False

    # -- what comes out --------------------------------------------------------------------

    def told_accusation(self, lo: int, hi: int, denial: Piece) -> None:
        """A denial that tells what it denies: "rejected the claim of X that Y" holds X's claim Y."""
        r = self.r
        nouns = m.normal_words("accusation_nouns")
        for i in range(lo, hi):
            word = r.norm(i).removeprefix("ال")
            if word in nouns:
                for j in range(i + 1, min(hi, i + 10)):
                    if is_complementiser(r.norm(j)) and j + 1 < hi:
                        claimant = name(r, i + 1, j)
                        self.nested(denial, Span(*_token(r, i)), claimant, j + 1, hi)
                        return
            if word == "ما" and r.is_verb(i + 1):
                about = next(
                    (
                        k
                        for k in range(i + 2, min(hi, i + 9))
                        if r.norm(k) in {"من", "عن", "حول", "بشان"}
                    ),
                    None,
                )
                if about is not None and about + 1 < hi:
                    self.nested(
                        denial, Span(*_token(r, i + 1)), name(r, i + 2, about), about + 1, hi
                    )
                    return

    def nested(self, denial: Piece, cue: Span, claimant: Span | None, lo: int, hi: int) -> None:
        span = trimmed(self.r, Span(self.r.tokens[lo].start, self.r.tokens[hi - 1].end))
        if span is not None:
            told = Piece(span, Frame(cue, claimant, Span(cue.start, span.start)))
            denial.contains = told
            self.found.append(told)

    def emit(self, lo: int, hi: int) -> Piece | None:
        r = self.r
        frame, self.pending = self.pending or self.frame, None
        if hi <= lo:
            return None
        span = trimmed(r, Span(r.start(lo), r.tokens[hi - 1].end))
        if span is None:
            return None
        piece = Piece(span, frame)
        if frame is None or frame.stance == "asserts":
            head = r.bare(lo)
            if head in m.forms("positions") and (frame is None or r.is_verb(lo, at_head=True)):
                piece.position = True
                if frame is None:
                    piece.subject = name(r, lo + 1, hi, two_objects=True)
            elif frame is None and head in m.forms("acts_of_speech"):
                piece.subject = name(r, lo + 1, hi, two_objects=True)
        if frame is None and stance_of(r.bare(lo)) is not None:
            piece.subject = name(r, lo + 1, hi)
        self.found.append(piece)
        return piece


def _token(reading: Reading, i: int) -> tuple[int, int]:
    return reading.start(i), reading.tokens[i].end


def trimmed(reading: Reading, span: Span) -> Span | None:
    """The span without edge punctuation, and without quotation marks that only enclose it."""
    text, (start, end) = reading.text, span
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and (text[start] in EDGES or not text[start].isprintable()):
            start += 1
        while end > start and (text[end - 1] in EDGES or not text[end - 1].isprintable()):
            end -= 1
        if start < end and text[start] in OPENERS:
            partner = next(
                (q.end for q in reading.quotes_around(start + 1) if q.start == start + 1), None
            )
            if text[start] in "([":
                partner = text.find(")" if text[start] == "(" else "]", start, end)
                if partner == -1 or partner == end - 1:
                    start += 1
            elif partner is None or partner >= end - 1:
                start += 1
        if end > start and text[end - 1] in CLOSERS:
            opening = next(
                (q.start - 1 for q in reading.quotes_around(end - 2) if q.end == end - 1), None
            )
            if text[end - 1] in ")]":
                if text.find("(" if text[end - 1] == ")" else "[", start, end) == -1:
                    end -= 1
            elif opening is None or opening <= start:
                end -= 1
        changed = (start, end) != before
    return Span(start, end) if end > start else None
