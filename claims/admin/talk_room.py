"""What is said about a claim, for its page: comments, who was asked, outside experts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User

from claims import permissions
from claims.admin import contact_forms, contact_panel, discussion, expert_links
from claims.admin.timeline import Stand
from claims.models import Claim, Draft


def context(
    claim: Claim,
    person: permissions.Person,
    found: Sequence[Stand],
    draft: Draft,
    *,
    sealed: bool,
    people: Iterable[User],
) -> dict[str, Any]:
    """The page's part of the context, under the names that its templates use."""
    return {
        "discussion": discussion.panel(claim, person, draft=draft, sealed=sealed, people=people),
        "letters": contact_panel.panel(claim, [stand.position for stand in found]),
        "expert_links": expert_links.links(claim),
        "ways": contact_forms.WAYS,
    }
