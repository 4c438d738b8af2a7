"""What is only looked at: the history, what was published, other desks' checks."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims import permissions
from claims.admin.claim_history import DONE, EDITS, IN_REVIEW
from claims.admin.registry.base import RecordAdmin, dated, instant
from claims.admin.site import desk
from claims.models import Claim, ImportedCheck, Publication, State, Transition
from claims.templatetags.desk import digits, rating_badge, state_badge

WORDS = {
    **EDITS,
    "receive": _("Came in"),
    "receive_again": _("Came in again"),
    "confirm_day": _("Confirmed the day"),
    "split": _("Split into claims"),
    "split_again": _("Sent to be split again"),
    "make_token": _("Made an API token"),
    "revoke_token": _("Revoked an API token"),
    "change_policy": _("Changed the policy"),
    "add_person": _("Added a person"),
    "change_person": _("Changed a person"),
    "change_password": _("Gave a new password"),
    "invite_person": _("Asked somebody in by e-mail"),
    "invite_again": _("Sent an invitation again"),
    "withdraw_invitation": _("Withdrew an invitation"),
    "accept_invitation": _("Chose a password by invitation"),
    "add_rating": _("Added a rating"),
    "change_rating": _("Changed a rating"),
    "add_feed": _("Added a watched feed"),
    "change_feed": _("Changed a watched feed"),
    "add_outlet": _("Added an outlet"),
    "change_outlet": _("Changed an outlet"),
    "trust_outlet": _("Decided whether an outlet is trusted"),
    "change_claimant": _("Changed a claimant"),
    "try_source": _("Tried a source"),
    "merge_claimants": _("Merged two claimants"),
    "unmerge_claimants": _("Undid a merge of claimants"),
    "set_second_factor": _("Set up a second factor"),
    "new_recovery_codes": _("Made new recovery codes"),
    "use_recovery_code": _("Signed in with a recovery code"),
    "remove_second_factor": _("Removed a second factor"),
    "reset_second_factor": _("Reset somebody's second factor"),
    "end_sessions": _("Signed out elsewhere"),
    "bind_identity": _("Bound an account to the organisation's sign-in"),
    "unbind_identity": _("Unbound an account from the organisation's sign-in"),
    "hand_over_claims": _("Handed claims over"),
    "export_confidential": _("Made a file with what is confidential"),
    "rotate_field_key": _("Sealed secrets with a newer key"),
    "change_signing_key": _("Changed the key that signs the log"),
    "erase": _("Withdrew a text from the log by order of law"),
    "add_rule": _("Made a rule"),
    "change_rule": _("Changed a rule"),
    "switch_rule": _("Switched a rule on or off"),
    "add_webhook": _("Added a webhook"),
    "change_webhook": _("Changed a webhook"),
    "renew_webhook_secret": _("Made a new secret for a webhook"),
    "switch_on_webhook": _("Switched a webhook on"),
    "switch_off_webhook": _("Switched a webhook off"),
    "replay_webhook": _("Sent a webhook everything again"),
}


SEALED = _("sealed until you have rated the claim")


def _is_sealed(move: Transition) -> bool:
    """Whether its words would tell of a proposal that the person has to rate unseen."""
    of_claim = move.subject == Transition.Subject.CLAIM and getattr(move, "sealed", True)
    return of_claim and move.action in IN_REVIEW


class AboutFilter(admin.ChoicesFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("about")


@admin.register(Transition, site=desk)
class TransitionAdmin(RecordAdmin):
    list_display = ("when", "actor", "about", "what", "leads", "said")
    list_display_links = ("when",)
    list_filter = (("subject", AboutFilter),)
    list_select_related = ("actor",)
    ordering = ("-at", "-pk")
    fields = (
        "when", "actor", "about", "number", "what", "leads", "said", "written", "previous", "hash",
    )  # fmt: skip
    readonly_fields = ("when", "about", "what", "leads", "said", "written")
    when = instant("at", _("when"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transition]:
        found: QuerySet[Transition] = super().get_queryset(request)
        claims = Claim.objects.filter(permissions.sealed(request.user), pk=OuterRef("subject_id"))
        return found.annotate(sealed=Exists(claims))

    @admin.display(description=_("reason"), ordering="reason")
    def said(self, move: Transition) -> str:
        return str(SEALED) if _is_sealed(move) else move.reason

    @admin.display(description=_("data"))
    def written(self, move: Transition) -> str:
        return str(SEALED) if _is_sealed(move) else json.dumps(move.data, ensure_ascii=False)

    @admin.display(description=_("about"))
    def about(self, move: Transition) -> SafeString | str:
        address = {
            Transition.Subject.CLAIM: "admin:claims_claim_change",
            Transition.Subject.ARTICLE: "admin:article",
        }.get(Transition.Subject(move.subject))
        label = move.get_subject_display()
        if address is None:
            return label
        return format_html(
            '<a href="{}">{} {}</a>',
            reverse(address, args=[move.subject_id]),
            label,
            digits(move.subject_id),
        )

    @admin.display(description=_("action"))
    def what(self, move: Transition) -> str:
        return str(DONE.get(move.action) or WORDS.get(move.action, move.action))

    @admin.display(description=_("leads to"))
    def leads(self, move: Transition) -> SafeString | str:
        if move.subject != Transition.Subject.CLAIM or move.to_state not in State.values:
            return self.get_empty_value_display()
        return state_badge(move.to_state)


@admin.register(Publication, site=desk)
class PublicationAdmin(RecordAdmin):
    when_empty = _("Nothing has been published yet. Approved verdicts wait on the publishing page.")
    list_display = ("address", "summary", "rating", "kind", "language", "published")
    list_display_links = ("address",)
    list_filter = ("kind", "language")
    ordering = ("-entry",)
    fields = (
        "address", "kind", "claim", "rating", "summary", "language", "byline", "reason",
        "published_by", "published",
    )  # fmt: skip
    readonly_fields = ("address", "rating", "summary", "published")
    published = instant("published_at", _("published on"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        found: QuerySet[Publication] = super().get_queryset(request)
        return found.select_related("version__rating", "claim", "published_by")

    @admin.display(description=_("address"))
    def address(self, publication: Publication) -> SafeString:
        return format_html('<bdi dir="ltr">{}</bdi>', publication)

    @admin.display(description=_("summary"))
    def summary(self, publication: Publication) -> str:
        return publication.version.summary

    @admin.display(description=_("rating"))
    def rating(self, publication: Publication) -> SafeString:
        return rating_badge(publication.version.rating)


@admin.register(ImportedCheck, site=desk)
class ImportedCheckAdmin(RecordAdmin):
    when_empty = _(
        "No check of another desk is here yet. Whoever runs this one brings them in on the server, "
        "with the command import_claimreview."
    )
    list_display = ("claim", "rating", "publisher", "language", "checked")
    list_filter = ("language",)
    search_fields = ("claim", "publisher", "url")
    fields = (
        "claim", "claimant", "rating", "publisher", "url", "language", "checked", "licence",
        "imported",
    )  # fmt: skip
    readonly_fields = ("checked", "imported")
    checked = dated("reviewed_on", _("checked on"))
    imported = instant("imported_at", _("imported"))
