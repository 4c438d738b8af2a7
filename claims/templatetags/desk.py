"""The desk's small parts: icons, badges, the meter, digits and direction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.contrib.auth.models import User
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.languages import manners
from claims.models import Claim, Language, Position, Rating, State
from claims.models.addresses import as_read

register = template.Library()

# State → (class in desk.css, icon).
SIGNS: dict[str, tuple[str, str]] = {
    State.FOUND: ("found", "circle-dashed"),
    State.QUEUED: ("queued", "inbox"),
    State.RESEARCHING: ("researching", "search"),
    State.WAITING: ("waiting", "hourglass"),
    State.IN_REVIEW: ("review", "eye"),
    State.APPROVED: ("approved", "check-check"),
    State.PUBLISHED: ("published", "newspaper"),
    State.CORRECTING: ("correcting", "file-pen-line"),
    State.RETRACTED: ("retracted", "ban"),
    State.DISMISSED: ("dismissed", "circle-minus"),
}

# Characters that steer the direction of text, or hide in it, without being seen.
HIDDEN = {
    "\u061c": "ALM",
    "\u200b": "ZWSP",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
}
# Addresses, and hyphenated figures (2024-08-31): both turn round in an Arabic line. Read in escaped
# text, where the only "&" within an address is "&amp;".
_LEFT_TO_RIGHT = re.compile(
    r"(?P<address>https?://(?:&amp;|[^\s<>&\"«»،؛])*[\w/])"
    r"|(?<![\w#;])[0-9]+(?:-[0-9]+)+(?![\w;])"
)
_HIDDEN = re.compile("[" + "".join(HIDDEN) + "]")


@register.filter
def state_class(state: str) -> str:
    return SIGNS[state][0]


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the sprite, without a name of its own: a word stands beside it, or aria-label on
    the control it is in."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f"i {classes}".strip(),
        static("claims/desk/icons.svg"),
        name,
    )


@register.simple_tag
def rating_mark(rating: Rating) -> SafeString:
    return format_html(
        '<svg class="ri r-{}" aria-hidden="true"><use href="{}#r-{}"/></svg>',
        rating.mark,
        static("claims/desk/icons.svg"),
        rating.mark,
    )


@register.simple_tag
def rating_badge(rating: Rating, classes: str = "") -> SafeString:
    """The mark with its label in the interface's language. `classes`: "big", "stamp"."""
    return format_html(
        '<span class="{}">{}{}</span>',
        f"rating r-{rating.mark} {classes}".strip(),
        rating_mark(rating),
        rating.label(get_language() or "ar"),
    )


@register.simple_tag
def state_icon(state: str) -> SafeString:
    return icon(SIGNS[state][1])


@register.simple_tag
def state_badge(claim: Claim | str) -> SafeString:
    """The sign and name of a claim's state; takes the claim or the state."""
    state = State(claim.state if isinstance(claim, Claim) else claim)
    return format_html(
        '<span class="state {}">{}{}</span>', state_class(state), state_icon(state), state.label
    )


@register.simple_tag
def worth(checkworthiness: float) -> SafeString:
    """Check-worthiness 0…1 as a meter of five."""
    full = max(0, min(5, round(checkworthiness * 5)))
    return format_html(
        '<span class="worth" role="img" aria-label="{}">{}</span>',
        digits(_("Check-worthiness %(n)s of 5") % {"n": full}),
        format_html_join(
            "", '<i class="{}"></i>', (("f" if step < full else "",) for step in range(5))
        ),
    )


@register.filter
def digits(value: object) -> str:
    """Figures as the reader writes them."""
    return manners.figures(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """26 July 2024, in the reader's words, figures and calendar; without the year if it is this
    one."""
    return manners.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """The day and the minute, or only the minute if it is today."""
    if value is None:
        return ""
    minute = manners.minute(value)
    if timezone.localtime(value).date() == timezone.localdate():
        return minute
    return _("%(day)s, %(time)s") % {"day": day(value), "time": minute}


@register.filter
def clock(value: datetime) -> str:
    """Only the minute, below a heading that names the day."""
    return manners.minute(value)


@register.filter
def direction(language: str) -> str:
    return "rtl" if language == Language.ARABIC else "ltr"


@register.filter
def shown(text: str) -> SafeString:
    """Escaped text in which direction marks and zero-width characters can be seen, and in which a
    direction override reaches no further than its own character. Copying gives the text itself."""
    safe = _HIDDEN.sub(
        lambda hit: f'<bdi class="ctl" data-ctl="{HIDDEN[hit[0]]}">{hit[0]}</bdi>',
        conditional_escape(text),
    )
    kept = _LEFT_TO_RIGHT.sub(
        lambda hit: (
            f'<bdi class="{"address" if hit["address"] else "figure"}" dir="ltr">{hit[0]}</bdi>'
        ),
        safe,
    )
    return mark_safe(kept)  # noqa: S308 - escaped above


@register.filter
def initials(user: User) -> str:
    """Two letters for the account's button."""
    if user.first_name and user.last_name:
        return user.first_name[0] + (user.last_name.removeprefix("ال") or user.last_name)[0]
    return (user.get_full_name() or user.get_username())[:2]


@register.filter
def numbers(values: list[int]) -> str:
    return digits(_(", ").join(str(value) for value in values))


@register.filter
def urlshort(url: str) -> str:
    """An address as it is told to a person: without scheme, and not longer than a line."""
    bare = as_read(url).removeprefix("www.")
    return bare if len(bare) <= 48 else f"{bare[:47]}…"


@register.filter
def asserting(positions: Iterable[Position]) -> Position | None:
    """The first that asserts; where all deny, the first of those."""
    stands = list(positions)
    return next(
        (p for p in stands if p.stance == Position.Stance.ASSERTS), next(iter(stands), None)
    )


@register.filter
def contested(positions: Iterable[Position]) -> bool:
    """Whether they stand on both sides."""
    return len({p.stance == Position.Stance.ASSERTS for p in positions}) == 2


@register.filter
def sides(positions: Iterable[Position]) -> list[Position]:
    """One position of each side, the asserting one first."""
    stands = sorted(positions, key=lambda p: p.stance != Position.Stance.ASSERTS)
    return [stands[0], stands[-1]] if len(stands) > 1 else stands


@register.filter
def weekday(value: datetime) -> str:
    """Monday 2 September, without the year: it heads a page about today."""
    return manners.weekday(value)


@register.filter
def translated(texts: Iterable[str]) -> list[str]:
    """Texts that a machine stored in English and marked for translation, as the reader reads them."""
    return [_(text) for text in texts]
