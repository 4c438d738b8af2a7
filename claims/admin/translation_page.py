"""Writing a verdict in another language, the original beside it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin.citations import paragraphs
from claims.admin.claim_page import find_claim, number, person
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.admin.text_areas import TextArea, typed
from claims.admin.translation_copies import Typed
from claims.admin.translation_copies import typed as typed_and_kept
from claims.admin.translation_panel import STANDINGS
from claims.admin.version_diff import differences
from claims.admin.working_copies import Unsaved, saved_values
from claims.admin.working_copies import differences as word_differences
from claims.languages import direction, label
from claims.models import Claim, State, TranslationDraft
from claims.pipeline import translating
from claims.pipeline.together import of_language
from claims.pipeline.translating import Standing, Translation

FIELDS = ("statement", "summary", "explanation", "no_primary_reason")


class TranslationForm(forms.Form):
    """Empty fields are saved as they are: what is missing is told, and only proposing needs it."""

    statement = forms.CharField(
        required=False, label=gettext_lazy("statement"), max_length=2000, widget=TextArea(attrs={"rows": 2})
    )  # fmt: skip
    summary = forms.CharField(
        required=False, label=gettext_lazy("summary"), max_length=300, widget=TextArea(attrs={"rows": 2})
    )  # fmt: skip
    explanation = forms.CharField(
        required=False, label=gettext_lazy("explanation"), max_length=50_000, widget=TextArea(attrs={"rows": 12})
    )  # fmt: skip
    no_primary_reason = forms.CharField(
        required=False, label=gettext_lazy("why there is no primary source"), max_length=300,
        widget=TextArea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(
        self, data: dict[str, str] | None = None, *, language: str, initial: Any = None
    ) -> None:
        super().__init__(data, auto_id="tr-%s", initial=initial)
        for name, field in self.fields.items():
            field.widget.attrs |= {"lang": language, "dir": direction(language), "class": "in txt"}
            if name in self.errors if self.is_bound else False:
                field.widget.attrs |= {
                    "aria-invalid": "true", "aria-describedby": f"tr-{name}-error",
                }  # fmt: skip


def find(request: HttpRequest, claim_id: int, language: str) -> tuple[Claim, Translation]:
    """The claim and how far its translation has come; 404 where there can be none."""
    claim = find_claim(request, claim_id)
    found = translating.one(claim, language)
    if found is None:
        raise Http404(_("A verdict is translated into another language of the desk."))
    return claim, found


@require_safe
def translation_page(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    claim, found = find(request, claim_id, language)
    return _render(request, claim, found)


def save(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    """Saves, and with then=propose sends to review. What was typed is saved even where something is
    missing still."""
    if request.method != "POST":
        return redirect("admin:translation", claim_id, language)
    claim, found = find(request, claim_id, language)
    form = TranslationForm({name: typed(request.POST, name) for name in FIELDS}, language=language)
    if not form.is_valid():
        return _render(
            request, claim, found, form,
            Refusal("save", [_("Not saved. Look at the marked fields.")], 422),
        )  # fmt: skip
    saved: list[TranslationDraft] = []

    def act() -> None:
        saved.append(
            translating.save(
                claim=claim,
                language=language,
                actor=person(request),
                revision=number(request.POST.get("revision")) or 0,
                of=number(request.POST.get("of")) or 0,
                **form.cleaned_data,
            )
        )

    if refusal := attempt("save", act):
        return _render(request, *find(request, claim_id, language), form, refusal)
    if request.POST.get("then") != "propose":
        messages.success(request, _("Translation saved."))
        return redirect("admin:translation", claim_id, language)
    propose = partial(
        translating.propose, claim=claim, language=language, actor=person(request),
        revision=saved[0].revision,
    )  # fmt: skip
    if refusal := attempt("propose", propose):
        return _render(request, *find(request, claim_id, language), None, refusal)
    messages.success(request, _("Sent to review. Somebody else compares it with the original."))
    return redirect("admin:translation", claim_id, language)


def _render(
    request: HttpRequest,
    claim: Claim,
    found: Translation,
    form: TranslationForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    original = found.original.version if found.original else None
    draft = found.draft or TranslationDraft(claim=claim, language=found.language, of=original)
    values = {name: getattr(draft, name) for name in FIELDS}
    untouched = TranslationForm(language=found.language, initial=values)
    name = of_language(found.language)
    writable = (
        original is not None
        and claim.state == State.PUBLISHED
        and found.standing != Standing.RETRACTED
    )
    may_write = writable and permissions.may(request.user, permissions.RESEARCH)
    kept, versus = Typed(Unsaved()), []
    if form is None and may_write and original is not None:
        kept = typed_and_kept(claim, person(request), draft, values, original)
        if kept.fields is not None:
            form = TranslationForm(language=found.language, initial=kept.fields)
            if kept.unsaved.shown[name].base != draft.revision:
                versus = word_differences(form, saved_values(untouched))
    elif form is not None and refusal is not None and refusal.lost_race:
        versus = word_differences(form, saved_values(untouched))
    form = form or untouched
    changed = None
    of = kept.translated or (draft.of if draft.of_id else None)
    if original is not None and of is not None and of.pk != original.pk:
        changed = differences(of.content, original.content)
    content = original.content if original else {}
    response = page(
        request,
        "desk/translation.html",
        section="publishing",
        title=_("Translation into %(language)s") % {"language": label(found.language)},
        claim=claim,
        translation=found,
        standing=STANDINGS[found.standing],
        original=original,
        content=content,
        paragraphs=paragraphs(
            content.get("explanation", ""), {piece["number"] for piece in content["evidence"]}
        )
        if content
        else [],
        draft=draft,
        form=form,
        fields=[form[name] for name in FIELDS if name != "no_primary_reason" or _asks(content)],
        requirements=translating.requirements(draft, original) if original else [],
        rating_label=content["rating"]["label"][found.language] if content else "",
        changed=changed,
        sent_back=next((one for one in found.reviews if one.decision == "send_back"), None),
        may_write=may_write,
        unsaved=kept.unsaved,
        form_name=name,
        versus=versus,
        lost=refusal is not None and refusal.lost_race,
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _asks(content: dict[str, Any]) -> bool:
    return bool(content.get("no_primary_reason"))
