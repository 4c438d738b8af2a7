"""Who a claimant is: names, kind, Wikidata id, as people say it.

A claimant is named in what would be published of many claims. So whoever changes one has a hand in
all of them that are still open, and nothing is changed under the hands of a reviewer or after an
approval. What Wikidata suggests is never taken over by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from claims import permissions
from claims.languages import fold
from claims.models import (
    Claim,
    Claimant,
    ClaimantName,
    ClusterMember,
    Contribution,
    Language,
    Lookup,
    Position,
    State,
    Transition,
)
from claims.pipeline._rights import EDITABLE, need, need_editable
from claims.workflow import IllegalMove, locked, note, record

FIELDS = ("name", "language", "kind", "wikidata_id")
_ITEM = re.compile(r"^https://www\.wikidata\.org/wiki/(Q[1-9][0-9]*)$")
# Of a claimant who speaks in thousands of claims, so many are looked at for an earlier "none".
REMEMBERED = 500

# A name and its language.
Name = tuple[str, str]


@dataclass(frozen=True)
class Entity:
    """Who a claimant may be. `names`: what this answer would add to those the claimant has, and
    `twins` other claimants of ours that are known to be the same."""

    id: str
    title: str
    description: str
    url: str
    names: tuple[Name, ...]
    twins: tuple[Claimant, ...]


@dataclass(frozen=True)
class Question:
    """One claimant of a claim, and who a source thinks it may be. `rejected`: somebody has said that
    it is none of these."""

    claimant: Claimant
    entities: tuple[Entity, ...]
    rejected: bool


def questions(claim: Claim, positions: Iterable[Position] | None = None) -> list[Question]:
    """The claim's claimants that a source knows something about, or that have been identified.
    `positions`: everybody's, with their claimants, where the page has read them already."""
    if positions is None:
        positions = Position.objects.of(claim).select_related("claimant")
    speakers = list(dict.fromkeys(p.claimant for p in positions if p.claimant is not None))
    hits: dict[str, dict[str, dict[str, Any]]] = {}
    for row in claim.lookups.all():
        if row.state == Lookup.State.ANSWERED:
            found = {_item(hit): hit for hit in row.hits if hit.get("kind") == "entity"}
            found.pop("", None)
            hits.setdefault(row.asked, {}).update(found)
    # An answer to another name, as it stood before a correction, says nothing about this one.
    asked = [one for one in speakers if hits.get(one.name) or one.wikidata_id]
    offered = [one for one in asked if hits.get(one.name)]
    items = {item for one in offered for item in hits[one.name]}
    known = _known(offered, items)
    twins = [one for one in known.values() if one.wikidata_id in items and not one.merged_into_id]
    found_of = []
    for one in asked:
        entities: tuple[Entity, ...] = ()
        none = False
        if one in offered:
            now = known[one.pk]
            names = [(name.language, name.name) for name in now.names.all()]
            entities = _entities(one, hits[one.name], twins, names)
            said = now.said  # type: ignore[attr-defined]
            none = bool(said) and {each.id for each in entities} <= set(said["entities"])
        found_of.append(Question(one, entities, none))
    return found_of


@transaction.atomic
def identify(
    *, claim: Claim, claimant: Claimant, actor: User, entity: str, names: Iterable[Name] = ()
) -> None:
    """An editor says: this is them. `names` are those of the answer and of our twins that they want
    kept. Raises IllegalMove for an entity or a name that nobody offered."""
    now, row, question = _asked(claim, claimant, actor)
    offered = {one.id: one for one in question.entities}
    if entity not in offered:
        raise IllegalMove(_("That answer is no longer there. Ask the source again."))
    chosen = [name for name in offered[entity].names if name in set(names)]
    before, row.wikidata_id = row.wikidata_id, entity
    row.save(update_fields=["wikidata_id"])
    made = _give_names(row, chosen)
    for twin in offered[entity].twins:
        if (twin.language, twin.name) in chosen:
            made += _give_names(twin, [(row.language, row.name)])
    data = {"claimant": row.pk, "name": row.name, "wikidata": [before, entity], "names": made}
    _written(now, row, actor, "identify_claimant", data)
    claim.refresh_from_db(fields=["moves"])


