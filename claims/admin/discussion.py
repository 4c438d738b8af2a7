"""The comments on a claim as its page and the review's page show them.

A comment's place is found again each time by its quote: in the version it is about on the review's
page, in the texts as they are now elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from claims import permissions
from claims.models import Claim, Comment, Draft, VerdictVersion
from claims.pipeline import discussing
from claims.pipeline.discussing.anchors import texts
from claims.pipeline.discussing.mentioning import AT
from claims.templatetags.desk import shown

# More colleagues than this are found by typing, not by looking through a list.
MOST_COLLEAGUES = 300


@dataclass(frozen=True)
class Said:
    """One comment with its text ready for the page."""

    comment: Comment
    html: SafeString


@dataclass(frozen=True)
class Thread:
    """A comment with its answers. `place` is where its words stand now; `lost`: they do not stand
    there any more, and it is told what it was about. `other_version`: it is about a version of the
    verdict that this page does not show."""

    top: Said
    answers: list[Said] = field(default_factory=list)
    place: discussing.Place | None = None
    lost: bool = False
    other_version: bool = False

    @property
    def pk(self) -> int:
        return self.top.comment.pk

    @property
    def key(self) -> str:
        """As a form sends it."""
        return str(self.pk)


@dataclass(frozen=True)
class Panel:
    """`sealed`: this person has yet to rate the proposal without knowing it, and what is said about
    it would tell them."""

    open: list[Thread]
    resolved: list[Thread]
    colleagues: list[User]
    newest: int
    sealed: bool = False


def panel(
    claim: Claim,
    person: permissions.Person,
    version: VerdictVersion | None = None,
    draft: Draft | None = None,
    sealed: bool | None = None,
    people: Iterable[User] | None = None,
) -> Panel:
    """Every comment on the claim, the oldest thread first; `version` is the one that the page
    shows, if it shows one. `draft` and `sealed`: the claim's draft, and whether the proposal is
    sealed, where the page has asked already; so `people`, who may be others than colleagues too."""
    if permissions.is_sealed(person, claim) if sealed is None else sealed:
        return Panel([], [], [], 0, sealed=True)
    if version is None and draft is None:
        draft = Draft.objects.filter(claim=claim).first()
    of = texts(claim, draft, version)
    if people is None:
        people = discussing.colleagues()[:MOST_COLLEAGUES]
    colleagues = [one for one in people if one.is_active and one.is_staff][:MOST_COLLEAGUES]
    comments = list(
        claim.comments.select_related("author", "link", "resolved_by", "version").order_by("pk")
    )
    found = threads(comments, of, version, colleagues)
    return Panel(
        open=[one for one in found if one.top.comment.resolved_at is None],
        resolved=[one for one in found if one.top.comment.resolved_at is not None],
        colleagues=colleagues,
        newest=comments[-1].pk if comments else 0,
    )


def threads(
    comments: Iterable[Comment],
    of: dict[str, str],
    version: VerdictVersion | None,
    colleagues: Iterable[User],
) -> list[Thread]:
    names = {user.get_username().casefold(): user for user in colleagues}
    found: dict[int, Thread] = {}
    for comment in comments:
        said = Said(comment, _html(comment.text, names))
        if comment.parent_id is not None:
            found[comment.parent_id].answers.append(said)
            continue
        other = comment.version_id is not None and (
            version is None or version.pk != comment.version_id
        )
        text = of.get(comment.field, "")
        where = (
            discussing.place(text, comment.quote, comment.start or 0)
            if comment.quote and not other
            else None
        )
        found[comment.pk] = Thread(
            said, place=where, lost=bool(comment.quote) and where is None, other_version=other
        )
    return list(found.values())


_CALL = re.compile(AT.pattern)


def _html(text: str, names: dict[str, User]) -> SafeString:
    """The text escaped, its lines kept, and colleagues who are called by their names."""
    parts: list[str] = []
    end = 0
    for call in _CALL.finditer(text):
        user = names.get(call[1].casefold())
        if user is None:
            continue
        parts.append(shown(text[end : call.start()]))
        name = user.get_full_name() or user.get_username()
        parts.append(format_html('<b class="at"><bdi>@{}</bdi></b>', name))
        end = call.end()
    parts.append(shown(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
