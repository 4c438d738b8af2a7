"""One party under two rows: merging them, undoing it, and how a party's claims came out.

A claimant is named in what would be published of many claims, and its reviewers read the name; so a
merge is refused while one of its claims is in review or approved (guard 1), and is a hand in all that
are open. What is published is frozen and stays as it was read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from claims import permissions
from claims.languages import SERVED, fold
from claims.models import (
    Claim,
    Claimant,
    ClaimantName,
    ClusterMember,
    Contact,
    Outlet,
    Position,
    Publication,
    Rating,
    Transition,
)
from claims.pipeline._rights import EDITABLE
from claims.pipeline.naming import claims_of, contributed_to, in_the_way
from claims.workflow import IllegalMove, StaleState, note, record

LIKELY = 8
# In the histories of so many open claims a merge is noted, the newest ones; the desk's own says it all.
NOTED = 100
# Letters that people type for each other.
ALIKE = ("aâ", "cç", "gğ", "iıîİI", "oö", "sş", "uüû", "اأإآٱ", "هة", "يىئ", "وؤ")


@dataclass(frozen=True)
class Moving:
    """What a merge would move, and `obstacles`: why it cannot be done now."""

    positions: int
    claims: int
    published: int
    names: list[tuple[str, str]]
    wikidata: str
    obstacles: list[str]


@dataclass(frozen=True)
class Rated:
    rating: Rating
    asserted: int
    denied: int


def may_merge(user: permissions.Person) -> bool:
    return permissions.may(user, permissions.RESEARCH) or permissions.may(
        user, permissions.ADMINISTER
    )


def moving(*, gone: Claimant, into: Claimant) -> Moving:
    """What would happen if `gone` were merged into `into`."""
    claims = claims_of(gone)
    return Moving(
        positions=gone.positions.count(),
        claims=claims.count(),
        published=claims.filter(publications__isnull=False).distinct().count(),
        names=_new_names(gone, into),
        wikidata=gone.wikidata_id if not into.wikidata_id else "",
        obstacles=_obstacles(gone, into),
    )


@transaction.atomic
def merge(*, gone: Claimant, into: Claimant, actor: User) -> None:
    """`gone` stands for `into` from now on: its words, its names and, where the other has none, its
    Wikidata id move. Raises IllegalMove with everything in the way, StaleState where one of the two
    has been merged meanwhile."""
    if not may_merge(actor):
        raise PermissionDenied(_("Claimants are for editors and administrators."))
    touched = _open_claims(claims_of(gone))
    rows = (
        Claimant.objects.select_for_update(no_key=True)
        .order_by("pk")
        .in_bulk(sorted({gone.pk, into.pk}))
    )
    if len(rows) < 2:
        raise IllegalMove(_("A claimant cannot be merged into itself."))
    old, kept = rows[gone.pk], rows[into.pk]
    if old.merged_into_id or kept.merged_into_id:
        raise StaleState(_("One of the two was merged meanwhile. Look again."))
    if obstacles := _obstacles(old, kept):
        raise IllegalMove(" ".join(obstacles))
    contributed_to(old, actor)
    positions = list(old.positions.order_by("pk").values_list("pk", flat=True))
    names = [
        ClaimantName.objects.create(claimant=kept, language=code, name=name).pk
        for code, name in _new_names(old, kept)
    ]
    wikidata = None
    if old.wikidata_id and not kept.wikidata_id:
        contributed_to(kept, actor)
        wikidata, kept.wikidata_id = ["", old.wikidata_id], old.wikidata_id
        kept.save(update_fields=["wikidata_id"])
    Position.objects.filter(claimant=old).update(claimant=kept)
    letters = Contact.objects.filter(claimant=old)
    contacts = list(letters.order_by("pk").values_list("pk", flat=True))
    letters.update(claimant=kept, revision=F("revision") + 1)
    children = list(old.merged.order_by("pk").values_list("pk", flat=True))
    Claimant.objects.filter(pk__in=children).update(merged_into=kept)
    old.merged_into = kept
    old.save(update_fields=["merged_into"])
    _note(
        "merge_claimants",
        actor,
        old,
        kept,
        positions=positions,
        names=names,
        wikidata=wikidata,
        merged=children,
        contacts=contacts,
        noted=len(touched),
    )
    _note_in(touched, "merge_claimants", actor, old, kept)


@transaction.atomic
def unmerge(*, gone: Claimant, actor: User) -> None:
    """Gives back what the merge moved, as far as it still stands where it was put."""
    if not may_merge(actor):
        raise PermissionDenied(_("Claimants are for editors and administrators."))
    last = last_merge(gone)
    moved_then = Position.objects.filter(pk__in=last.data["positions"] if last else [])
    touched = _open_claims(claims_of(gone, moved_then))
    ids = {gone.pk, gone.merged_into_id or gone.pk}
    rows = Claimant.objects.select_for_update(no_key=True).order_by("pk").in_bulk(sorted(ids))
    old = rows[gone.pk]
    kept = rows.get(old.merged_into_id or 0)
    if kept is None:
        raise StaleState(_("This merge was undone, or changed, meanwhile. Look again."))
    done = last_merge(old)
    if done is None or done.data["into"] != kept.pk:
        # It was carried along when the one it stood for was merged in its turn.
        raise IllegalMove(_("Undo the later merge first: this one came along with it."))
    positions = Position.objects.filter(pk__in=done.data["positions"], claimant=kept)
    if why := in_the_way(kept, positions):
        raise IllegalMove(why)
    contributed_to(kept, actor, positions)
    old.merged_into = None
    old.save(update_fields=["merged_into"])
    moved = list(positions.order_by("pk").values_list("pk", flat=True))
    Position.objects.filter(pk__in=moved).update(claimant=old)
    Contact.objects.filter(pk__in=done.data.get("contacts", []), claimant=kept).update(
        claimant=old, revision=F("revision") + 1
    )
    ClaimantName.objects.filter(pk__in=done.data["names"], claimant=kept).delete()
    Claimant.objects.filter(pk__in=done.data["merged"], merged_into=kept).update(merged_into=old)
    if done.data["wikidata"] and kept.wikidata_id == done.data["wikidata"][1]:
        kept.wikidata_id = ""
        kept.save(update_fields=["wikidata_id"])
    _note("unmerge_claimants", actor, old, kept, positions=moved, noted=len(touched))
    _note_in(touched, "unmerge_claimants", actor, old, kept)


def last_merge(gone: Claimant) -> Transition | None:
    return (
        Transition.objects.filter(
            subject=Transition.Subject.DESK, action="merge_claimants", data__claimant=gone.pk
        )
        .order_by("-number")
        .first()
    )


def likely(claimant: Claimant) -> list[Claimant]:
    """Others that may be the same party: with the same Wikidata id, or the same name in a language of
    theirs, or a name that holds this one's or is held by it."""
    names = [(claimant.language, claimant.name)]
    names += [(one.language, one.name) for one in claimant.names.all()]
    same = ClaimantName.objects.filter(name__in={name for _code, name in names})
    wanted = Q(pk__in=same.order_by().values("claimant"))
    for code, name in names:
        folded = fold(name, code)[:300]
        wanted |= Q(language=code, folded=folded)
        # Shorter ones stand in half of all names.
        if len(folded) >= 4:
            wanted |= Q(language=code, folded__contains=folded)
    if claimant.wikidata_id:
        wanted |= Q(wikidata_id=claimant.wikidata_id)
    found = Claimant.objects.filter(wanted, merged_into=None).exclude(pk=claimant.pk)
    return list(found.order_by("name", "pk")[:LIKELY])


