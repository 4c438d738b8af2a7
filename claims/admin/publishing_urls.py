"""The addresses of what goes out: previews, times, translations."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from claims.admin import preview_page, schedule_actions, translation_decisions, translation_page
from claims.admin.claim_urls import CLAIM
from claims.admin.site import desk

LANGUAGE = CLAIM + "translations/<str:language>/"


def _at(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(route, desk.admin_view(view), name=name)


urlpatterns = [
    _at(CLAIM + "preview/", preview_page.preview, "claim-preview"),
    _at(CLAIM + "schedule/", schedule_actions.schedule, "claim-schedule"),
    _at(CLAIM + "schedule/call-off/", schedule_actions.call_off, "claim-call-off"),
    _at(LANGUAGE, translation_page.translation_page, "translation"),
    _at(LANGUAGE + "save/", translation_page.save, "translation-save"),
    _at(LANGUAGE + "review/", translation_decisions.review_page, "translation-review"),
    _at(LANGUAGE + "approve/", translation_decisions.approve, "translation-approve"),
    _at(LANGUAGE + "send-back/", translation_decisions.send_back, "translation-send_back"),
    _at(LANGUAGE + "publish/", translation_decisions.publish, "translation-publish"),
    _at(LANGUAGE + "schedule/", schedule_actions.schedule_translation, "translation-schedule"),
    _at(
        LANGUAGE + "schedule/call-off/",
        schedule_actions.call_off_translation,
        "translation-call-off",
    ),
    _at(LANGUAGE + "retract/", translation_decisions.retract, "translation-retract"),
]
