"""A person's own unsaved words on the claim's page: in their form again, beside what was saved
meanwhile, or, where their form is not open now, in a list of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.claim_forms import ClaimForm, DraftForm, EvidenceForm
from claims.admin.word_diff import Segment, compare
from claims.models import Claim, Draft, Evidence, Transition, WorkingCopy
from claims.pipeline import together

NAMES: dict[str, Promise | str] = {
    together.VERDICT: gettext_lazy("The verdict"),
    together.CLAIM: gettext_lazy("The claim itself"),
    together.EVIDENCE: gettext_lazy("Evidence"),
    together.SEND_BACK: gettext_lazy("Why it goes back"),
    together.TRANSLATION: gettext_lazy("The translation"),
}


@dataclass(frozen=True)
class Difference:
    """One field of a form as it is saved now and as it was typed: words that stand only in what was
    typed are inserted ones. `theirs`, `mine`: the two values as a person reads them; `long`: they are running text."""

    name: str
    label: str
    segments: list[Segment]
    theirs: str
    mine: str
    long: bool = False


@dataclass(frozen=True)
class Left:
    """What was typed into a form that is not on the page now; `open`: the query that opens it."""

    copy: WorkingCopy
    name: str
    texts: list[str]
    open: str = ""

    @property
    def language(self) -> str:
        """Of a translation, which has a page of its own; "" of any other form."""
        kind, _hyphen, language = self.copy.form.partition("-")
        return language if kind == together.TRANSLATION else ""


@dataclass
class Unsaved:
    """The copies of one claim for one person. `shown`: form → the copy whose words stand in it again;
    `versus`: form → how what was typed differs from what was saved meanwhile, where it was."""

    shown: dict[str, WorkingCopy] = field(default_factory=dict)
    versus: dict[str, list[Difference]] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    # Form → the window that keeps it: this page may write over that one's copy.
    windows: dict[str, str] = field(default_factory=dict)
    draft_form: DraftForm | None = None
    claim_form: ClaimForm | None = None
    evidence_form: EvidenceForm | None = None


def on_the_page(
    claim: Claim,
    person: User,
    *,
    draft: Draft,
    writable: bool,
    held: bool,
    noted: bool,
    evidence_form: EvidenceForm | None,
    pieces: Iterable[Evidence],
    moves: Iterable[str],
    people: Sequence[User],
    occupied: Iterable[str] = (),
) -> Unsaved:
    """`writable`: the verdict's form and those of evidence are open to this person; `held`: somebody
    else is writing the verdict; `noted`: that of
    the claim is. `evidence_form` is the one that was asked for, `moves` the moves that ask for a
    sentence, `people` those that its form offers. `occupied`: forms whose words were typed just now and refused; they stay as they are."""
    found = Unsaved()
    occupied = set(occupied)
    piece = evidence_form.instance if evidence_form else None
    asked_for = piece and (together.of_piece(piece.pk) if piece.pk else together.EVIDENCE)
    open_pieces = {together.of_piece(one.pk): one for one in pieces} if writable else {}
    for form, kept in together.kept(claim=claim, person=person).items():
        found.windows[form] = kept.window
        if form in occupied:
            continue
        if form == together.VERDICT and writable and not held:
            _verdict(found, kept, draft)
        elif form == together.CLAIM and noted:
            _claim(found, kept, claim, people)
        elif form == asked_for and evidence_form is not None:
            _evidence(found, kept, evidence_form, claim)
        elif form in open_pieces:
            _leave(found, kept, f"edit={open_pieces[form].pk}#evidence-form")
        elif form == together.EVIDENCE and writable:
            _leave(found, kept, "add#evidence-form")
        elif form in moves:
            found.shown[form] = kept
        else:
            _leave(found, kept)
    return found


def differences(form: forms.BaseForm, saved: dict[str, Any]) -> list[Difference]:
    """What stands in `form` against `saved`, field by field, without the fields that agree."""
    found = []
    for name, one in form.fields.items():
        if name not in saved or isinstance(one.widget, forms.HiddenInput):
            continue
        theirs, mine = _read(form, name, saved[name]), _read(form, name, form[name].value())
        if theirs != mine:
            label = str(one.label or name)
            running = isinstance(one.widget, (forms.TextInput, forms.Textarea))
            found.append(Difference(name, label, compare(theirs, mine), theirs, mine, running))
    return found


def saved_values(form: forms.BaseForm) -> dict[str, Any]:
    """What an untouched form shows: the values that are saved."""
    return {name: form.get_initial_for_field(one, name) for name, one in form.fields.items()}


def _verdict(found: Unsaved, kept: WorkingCopy, draft: Draft) -> None:
    untouched = DraftForm(draft=draft)
    form = DraftForm(draft=draft, typed=kept.fields, ratings=untouched.ratings)
    _place(found, kept, form, untouched, draft.revision)
    if kept.form in found.shown:
        found.draft_form = form


def _claim(found: Unsaved, kept: WorkingCopy, claim: Claim, people: Sequence[User]) -> None:
    untouched = ClaimForm(instance=copy(claim), people=people)
    form = ClaimForm(instance=copy(claim), people=people, initial=kept.fields)
    _place(found, kept, form, untouched, claim.revision)
    if kept.form in found.shown:
        found.claim_form = form


def _evidence(found: Unsaved, kept: WorkingCopy, open_form: EvidenceForm, claim: Claim) -> None:
    piece = open_form.instance
    untouched = EvidenceForm(instance=copy(piece), claim=claim)
    typed = {
        **dict.fromkeys(("primary", "withheld"), False),
        **kept.fields,
    }
    form = EvidenceForm(instance=copy(piece), claim=claim, initial=typed)
    changed = bool(piece.pk) and _changed_since(piece, kept.base)
    _place(found, kept, form, untouched, claim.moves if changed else kept.base)
    if kept.form in found.shown:
        found.evidence_form = form


def _place(
    found: Unsaved,
    kept: WorkingCopy,
    form: forms.BaseForm,
    untouched: forms.BaseForm,
    revision: int,
) -> None:
    """A copy that says nothing new is not shown."""
    against = differences(form, saved_values(untouched))
    if not against:
        return
    found.shown[kept.form] = kept
    if kept.base != revision:
        found.versus[kept.form] = against


def _leave(found: Unsaved, kept: WorkingCopy, query: str = "") -> None:
    texts = [str(text) for text in kept.fields.values() if _is_text(str(text))]
    if not texts:
        return
    name = NAMES.get(kept.form.partition("-")[0]) or _("A move of this claim")
    found.left.append(Left(kept, str(name), texts, query))


def _is_text(text: str) -> bool:
    """Whether somebody would miss it: words, not a box that was ticked or a row's number."""
    return len(text.strip()) > 20 or " " in text.strip() or not text.isascii()


