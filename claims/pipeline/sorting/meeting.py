"""Whether a claim meets the conditions of a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Prefetch

from claims.languages import joined
from claims.models import Appearance, Claim, Match, Rule
from claims.models.claims import ClaimQuerySet

# Between the names of one rule; one of them is enough.
_BETWEEN = re.compile(r"[,،;؛\n]+")


@dataclass(frozen=True)
class Facts:
    """What rules ask about a claim. `texts`: the folded words of its statement, of its article's
    title and of each claimant's names, each as " one two three "."""

    claim: Claim
    texts: tuple[str, ...]
    outlets: frozenset[int]
    contested: bool
    seen_again: bool


def names(words: str) -> list[str]:
    """The names that a rule lists, as they were written."""
    return [name for part in _BETWEEN.split(words) if (name := " ".join(part.split()))]


def gathered(claims: ClaimQuerySet) -> list[Facts]:
    """Eight queries at most, for hundreds of claims as for one."""
    rows = list(
        claims.with_positions()
        .select_related("article")
        .defer("article__text", "article__sentences")
        .prefetch_related(
            Prefetch("article__appearances", queryset=Appearance.objects.only("article", "outlet")),
            "positions__claimant__names",
            "members__claim__positions__claimant__names",
        )
    )
    again = set(
        Match.objects.seen_again()
        .filter(claim__in=[claim.pk for claim in rows])
        .values_list("claim", flat=True)
    )
    return [_facts(claim, claim.pk in again) for claim in rows]


def meets(rule: Rule, facts: Facts) -> bool:
    """Every condition that is set holds."""
    claim = facts.claim
    return (
        (not rule.language or claim.language == rule.language)
        and (rule.outlet_id is None or rule.outlet_id in facts.outlets)
        and (rule.worth_at_least is None or claim.checkworthiness >= rule.worth_at_least)
        and (not rule.contested or facts.contested)
        and (not rule.seen_again or facts.seen_again)
        and (not rule.words or _named(rule.words, facts))
    )


def _named(words: str, facts: Facts) -> bool:
    """Whether one of the names stands in one of the texts (`languages.joined`)."""
    return any(joined.names(name, text) for name in names(words) for text in facts.texts)


def _facts(claim: Claim, again: bool) -> Facts:
    speakers = [p.claimant for p in claim.everybodys if p.claimant is not None]
    texts = [
        claim.statement,
        claim.article.title,
        *[speaker.name for speaker in speakers],
        *[name.name for speaker in speakers for name in speaker.names.all()],
    ]
    return Facts(
        claim=claim,
        texts=tuple({joined.as_words(text) for text in texts}),
        outlets=frozenset(
            seen.outlet_id for seen in claim.article.appearances.all() if seen.outlet_id
        ),
        contested=claim.contested,
        seen_again=again,
    )
