"""What is read off one Turkish sentence, and how its pieces come out."""

from claims.languages.shapes import Frame, Piece, Span
from claims.languages.spans import COMMAS, trimmed
from claims.languages.tr.verbs import Verb, speaking
from claims.languages.tr.words import Reading, is_finite, is_nominal, listed

BUT = frozenset({"ancak", "ama", "fakat", "lakin"})
_EXPECTED = frozenset(
    {
        "beklendiği",
        "beklendiğini",
        "bekleniyor",
        "öngörülüyor",
        "planlandığı",
        "planlanıyor",
        "hedefleniyor",
    }
)
_CALLS = frozenset({"çağırdı", "istedi", "kınadı", "talep", "çağrısında"})
_ASKS = frozenset({"mı", "mi", "mu", "mü", "mıdır", "midir", "mudur", "müdür"})
_ACCUSATIVES = ("ı", "i", "u", "ü", "na", "ne", "nın", "nin", "nun", "nün")


class Sentence:
    """The tokens ``lo..hi`` with the pieces found so far and the party that speaks in them."""

    def __init__(self, reading: Reading, lo: int, hi: int) -> None:
        self.r, self.lo, self.hi = reading, lo, hi
        self.found: list[Piece] = []
        self.claimant: Span | None = None
        self.named = False  # the subject of this sentence has been looked for
        self.contrasted = False  # "X ise …": its subject is set against another

    def verb(self, i: int) -> tuple[int, Verb] | None:
        """(tokens, verb) of a verb of saying, denying or doubting at ``i``."""
        length = self.r.verb_at(i, speaking())
        return (length, speaking()[self.r.term_at(i, length)]) if length else None

    def coordinated(self, lo: int, hi: int, frame: Frame) -> list[Piece]:
        """Nominal clauses joined by "ve" or a comma are claims of their own."""
        r, begin, found = self.r, lo, []
        for i in range(lo, hi):
            if not (r.norm(i) in BUT or r.norm(i) == "ve" or r.norm(i) in COMMAS):
                continue
            told = is_nominal(r.norm(i - 1)) and r.norm(i - 1).endswith(_ACCUSATIVES)
            finite = self.closes(i) and any(is_finite(r.norm(k)) for k in range(i + 1, hi))
            rest = any(is_nominal(r.norm(k)) for k in range(i + 1, hi))
            quote = r.quote_around(r.tokens[i].start)
            inside = quote is not None and quote.end < r.tokens[hi - 1].start
            if i - begin >= 2 and ((told and rest) or finite) and not inside:
                found.append(self.emit(begin, i, frame))
                begin = i + 1
        found.append(self.emit(begin, hi, frame))
        return [piece for piece in found if piece is not None]

    def closes(self, i: int) -> bool:
        """A finite verb stands before the comma or "ve" at ``i``."""
        r, word = self.r, self.r.norm(i - 1)
        if r.text[r.tokens[i - 1].start].isupper() or not is_finite(word):
            return False
        # "öngörülebilir ve kararlı": an adjective
        return not (
            r.norm(i) == "ve" and word.endswith(("labilir", "lebilir", "nabilir", "nebilir"))
        )

    def frame(
        self,
        cue: int,
        length: int,
        claimant: Span | None,
        lo: int,
        hi: int,
        stance: str = "asserts",
    ) -> Frame:
        """A frame whose cue is ``length`` tokens at ``cue``, in the tokens ``lo..hi``."""
        r = self.r
        last = min(cue + length, self.hi) - 1
        region = Span(r.tokens[lo].start, r.tokens[max(lo, min(hi, self.hi) - 1)].end)
        return Frame(Span(r.tokens[cue].start, r.tokens[last].end), claimant, region, stance)

    def emit(self, lo: int, hi: int, frame: Frame | None) -> Piece | None:
        """The tokens ``lo..hi`` as a claim; None where nothing is left or they ask."""
        r = self.r
        while lo < hi and (r.norm(lo) in BUT or r.norm(lo) in COMMAS):
            lo += 1
        if hi <= lo:
            return None
        span = trimmed(r, Span(r.tokens[lo].start, r.tokens[hi - 1].end))
        last = r.norm(hi - 1) if r.tokens[hi - 1].is_word else r.norm(hi - 2)
        if span is None or (last in _ASKS and frame is None):
            return None
        piece = Piece(span, frame)
        if last in _EXPECTED:
            piece.features.add("expected")
        if self.contrasted:
            piece.features.add("contrast")
        if frame is None and last in _CALLS:
            piece.position = True
        self.found.append(piece)
        return piece

    def behind_place(self, content: int, verb: int) -> int:
        """Past "geçen hafta yaptığı konuşmada," between the name and what is said."""
        r = self.r
        for k in range(content, min(verb - 2, content + 10)):
            if r.norm(k) in COMMAS:
                return k + 1 if k - content <= 3 and not is_nominal(r.norm(k - 1)) else content
            if self.is_place(k) and (k - content >= 1 or r.norm(k + 1) in COMMAS):
                return k + 1 + (r.norm(k + 1) in COMMAS)
        return content

    def is_place(self, k: int) -> bool:
        """ "konuşmasında", "açıklamada": where something is said."""
        word = self.r.norm(k).replace("'", "")
        return word.endswith(("da", "de", "ta", "te")) and word.startswith(
            tuple(listed("speech_places"))
        )
