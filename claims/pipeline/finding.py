"""The words by which a claim is found again, kept in step with what it says.

Triggers note every claim whose words may have changed (`WordsDue`), whoever changed them: its
statement, who takes a position on it or on a member of its cluster, their names, its article's title
and outlets. Here the notes are worked off: words written anew, notes taken away, in one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import Max

from claims.languages.anywhere import words_anywhere
from claims.models import (
    Appearance,
    Claim,
    Claimant,
    ClaimantName,
    ClaimWords,
    ClusterMember,
    Position,
    WordsDue,
)

BATCH = 200
# A statement may be a page long; more words than these find nothing that fewer do not.
WORDS = 1500


def is_due() -> bool:
    return WordsDue.objects.exists()


def write_due(most: int = BATCH) -> int:
    """Writes the words of the claims that were noted first, at most so many notes; gives how many
    notes were dealt with."""
    with transaction.atomic():
        notes = list(
            WordsDue.objects.select_for_update(skip_locked=True)
            .order_by("pk")
            .values_list("pk", "claim_id")[:most]
        )
        WordsDue.objects.filter(pk__in=[pk for pk, _claim in notes]).delete()
        claims = {claim for _pk, claim in notes}
        # Whoever finds the head of a cluster finds it by its members' claimants, too.
        heads = ClusterMember.objects.filter(claim__in=claims).values_list("head", flat=True)
        _write(claims | set(heads))
    return len(notes)


def rebuild(progress: Callable[[int], None] = lambda claims: None) -> int:
    """Writes the words of all claims, a batch a transaction; gives how many. `progress` is told how
    many were written since it was last told."""
    written = 0
    upto = Claim.objects.aggregate(newest=Max("pk"))["newest"] or 0
    reached = 0
    while reached < upto:
        following = Claim.objects.filter(pk__gt=reached, pk__lte=upto).order_by("pk")
        batch = list(following.values_list("pk", flat=True)[:BATCH])
        if not batch:
            break
        with transaction.atomic():
            _write(batch)
        reached = batch[-1]
        written += len(batch)
        progress(len(batch))
    return written


def _write(claims: Iterable[int]) -> None:
    # Locked, so that of two who write the words of a claim the later one has read the newer ones.
    rows = list(
        Claim.objects.select_for_update(no_key=True)
        .filter(pk__in=set(claims))
        .order_by("pk")
        .values_list("pk", "statement", "article_id", "article__title")
    )
    found = [pk for pk, *_rest in rows]
    said = _speakers(found)
    printed = _outlets({article for _pk, _statement, article, _title in rows})
    ClaimWords.objects.bulk_create(
        [
            ClaimWords(claim_id=pk, folded=folded([statement, *said[pk], title, *printed[article]]))
            for pk, statement, article, title in rows
        ],
        update_conflicts=True,
        unique_fields=["claim"],
        update_fields=["folded"],
    )


def folded(texts: Sequence[str]) -> str:
    """Each word once, with a space on either side: a word is looked for with its spaces."""
    words = dict.fromkeys(word for text in texts for word in words_anywhere(text))
    return " ".join(["", *list(words)[:WORDS], ""])


def _speakers(claims: Sequence[int]) -> dict[int, list[str]]:
    """Claim → the names, in all languages, of everybody who takes a position on it or on a member
    of its cluster, and who reported it."""
    heads = dict(ClusterMember.objects.filter(head__in=claims).values_list("claim", "head"))
    wanted = {*claims, *heads}
    positions = list(
        Position.objects.filter(claim__in=wanted)
        .order_by("pk")
        .values_list("claim", "claimant", "via")
    )
    names = _names({claimant for _claim, claimant, _via in positions if claimant})
    said: dict[int, list[str]] = defaultdict(list)
    for claim, claimant, via in positions:
        words = [*names.get(claimant or 0, []), via]
        for one in {claim, heads.get(claim, claim)}:
            said[one] += words
    return said


def _names(claimants: set[int]) -> dict[int, list[str]]:
    """Claimant → its own name, its other names, and those of the rows it was merged with."""
    rows = list(Claimant.objects.filter(pk__in=claimants).values_list("pk", "merged_into"))
    stands_for = {pk: into or pk for pk, into in rows}
    roots = set(stands_for.values())
    party: dict[int, set[int]] = {root: {root} for root in roots}
    merged = Claimant.objects.filter(merged_into__in=roots).values_list("pk", "merged_into")
    for pk, into in merged:
        party[into or pk].add(pk)
    everybody = set().union(*party.values()) if party else set()
    names: dict[int, list[str]] = defaultdict(list)
    for pk, name in Claimant.objects.filter(pk__in=everybody).values_list("pk", "name"):
        names[pk].append(name)
    others = ClaimantName.objects.filter(claimant__in=everybody)
    for pk, name in others.order_by("pk").values_list("claimant", "name"):
        names[pk].append(name)
    return {
        pk: [name for one in sorted(party[root]) for name in names[one]]
        for pk, root in stands_for.items()
    }


def _outlets(articles: set[int]) -> dict[int, list[str]]:
    printed: dict[int, list[str]] = defaultdict(list)
    seen = Appearance.objects.filter(article__in=articles, outlet__isnull=False).order_by("pk")
    for article, name in seen.values_list("article", "outlet__name"):
        printed[article].append(name)
    return printed