@transaction.atomic
def forget(*, claim: Claim, claimant: Claimant, actor: User) -> None:
    """Takes an identification back, with the names that it brought on this claim."""
    now, row, _question = _asked(claim, claimant, actor)
    if not row.wikidata_id:
        raise IllegalMove(_("Nobody has said who this is."))
    last = _notes([now.pk], "identify_claimant", row).first()
    if last is not None:
        ClaimantName.objects.filter(pk__in=last.data["names"]).delete()
    before, row.wikidata_id = row.wikidata_id, ""
    row.save(update_fields=["wikidata_id"])
    data = {"claimant": row.pk, "name": row.name, "wikidata": [before, ""]}
    _written(now, row, actor, "forget_claimant", data)
    claim.refresh_from_db(fields=["moves"])


@transaction.atomic
def reject(*, claim: Claim, claimant: Claimant, actor: User, again: bool = False) -> None:
    """None of these is them: what has been offered is offered no more, on no claim. With `again` it
    is offered after all. Nothing that would be published changes."""
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    entities = [] if again else [one.id for one in _question(now, claimant).entities]
    data = {"claimant": claimant.pk, "name": claimant.name, "entities": entities}
    note(now, "not_them", actor=actor, data=data)
    claim.moves = now.moves


@transaction.atomic
def save_claimant(*, claimant: Claimant, actor: User, names: Sequence[Name]) -> None:
    """Stores a claimant as edited in the administration, with exactly these other names. Leaves a
    Transition of the desk; raises IllegalMove where `in_the_way` says so."""
    need(actor, permissions.RESEARCH)
    old = Claimant.objects.select_for_update(no_key=True).get(pk=claimant.pk)
    if old.merged_into_id is not None:
        raise IllegalMove(
            _("This one was merged into another. Change that one, or undo the merge.")
        )
    before = {**{name: getattr(old, name) for name in FIELDS}, "names": _names(old)}
    if published_differs(old, claimant):
        _need_free(claimant)
        contributed_to(claimant, actor)
    claimant.folded = fold(claimant.name, claimant.language)[:300]
    claimant.save()
    kept = set(names)
    for other in claimant.names.all():
        if (other.language, other.name) not in kept:
            other.delete()
    _give_names(claimant, names)
    after = {**{name: getattr(claimant, name) for name in FIELDS}, "names": _names(claimant)}
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        data = {"claimant": claimant.pk, "name": claimant.name, "changes": changes}
        record(Transition.Subject.DESK, 0, "change_claimant", actor=actor, data=data)


def published_differs(old: Claimant, new: Claimant) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in FIELDS)


def in_the_way(claimant: Claimant, positions: QuerySet[Position] | None = None) -> str:
    """Why the claimant must not be changed now, "" where it may: a claim that names it is in review
    or approved, and its reviewers would have read something else. `positions`: those alone."""
    held = (
        claims_of(claimant, positions).filter(state__in=(State.IN_REVIEW, State.APPROVED)).first()
    )
    if held is None:
        return ""
    return _(
        "Claim %(number)s names “%(name)s” and is “%(state)s”. Wait until it is published, or take "
        "it back first: its reviewers read the name as it is now."
    ) % {"number": held.pk, "name": claimant.name, "state": held.get_state_display()}


def _asked(claim: Claim, claimant: Claimant, actor: User) -> tuple[Claim, Claimant, Question]:
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    need_editable(now)
    row = Claimant.objects.select_for_update(no_key=True).get(pk=claimant.pk)
    question = _question(now, row)
    _need_free(row)
    return now, row, question


def _question(claim: Claim, claimant: Claimant) -> Question:
    found = next((one for one in questions(claim) if one.claimant == claimant), None)
    if found is None:
        raise IllegalMove(_("No source knows who that may be. Ask Wikidata first."))
    return found


def _need_free(claimant: Claimant) -> None:
    if why := in_the_way(claimant):
        raise IllegalMove(why)


def _written(claim: Claim, row: Claimant, actor: User, action: str, data: dict[str, Any]) -> None:
    note(claim, action, actor=actor, data=data)
    contributed_to(row, actor)