def search(words: str, *, without: int = 0) -> Q:
    """Claimants by a part of a name, as it is folded in any language of the desk: الوزارة finds
    وزارة, and Erdogan Erdoğan."""
    pattern = _spellings(words)
    named = ClaimantName.objects.filter(name__iregex=pattern).order_by().values("claimant")
    wanted = Q(name__iregex=pattern) | Q(pk__in=named)
    for code in SERVED:
        if folded := fold(words, code)[:300]:
            wanted |= Q(folded__contains=folded)
    if words.upper().startswith("Q") and words[1:].isdigit():
        wanted |= Q(wikidata_id=words.upper())
    return wanted & ~Q(pk=without)


def _spellings(words: str) -> str:
    """A regular expression, of single letters alone, that both databases read alike."""
    classes = {sign: f"[{letters}]" for letters in ALIKE for sign in letters}
    return "".join(classes.get(sign) or re.escape(sign) for sign in words.casefold()[:100])


def balance(claimant: Claimant) -> list[Rated]:
    """How the claims that this party asserts or denies came out, over the verdicts that stand."""
    asserted = _ratings(claimant, Q(stance=Position.Stance.ASSERTS))
    denied = _ratings(claimant, ~Q(stance=Position.Stance.ASSERTS))
    return [
        Rated(rating, asserted[rating.pk], denied[rating.pk])
        for rating in Rating.objects.filter(pk__in={*asserted, *denied})
    ]


