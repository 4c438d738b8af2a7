"""The desk's own way out to the network, built from its settings in this one place."""

from __future__ import annotations

from django.conf import settings

from claims.sources._http import Door


def door() -> Door:
    """The guarded door, saying whose it is to the servers it asks.

    `FETCH_DOOR` is there for a settings module of tests, which gives a resolver and a dialer so
    that a public name leads to a loopback socket; no environment variable fills it.
    """
    return Door(
        allow=frozenset(settings.FETCH_ALLOW),
        user_agent=f"Touchstone/{settings.VERSION} (fact-check desk; +{settings.SITE_URL}/)",
        **getattr(settings, "FETCH_DOOR", {}),
    )