def claims_of(claimant: Claimant, positions: QuerySet[Position] | None = None) -> QuerySet[Claim]:
    """Those in whose published content the claimant stands, by any position or by one of `positions`:
    of their own, or of a member."""
    if positions is None:
        positions = Position.objects.filter(claimant=claimant)
    said = positions.order_by().values("claim")
    members = ClusterMember.objects.filter(claim__in=said).values("head")
    return Claim.objects.filter(Q(pk__in=said) | Q(pk__in=members))


def contributed_to(
    claimant: Claimant, actor: User, positions: QuerySet[Position] | None = None
) -> None:
    """A hand in every open claim that names the claimant (`_rights.contributed`, for many)."""
    open_ones = (
        claims_of(claimant)
        .filter(state__in=EDITABLE)
        .annotate(n=Count("publications", filter=Q(publications__version__translates=None)))
    )
    Contribution.objects.bulk_create(
        [
            Contribution(claim_id=pk, user=actor, publications=n)
            for pk, n in open_ones.order_by("pk").values_list("pk", "n")
        ],
        ignore_conflicts=True,
    )


def _entities(
    claimant: Claimant,
    items: dict[str, dict[str, Any]],
    known_ones: Iterable[Claimant],
    names: Iterable[Name],
) -> tuple[Entity, ...]:
    twins: dict[str, list[Claimant]] = {}
    for twin in known_ones:
        if twin != claimant:
            twins.setdefault(twin.wikidata_id, []).append(twin)
    has = {fold(name, code) for code, name in [(claimant.language, claimant.name), *names]}
    return tuple(
        Entity(
            id=item,
            title=hit["title"],
            description=hit["snippet"],
            url=hit["url"],
            names=tuple(
                dict.fromkeys(
                    (code, name)
                    for code, name in [
                        (hit.get("language", ""), hit["title"][:300]),
                        *((twin.language, twin.name) for twin in twins.get(item, [])),
                    ]
                    if code in Language.values and fold(name, code) not in has
                )
            ),
            twins=tuple(twins.get(item, [])),
        )
        for item, hit in items.items()
    )


def _item(hit: dict[str, Any]) -> str:
    found = _ITEM.match(hit.get("url", ""))
    return found[1] if found else ""


def _known(offered: Sequence[Claimant], items: set[str]) -> dict[int, Claimant]:
    """Those to whom something is offered and those who are known to be one of these, with their names
    and, as `said`, what somebody last said of them when it was none. Two queries."""
    if not offered:
        return {}
    spoken = Position.objects.filter(claimant=OuterRef(OuterRef("pk"))).order_by("-pk")
    last = (
        Transition.objects.filter(
            subject=Transition.Subject.CLAIM,
            subject_id__in=spoken.values("claim")[:REMEMBERED],
            action="not_them",
        )
        .annotate(of=Cast(KeyTextTransform("claimant", "data"), CharField()))
        .filter(of=Cast(OuterRef("pk"), CharField()))
        .order_by("-at", "-pk")
    )
    wanted = Q(pk__in=[one.pk for one in offered]) | Q(wikidata_id__in=items, merged_into=None)
    rows = Claimant.objects.filter(wanted).annotate(said=Subquery(last.values("data")[:1]))
    return {one.pk: one for one in rows.prefetch_related("names")}


def _notes(claims: Sequence[int], action: str, claimant: Claimant) -> QuerySet[Transition]:
    return Transition.objects.filter(
        subject=Transition.Subject.CLAIM,
        subject_id__in=claims,
        action=action,
        data__claimant=claimant.pk,
    ).order_by("-at", "-pk")


def _names(claimant: Claimant) -> list[Name]:
    return sorted(ClaimantName.objects.filter(claimant=claimant).values_list("language", "name"))


def _give_names(claimant: Claimant, names: Iterable[Name]) -> list[int]:
    """The rows made for those it did not have."""
    made = [
        ClaimantName.objects.get_or_create(claimant=claimant, language=code, name=name[:300])
        for code, name in names
    ]
    return [row.pk for row, is_new in made if is_new]