def outlets_of(claimant: Claimant) -> list[tuple[Outlet, int]]:
    """In whose articles this party speaks most."""
    spoke = Outlet.objects.filter(appearances__article__positions__claimant=claimant)
    counted = spoke.annotate(n=Count("appearances__article", distinct=True))
    rows = list(counted.order_by("-n", "name").values_list("pk", "n")[:LIKELY])
    outlets = Outlet.objects.in_bulk([pk for pk, _n in rows])
    return [(outlets[pk], n) for pk, n in rows]


def _obstacles(gone: Claimant, into: Claimant) -> list[str]:
    found = []
    anonymous = Claimant.Kind.ANONYMOUS
    if (gone.kind == anonymous) != (into.kind == anonymous):
        found.append(
            _(
                "One of the two is an anonymous source. What was said without a name is not put "
                "into the mouth of somebody who has one."
            )
        )
    if gone.wikidata_id and into.wikidata_id and gone.wikidata_id != into.wikidata_id:
        found.append(
            _("They have different Wikidata ids: %(one)s and %(other)s. Correct one of them first.")
            % {"one": gone.wikidata_id, "other": into.wikidata_id}
        )
    found.append(in_the_way(gone))
    if gone.wikidata_id and not into.wikidata_id:
        found.append(in_the_way(into))
    return list(dict.fromkeys(one for one in found if one))


def _new_names(gone: Claimant, into: Claimant) -> list[tuple[str, str]]:
    """Those of `gone` that `into` does not have yet, its own first."""
    has = {(into.language, fold(into.name, into.language))}
    has |= {(one.language, fold(one.name, one.language)) for one in into.names.all()}
    theirs = [(gone.language, gone.name)]
    theirs += [(one.language, one.name) for one in gone.names.order_by("language", "name")]
    found: dict[tuple[str, str], str] = {}
    for code, name in theirs:
        key = (code, fold(name, code))
        if key not in has:
            found.setdefault(key, name)
    return [(code, name) for (code, _folded), name in found.items()]


def _ratings(claimant: Claimant, stance: Q) -> Counter[int]:
    claims = Position.objects.filter(stance, claimant=claimant).values("claim")
    heads = ClusterMember.objects.filter(claim__in=claims).values("head")
    standing = Publication.objects.standing().filter(Q(claim__in=claims) | Q(claim__in=heads))
    # Of a claim published in two languages the newest counts, once.
    newest = dict(standing.order_by("entry").values_list("claim", "version__rating"))
    return Counter(newest.values())


def _open_claims(claims: QuerySet[Claim]) -> list[Claim]:
    """The newest open ones, locked before the claimants are, as everybody does who holds both."""
    newest = list(
        claims.filter(state__in=EDITABLE).order_by("-pk").values_list("pk", flat=True)[:NOTED]
    )
    return list(Claim.objects.select_for_update(no_key=True).filter(pk__in=newest).order_by("pk"))


def _note_in(claims: list[Claim], action: str, actor: User, old: Claimant, kept: Claimant) -> None:
    """What a person who works on one of these reads of it in the claim's own history."""
    for claim in claims:
        data = {"claimant": old.pk, "name": old.name, "into": kept.pk, "into_name": kept.name}
        note(claim, action, actor=actor, data=data)


def _note(action: str, actor: User, old: Claimant, kept: Claimant, **data: Any) -> None:
    record(
        Transition.Subject.DESK,
        0,
        action,
        actor=actor,
        data={
            "claimant": old.pk,
            "name": old.name,
            "into": kept.pk,
            "into_name": kept.name,
            **data,
        },
    )
