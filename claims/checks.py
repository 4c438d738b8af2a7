"""System checks: each says what is wrong and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.db import DatabaseError

from claims.pipeline import _sealing as sealing
from claims.pipeline.lookup import missing_settings
from claims.sources import registry


# At the deployment check alone: every other command would say it again each time.
@register(deploy=True)
def sources_without_their_settings(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Info(
            f"The source “{name}” is skipped: {', '.join(missing)} not set.",
            hint="Set it in the environment, or leave it: the other sources are asked as ever.",
            id="claims.I001",
        )
        for name, source in registry().items()
        if (missing := missing_settings(source))
    ]


@register(deploy=True)
def news_without_a_mail_server(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    if settings.MAIL_IS_SET_UP:
        return []
    return [
        Info(
            "No mail server is named: nobody gets news by e-mail.",
            hint="Set EMAIL_URL, or leave it: the news stands on the desk all the same.",
            id="claims.I002",
        )
    ]


@register(Tags.security, deploy=True)
def no_demo_account(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    try:
        names = list(
            User.objects.filter(profile__demo=True, is_active=True).values_list(
                "username", flat=True
            )
        )
    except DatabaseError:
        return []  # Before the first migration there are no accounts at all.
    if not names:
        return []
    return [
        Error(
            f"Accounts of the demo desk can sign in: {', '.join(sorted(names))}.",
            hint="Their passwords have stood on a screen. Deactivate them in the desk, under "
            "Administration, or start production on a database of its own.",
            id="claims.E001",
        )
    ]


@register(Tags.security, deploy=True)
def no_private_address_is_open(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    loopback = [pair for pair in settings.FETCH_ALLOW if _is_loopback(pair.rpartition(":")[0])]
    if not loopback:
        return []
    return [
        Error(
            f"FETCH_ALLOW opens this machine itself to a source: {', '.join(sorted(loopback))}.",
            hint="Take the pair out, or run that source on a host of its own.",
            id="claims.E002",
        )
    ]


@register(Tags.security, deploy=True)
def field_key_can_be_used(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    try:
        sealing.newest_key()
    except sealing.FieldKeyError as error:
        return [
            Error(
                str(error),
                hint="Second factors cannot be set up or asked for until then.",
                id="claims.E003",
            )
        ]
    return []


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
