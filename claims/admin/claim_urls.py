"""The addresses of one claim's way through the desk: its page, its review, its publication."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from claims.admin import (
    claim_actions,
    claim_page,
    claimant_actions,
    copy_page,
    evidence_actions,
    listing_actions,
    lookup_actions,
    match_actions,
    publishing_acts,
    publishing_page,
    review_actions,
    review_list,
    review_page,
    talk_urls,
    together_actions,
)
from claims.admin.site import desk

CLAIM = "claims/claim/<int:claim_id>/"


def _at(route: str, view: Callable[..., HttpResponseBase], name: str, **fixed: str) -> URLPattern:
    return path(route, desk.admin_view(view), fixed, name=name)


urlpatterns = [
    _at(CLAIM + "change/", claim_page.claim_page, "claims_claim_change"),
    *[
        _at(f"{CLAIM}{action}/", claim_actions.move, f"claim-{action}", action=action)
        for action in claim_actions.MOVES
    ],
    _at(CLAIM + "edit/", claim_actions.edit, "claim-edit"),
    _at(CLAIM + "draft/", claim_actions.draft, "claim-draft"),
    _at("signed-in/", together_actions.who_is_signed_in, "signed-in"),
    _at(CLAIM + "present/", together_actions.present, "claim-present"),
    _at(CLAIM + "take-over/", together_actions.take_over, "claim-take-over"),
    _at(CLAIM + "keep/<slug:form>/", together_actions.keep, "claim-keep"),
    _at(CLAIM + "drop/<slug:form>/", together_actions.drop, "claim-drop"),
    _at(CLAIM + "lookups/", lookup_actions.lookups, "claim-lookups"),
    _at(CLAIM + "lookups/words/", lookup_actions.words, "claim-words"),
    _at(CLAIM + "lookups/page/", lookup_actions.read_page, "claim-read"),
    _at(CLAIM + "matches/", match_actions.panel, "claim-matches"),
    _at(CLAIM + "matches/<int:match_id>/", match_actions.side_by_side, "match"),
    _at(CLAIM + "matches/<int:match_id>/decide/", match_actions.decide, "match-decide"),
    *[
        _at(f"{CLAIM}claimants/<int:claimant_id>/{name}/", view, f"claimant-{name}")
        for name, view in [
            ("identify", claimant_actions.identify),
            ("forget", claimant_actions.forget),
            ("reject", claimant_actions.reject),
        ]
    ],
    _at(CLAIM + "evidence/", evidence_actions.add, "evidence-add"),
    _at(CLAIM + "evidence/use/", evidence_actions.use, "evidence-use"),
    _at(CLAIM + "evidence/<int:piece_id>/", evidence_actions.change, "evidence-change"),
    _at(CLAIM + "evidence/<int:piece_id>/remove/", evidence_actions.remove, "evidence-remove"),
    _at(CLAIM + "evidence/<int:piece_id>/order/", evidence_actions.order, "evidence-order"),
    _at(CLAIM + "evidence/<int:piece_id>/copy/", copy_page.copy_page, "evidence-copy"),
    _at(CLAIM + "evidence/<int:piece_id>/copy/state/", copy_page.state, "evidence-copy-state"),
    _at(CLAIM + "evidence/<int:piece_id>/copy/file/", copy_page.file, "evidence-copy-file"),
    _at(CLAIM + "evidence/<int:piece_id>/copy/quote/", copy_page.quote, "evidence-copy-quote"),
    *[
        _at(
            f"{CLAIM}evidence/<int:piece_id>/copy/{action}/",
            copy_page.act,
            f"evidence-copy-{action}",
            action=action,
        )
        for action in copy_page.ACTS
    ],
    _at("review/", review_list.waiting, "review"),
    _at(CLAIM + "review/", review_page.review_page, "claim-review"),
    _at(CLAIM + "review/ticks/", review_actions.tick, "claim-review-tick"),
    _at(CLAIM + "review/rate/", review_actions.rate, "claim-review-rate"),
    _at(CLAIM + "review/approve/", review_actions.approve, "claim-approve"),
    _at(CLAIM + "review/send-back/", review_actions.send_back, "claim-send_back"),
    *talk_urls.urlpatterns,
    _at("publishing/", publishing_page.publishing_page, "publishing"),
    _at(CLAIM + "appearance/", listing_actions.list_appearance, "appearance-list"),
    _at(CLAIM + "appearance/decline/", listing_actions.decline, "appearance-decline"),
    _at(
        CLAIM + "appearances/<int:listed_id>/withdraw/",
        listing_actions.withdraw,
        "appearance-withdraw",
    ),
    *[
        _at(f"{CLAIM}{action}/", publishing_acts.act, f"claim-{action}", action=action)
        for action in publishing_acts.ACTS
    ],
]
