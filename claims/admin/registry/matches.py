"""Matches, clusters and further appearances, only to be looked at: they are decided on elsewhere."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin.registry.base import RecordAdmin, instant
from claims.admin.site import desk
from claims.models import ClusterMember, FurtherAppearance, Match
from claims.templatetags.desk import digits


@admin.register(Match, site=desk)
class MatchAdmin(RecordAdmin):
    when_empty = _(
        "Nothing was seen before yet. New claims are compared with earlier ones and with imported checks by themselves."
    )
    list_display = ("claim", "other", "relation", "likeness", "state", "decided_by", "decided")
    list_filter = ("state", "relation")
    list_select_related = ("claim", "earlier", "check_found", "decided_by")
    ordering = ("-pk",)
    fields = (
        "claim", "earlier", "check_found", "relation", "likeness", "reasons", "method", "state",
        "suggested", "decided_by", "decided",
    )  # fmt: skip
    readonly_fields = ("likeness", "suggested", "decided")
    suggested = instant("suggested_at", _("suggested on"))
    decided = instant("decided_at", _("decided on"))

    @admin.display(description=_("earlier"))
    def other(self, match: Match) -> str:
        return str(match.earlier or match.check_found)

    @admin.display(description=_("score"), ordering="score")
    def likeness(self, match: Match) -> str:
        return digits(f"{match.score:.2f}")


@admin.register(ClusterMember, site=desk)
class ClusterMemberAdmin(RecordAdmin):
    when_empty = _(
        "No claim has joined another yet. That is decided on a claim's page, under “Seen before?”."
    )
    list_display = ("claim", "head", "joined_by", "joined")
    list_select_related = ("claim", "head", "joined_by")
    ordering = ("-pk",)
    fields = ("claim", "head", "match", "joined_by", "joined")
    readonly_fields = ("joined",)
    joined = instant("joined_at", _("joined on"))


@admin.register(FurtherAppearance, site=desk)
class FurtherAppearanceAdmin(RecordAdmin):
    when_empty = _(
        "No article is listed with a verdict yet. A publisher lists those that repeat it, on the publishing page."
    )
    list_display = ("article", "claim", "listed_by", "listed", "withdrawn_by", "withdrawn")
    list_select_related = ("article", "claim", "listed_by", "withdrawn_by")
    ordering = ("-pk",)
    fields = ("article", "claim", "match", "listed_by", "listed", "withdrawn_by", "withdrawn")
    readonly_fields = ("listed", "withdrawn")
    listed = instant("listed_at", _("listed on"))
    withdrawn = instant("withdrawn_at", _("withdrawn on"))