def _read(form: forms.BaseForm, name: str, value: Any) -> str:
    """A field's value in words: a choice by its label, a box as yes or no."""
    one = form.fields[name]
    if isinstance(one, forms.BooleanField):
        return _("yes") if value not in (False, None, "", "False", "off") else _("no")
    if isinstance(one, forms.ModelMultipleChoiceField):
        keys = {str(getattr(each, "pk", each)) for each in value or ()}
        rows = [r for r in one.queryset or () if str(r.pk) in keys]
        return _(", ").join(str(one.label_from_instance(row)) for row in rows)
    if isinstance(one, forms.ModelChoiceField):
        if value in (None, ""):
            return ""
        value = str(getattr(value, one.to_field_name or "pk", value))
        return next((str(label) for key, label in one.choices if str(key) == value), value)  # type: ignore[misc, union-attr]
    if isinstance(one, forms.ChoiceField):
        return str(dict(one.choices).get(value, dict(one.choices).get(str(value), value or "")))  # type: ignore[arg-type]
    shown = one.widget.format_value(one.prepare_value(value))
    return str(shown or "").replace("\r\n", "\n").strip()


def _changed_since(piece: Evidence, seen: int) -> bool:
    return Transition.objects.filter(
        subject=Transition.Subject.CLAIM,
        subject_id=piece.claim_id,
        number__gt=seen,
        action="change_evidence",
        data__evidence=piece.pk,
    ).exists()
