"""How often a password or a code may be tried.

An attempt is counted before it is judged, so that a hundred at the same moment are no more than one
after the other; one that was right is taken off again. Past its limit a key is asked to wait, the
longer the more often it failed; a day without a failure forgets everything.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from claims.models import FailedSignIns
from claims.workflow import IllegalMove

# Somebody at one place who mistypes; a list of stolen passwords tried on one account from
# everywhere, or on all accounts from one place. The account alone has a wide limit: otherwise anybody
# could keep its owner out.
HERE, ACCOUNT, ADDRESS = 5, 50, 50
CODES = 5
WAIT, LONGEST = timedelta(minutes=15), timedelta(days=1)

# Key → how many failures it may have.
Keys = Mapping[str, int]


class TooOften(IllegalMove):
    """Too many wrong attempts; the message says how long to wait."""


def of_password(username: str, address: str) -> dict[str, int]:
    name, here = username.casefold()[:300], place(address)
    return {
        _hashed("here", name, here): HERE,
        _hashed("account", name): ACCOUNT,
        _hashed("address", here): ADDRESS,
    }


def of_code(user_id: int) -> dict[str, int]:
    return {_hashed("code", str(user_id)): CODES}


@transaction.atomic
def count(keys: Keys) -> None:
    """One more attempt. Raises TooOften, and counts nothing, where one of the keys has to wait."""
    now = timezone.now()
    FailedSignIns.objects.bulk_create(
        [FailedSignIns(key=key, last_at=now) for key in sorted(keys)], ignore_conflicts=True
    )
    rows = list(
        FailedSignIns.objects.select_for_update().filter(key__in=keys).order_by("key").all()
    )
    for row in rows:
        if now - row.last_at > LONGEST:
            row.number = 0
        until = row.last_at + _wait(row.number, keys[row.key])
        if until > now:
            minutes = 1 + int((until - now).total_seconds() // 60)
            raise TooOften(
                ngettext(
                    "Too many wrong attempts. Try again in %(n)d minute.",
                    "Too many wrong attempts. Try again in %(n)d minutes.",
                    minutes,
                )
                % {"n": minutes}
            )
    for row in rows:
        row.number, row.last_at = row.number + 1, now
    FailedSignIns.objects.bulk_update(rows, ["number", "last_at"])


@transaction.atomic
def forgive(keys: Keys) -> None:
    """It was right: what was tried here is forgotten, and one attempt taken off the rest."""
    for row in FailedSignIns.objects.select_for_update().filter(key__in=keys).order_by("key"):
        if keys[row.key] in (ACCOUNT, ADDRESS) and row.number > 1:
            row.number -= 1
            row.save(update_fields=["number"])
        else:
            row.delete()


def forget_old() -> None:
    FailedSignIns.objects.filter(last_at__lt=timezone.now() - LONGEST).delete()


def _wait(number: int, limit: int) -> timedelta:
    if number < limit:
        return timedelta(0)
    doubled: int = 2 ** min(number // limit - 1, 10)
    return min(LONGEST, WAIT * doubled)


def place(address: str) -> str:
    """Where an address is. An IPv6 network of /64 is one place: whoever has one has all of it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network(f"{found}/64", strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
