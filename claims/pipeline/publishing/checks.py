"""What stands in the way of publishing, and what would make it better, before the button is pressed.

The properties and which of them are required are Google's for ClaimReview (publishing.md, section
1); the rest is the desk's own. A finding that blocks is also refused by `publish`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from claims.models import Publication, Snapshot, VerdictVersion
from claims.models.addresses import verdict_url
from claims.models.content import CITATION, published_evidence
from claims.pipeline.publishing.markup import document

# Google: "ideally less than 75 characters".
IDEAL_STATEMENT = 75
CONTEXTS = ("https://schema.org", "http://schema.org")
NUMBERS = ("ratingValue", "bestRating", "worstRating")


@dataclass(frozen=True)
class Finding:
    """One thing to mend (`blocks`) or to think about. `what` names the property or part, `todo` says
    what to do, `where` is the part of the desk in which it is done: claim, verdict, evidence, scale
    or operator."""

    what: str
    says: str | Promise
    todo: str | Promise
    where: str
    blocks: bool = False


def findings(publication: Publication) -> list[Finding]:
    """All that can be said of a publication that may be unsaved, what blocks first."""
    try:
        markup = document(publication)
    except ValueError as error:
        broken = Finding(
            "url",
            str(error),
            _("Correct the address where it was entered."),
            "evidence",
            blocks=True,
        )
        found = [broken]
    else:
        found = of_markup(markup, site=settings.SITE_URL)
    return sorted([*found, *of_version(publication.version)], key=lambda one: not one.blocks)


def of_markup(markup: Mapping[str, Any], *, site: str) -> list[Finding]:
    """What Google requires (blocks) and recommends of a ClaimReview document. `site` is the public
    address of the desk, on whose domain the page has to stand."""
    return [*_required(markup, site), *_rating(_node(markup, "reviewRating")), *_advised(markup)]


def of_version(version: VerdictVersion) -> list[Finding]:
    """What the desk asks besides: citations, evidence, and that nothing rests on what was taken back."""
    content = version.content
    numbers = {piece["number"] for piece in content["evidence"]}
    shown = {piece["number"] for piece in published_evidence(content)}
    cited = {int(hit[1]) for hit in CITATION.finditer(content["explanation"])}
    return [
        *_citations(cited, numbers, shown),
        *_taken_back(version),
        *_worn(version),
    ]


def _required(markup: Mapping[str, Any], site: str) -> Iterator[Finding]:
    if markup.get("@context") not in CONTEXTS:
        yield Finding(
            "@context",
            _("The markup does not say that it is schema.org's."),
            _("This is a fault of the installation. Tell whoever runs it."),
            "operator",
            blocks=True,
        )
    if markup.get("@type") != "ClaimReview":
        yield Finding(
            "@type",
            _("The markup is not a ClaimReview."),
            _("This is a fault of the installation. Tell whoever runs it."),
            "operator",
            blocks=True,
        )
    if not _words(markup, "claimReviewed"):
        yield Finding(
            "claimReviewed",
            _("There is no statement of the claim."),
            _("Write the claim in one sentence."),
            "claim",
            blocks=True,
        )
    url = _words(markup, "url")
    if not _is_address(url):
        yield Finding(
            "url",
            _("The page has no address that machines can follow."),
            _("Whoever runs the desk sets SITE_URL to its public address."),
            "operator",
            blocks=True,
        )
    elif not _same_site(url, site):
        yield Finding(
            "url",
            _("The page's address is on another domain than the desk."),
            _("Whoever runs the desk sets SITE_URL to its public address."),
            "operator",
            blocks=True,
        )


def _rating(rating: Mapping[str, Any]) -> Iterator[Finding]:
    if not rating:
        yield Finding(
            "reviewRating",
            _("There is no rating."),
            _("Choose a rating from the desk's scale."),
            "verdict",
            blocks=True,
        )
        return
    if not _words(rating, "alternateName"):
        yield Finding(
            "reviewRating.alternateName",
            _("The rating has no label in this language."),
            _("An administrator writes it in the rating scale."),
            "scale",
            blocks=True,
        )
    given = [name for name in NUMBERS if rating.get(name) is not None]
    if given and len(given) < len(NUMBERS):
        yield Finding(
            "reviewRating.ratingValue",
            _("The rating has some of its three numbers and not all."),
            _("An administrator gives the rating a value, a best and a worst, or none of them."),
            "scale",
            blocks=True,
        )
    elif given and not _on_its_scale(*(rating[name] for name in NUMBERS)):
        yield Finding(
            "reviewRating.ratingValue",
            _("The rating's value is not a whole number between its worst and its best."),
            _("An administrator mends it in the rating scale."),
            "scale",
            blocks=True,
        )


def _advised(markup: Mapping[str, Any]) -> Iterator[Finding]:
    statement = _words(markup, "claimReviewed")
    if len(statement) > IDEAL_STATEMENT:
        yield Finding(
            "claimReviewed",
            _("The statement has %(length)d characters; search engines show about %(ideal)d.")
            % {"length": len(statement), "ideal": IDEAL_STATEMENT},
            _("Shorten it if nothing is lost by it."),
            "claim",
        )
    author = _node(markup, "author")
    if not _words(author, "name") or not _is_address(_words(author, "url")):
        yield Finding(
            "author",
            _("It is not said who publishes it, with name and address."),
            _("Whoever runs the desk sets DESK_NAME and SITE_URL."),
            "operator",
        )
    if not _words(markup, "datePublished"):
        yield Finding(
            "datePublished",
            _("The day of publication is missing."),
            _("This is a fault of the installation. Tell whoever runs it."),
            "operator",
        )
    if not _words(markup, "license"):
        yield Finding(
            "license",
            _("Nobody is told under which licence the verdict may be used."),
            _("Whoever runs the desk sets DESK_LICENCE."),
            "operator",
        )
    claim = _node(markup, "itemReviewed")
    authors = claim.get("author")
    named = authors if isinstance(authors, list) else [authors]
    if not any(isinstance(one, Mapping) and _words(one, "name") for one in named):
        yield Finding(
            "itemReviewed.author",
            _("Nobody is named as making the claim."),
            _("Name who says it in the positions, if it is known."),
            "claim",
        )
    if not _words(claim, "datePublished"):
        yield Finding(
            "itemReviewed.datePublished",
            _("It is not said when the claim was made."),
            _("Give the article the day on which it was published."),
            "claim",
        )
    if not _appears(claim):
        yield Finding(
            "itemReviewed.appearance",
            _("No address leads to where the claim was made."),
            _("Give the article its address, if it has one."),
            "claim",
        )


def _citations(cited: set[int], numbers: set[int], shown: set[int]) -> Iterator[Finding]:
    if nowhere := sorted(cited - numbers):
        yield Finding(
            "citation",
            _("The explanation cites evidence that there is not: %(numbers)s.")
            % {"numbers": _listed(nowhere)},
            _("Take the claim back to research and mend the numbers."),
            "verdict",
            blocks=True,
        )
    if hidden := sorted((cited & numbers) - shown):
        yield Finding(
            "citation",
            _("The explanation cites withheld evidence: %(numbers)s. Readers see no number there.")
            % {"numbers": _listed(hidden)},
            _("Read the preview: the sentence has to stand without it."),
            "verdict",
        )
    if not cited & shown:
        yield Finding(
            "citation",
            _("The explanation cites no evidence that readers see."),
            _("Say after each sentence which evidence it rests on: [1]."),
            "verdict",
        )


def _taken_back(version: VerdictVersion) -> Iterator[Finding]:
    """Evidence that is a verdict of our own which has been retracted."""
    retracted = {
        verdict_url(number, language)
        for number, language in Publication.objects.current()
        .filter(kind="retraction")
        .values_list("verdict_number", "language")
    }
    resting = [
        piece["number"]
        for piece in version.content["evidence"]
        if _without_version(piece["url"]) in retracted
    ]
    if resting:
        yield Finding(
            "citation",
            _("This evidence is a verdict of ours that was retracted: %(numbers)s.")
            % {"numbers": _listed(resting)},
            _("Take the claim back to research and replace it."),
            "evidence",
            blocks=True,
        )


def _worn(version: VerdictVersion) -> Iterator[Finding]:
    """Evidence whose page has gone or changed since it was copied."""
    urls = {piece["url"] for piece in version.content["evidence"]}
    found = dict(
        version.claim.evidence.filter(
            url__in=urls,
            snapshot__standing__in=(Snapshot.Standing.GONE, Snapshot.Standing.CHANGED),
        ).values_list("url", "snapshot__standing")
    )
    for standing, says in (
        (Snapshot.Standing.GONE, _("The page of this evidence is gone: %(numbers)s.")),
        (Snapshot.Standing.CHANGED, _("The page of this evidence has changed: %(numbers)s.")),
    ):
        numbers = [
            piece["number"]
            for piece in version.content["evidence"]
            if found.get(piece["url"]) == standing
        ]
        if numbers:
            yield Finding(
                "citation",
                says % {"numbers": _listed(numbers)},
                _("Look at the kept copy and decide whether the evidence still holds."),
                "evidence",
            )


def _without_version(url: str) -> str:
    """A verdict's address for that of one of its versions: /v/3/2 is about /v/3."""
    head, _slash, last = url.split("#")[0].rstrip("/").rpartition("/")
    verdict, _slash, number = head.rpartition("/")
    return (
        head
        if last.isdecimal() and number.isdecimal() and verdict.endswith("/v")
        else (f"{head}/{last}")
    )


def _listed(numbers: list[int]) -> str:
    return _(", ").join(str(number) for number in numbers)


def _words(node: Mapping[str, Any], name: str) -> str:
    value = node.get(name)
    return value.strip() if isinstance(value, str) else ""


def _node(node: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = node.get(name)
    return value if isinstance(value, Mapping) else {}


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _same_site(url: str, site: str) -> bool:
    host, own = urlsplit(url).hostname or "", urlsplit(site).hostname or ""
    return host == own or host.endswith(f".{own}")


def _on_its_scale(value: Any, best: Any, worst: Any) -> bool:
    try:
        value, best, worst = (_whole(one) for one in (value, best, worst))
    except ValueError:
        return False
    return bool(worst < best and worst <= value <= best)


def _whole(number: Any) -> int:
    """A whole number; consumers of the markup read quoted ones as well."""
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise ValueError(number)
    return int(number)


def _appears(claim: Mapping[str, Any]) -> bool:
    places = claim.get("appearance")
    every = [*(places if isinstance(places, list) else [places]), claim.get("firstAppearance")]
    return any(
        _is_address(one if isinstance(one, str) else _words(one, "url"))
        for one in every
        if isinstance(one, str | Mapping)
    )
