"""What a newer version of an article says otherwise than the older one: its claims and its text."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.admin.word_diff import Segment, compare, tokens
from claims.models import Article, Claim

# Two statements that share this much of their words are one that was changed.
SIMILAR = 0.5
# Comparing every gone one with every new one is quadratic; beyond this they are only listed.
MOST_PAIRS = 10_000
# Pairs of words that are compared in all changed passages together.
MOST_WORDS = 6_000_000


@dataclass(frozen=True)
class Passage:
    """Paragraphs that were changed, or (`same`) how many between two such stayed as they were."""

    segments: list[Segment]
    same: int = 0


@dataclass(frozen=True)
class ChangedClaim:
    before: Claim
    after: Claim
    segments: list[Segment]


@dataclass(frozen=True)
class Changes:
    """`gone_on`: claims of the newer version, each with the claim it goes on from."""

    gone_on: list[Claim]
    changed: list[ChangedClaim]
    gone: list[Claim]
    new: list[Claim]
    passages: list[Passage]


def between(old: Article, new: Article) -> Changes:
    before = list(old.claims.order_by("pk"))
    after = list(new.claims.select_related("carried_from").order_by("pk"))
    roots = {claim.carried_from_id for claim in after if claim.carried_from_id}
    gone = [claim for claim in before if (claim.carried_from_id or claim.pk) not in roots]
    come = [claim for claim in after if claim.carried_from_id is None]
    changed = _changed(gone, come)
    paired = {claim.pk for pair in changed for claim in (pair.before, pair.after)}
    return Changes(
        gone_on=[claim for claim in after if claim.carried_from_id],
        changed=changed,
        gone=[claim for claim in gone if claim.pk not in paired],
        new=[claim for claim in come if claim.pk not in paired],
        passages=passages(old.text, new.text),
    )


def _changed(gone: list[Claim], come: list[Claim]) -> list[ChangedClaim]:
    """The most alike first, each claim once; in the order of the newer text."""
    if len(gone) * len(come) > MOST_PAIRS:
        return []
    words = {claim.pk: tokens(claim.statement) for claim in (*gone, *come)}
    alike = sorted(
        (
            (-SequenceMatcher(None, words[a.pk], words[b.pk], autojunk=False).ratio(), i, k)
            for i, a in enumerate(gone)
            for k, b in enumerate(come)
        ),
    )
    left, right = set(range(len(gone))), set(range(len(come)))
    pairs = []
    for likeness, i, k in alike:
        if -likeness >= SIMILAR and i in left and k in right:
            left.discard(i)
            right.discard(k)
            pairs.append((k, i))
    return [
        ChangedClaim(gone[i], come[k], compare(gone[i].statement, come[k].statement))
        for k, i in sorted(pairs)
    ]


def passages(before: str, after: str) -> list[Passage]:
    """Paragraph by paragraph, so that a long article costs what was changed in it."""
    old, new = before.split("\n"), after.split("\n")
    left = MOST_WORDS
    found: list[Passage] = []
    for operation, i1, i2, k1, k2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            found.append(Passage([], same=sum(bool(line.strip()) for line in old[i1:i2])))
            continue
        gone, come = "\n".join(old[i1:i2]), "\n".join(new[k1:k2])
        pairs = len(tokens(gone)) * len(tokens(come))
        left -= pairs
        segments = compare(gone, come) if left > 0 else [Segment("del", gone), Segment("ins", come)]
        found.append(Passage([segment for segment in segments if segment.text]))
    return [passage for passage in found if passage.segments or passage.same]
