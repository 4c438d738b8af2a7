"""Signing in through the organisation's own provider: OpenID Connect, authorization code with PKCE.

The few requests go out through the guarded door like every other, so no HTTP client of a library is
used; the signature and the times of the token are PyJWT's business. Nothing here makes anybody a
superuser, and nobody gets a role that the operator's mapping does not name.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import jwt
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Identity, Notification, Transition
from claims.pipeline._door import door
from claims.sources._http import FetchError, SourceDoor
from claims.workflow import IllegalMove, record

# Signed with the provider's private key. Never HMAC, whose key would be one that we publish.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
REMEMBERED = 3600
LONGEST_SUBJECT = 255
# What a provider says where it has asked for more than a password (RFC 8176).
STRONG = frozenset({"mfa", "otp", "hwk", "swk", "fpt", "face", "sms", "phr", "phrh"})
MOST_BYTES = 256 * 1024


class NotAdmitted(IllegalMove):
    """The provider's answer cannot be used, or it is about nobody who may come in."""


@dataclass(frozen=True)
class Begun:
    """What the session keeps until the provider sends the person back."""

    state: str
    nonce: str
    verifier: str


def is_set() -> bool:
    return bool(settings.OIDC_ISSUER)


def begin(*, back: str) -> tuple[str, Begun]:
    """Where to send the person, and what to keep meanwhile. `back` is our own address."""
    begun = Begun(*(secrets.token_urlsafe(32) for _n in range(3)))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    address = str(_configuration()["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", begun


def finish(*, code: str, begun: Begun, back: str) -> dict[str, Any]:
    """What the provider says of the person, proven. Raises NotAdmitted."""
    configuration = _configuration()
    id, secret = (
        quote(settings.OIDC_CLIENT_ID, safe=""),
        quote(str(settings.OIDC_CLIENT_SECRET), safe=""),
    )
    basic = base64.b64encode(f"{id}:{secret}".encode()).decode()
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": begun.verifier,
    }
    tokens = _json(
        _out().post(
            str(configuration["token_endpoint"]),
            form=form,
            headers={"Authorization": f"Basic {basic}", "Accept": "application/json"},
            max_bytes=MOST_BYTES,
        )
    )
    found = _proven(str(tokens.get("id_token", "")), begun.nonce)
    if "userinfo_endpoint" in configuration and not {"email", settings.OIDC_GROUPS} <= found.keys():
        headers = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        more = _json(
            _out().get(
                str(configuration["userinfo_endpoint"]), headers=headers, max_bytes=MOST_BYTES
            )
        )
        if more.get("sub") != found["sub"]:
            raise NotAdmitted(_("The provider's two answers are about different people."))
        found = {**more, **found}
    return found


def was_strong(found: dict[str, Any]) -> bool:
    """Whether the provider asked for a second factor, where the operator leaves that to it."""
    if not settings.OIDC_SECOND_FACTOR:
        return False
    methods = found.get("amr")
    return isinstance(methods, list) and bool(STRONG & {str(one) for one in methods})


def person(found: dict[str, Any]) -> User:
    """Who of the desk this is: bound before by the provider's subject, or now, once, by a verified
    e-mail address that one active account has. Somebody new gets an account without a role, if the
    operator let their domain in or their group names a role. Raises NotAdmitted."""
    try:
        with transaction.atomic():
            return _person(found)
    except IntegrityError as error:
        raise NotAdmitted(
            _("You are signing in twice at this moment, and the first is bound. Try again.")
        ) from error


def _person(found: dict[str, Any]) -> User:
    issuer, subject = settings.OIDC_ISSUER, found["sub"]
    bound = (
        Identity.objects.select_for_update()
        .select_related("user")
        .filter(issuer=issuer, subject=subject)
        .first()
    )
    roles = _roles(found)
    if bound is not None:
        user = bound.user
    else:
        user = _by_address(found) or _made(found, roles)
        bound = Identity.objects.create(user=user, issuer=issuer, subject=subject)
        move = _note("bind_identity", user, issuer=issuer)
        Notification.objects.get_or_create(
            person=user,
            key=f"security:{move.number}",
            defaults={"kind": Notification.Kind.SECURITY, "data": {"what": "bound"}},
        )
    if not user.is_active:
        raise NotAdmitted(_("Your account on this desk is closed. Ask an administrator."))
    bound.used_at = timezone.now()
    bound.save(update_fields=["used_at"])
    if roles is not None:
        _give(user, roles)
    return user


def _by_address(found: dict[str, Any]) -> User | None:
    address = _address(found)
    if not address:
        return None
    taken = Identity.objects.filter(issuer=settings.OIDC_ISSUER).values("user")
    rows = list(
        User.objects.filter(email__iexact=address, is_active=True).exclude(pk__in=taken)[:2]
    )
    # Two accounts of one address: an administrator has to say which. A superuser is never taken over.
    return rows[0] if len(rows) == 1 and not rows[0].is_superuser else None


def _made(found: dict[str, Any], roles: set[str] | None) -> User:
    address = _address(found)
    domain = address.rpartition("@")[2]
    if not roles and not (domain and domain in settings.OIDC_DOMAINS):
        raise NotAdmitted(
            _(
                "You are signed in at your organisation, but nobody has given you an account on this "
                "desk. Ask an administrator."
            )
        )
    if address and User.objects.filter(email__iexact=address).exists():
        raise NotAdmitted(
            _(
                "An account with your e-mail address is here already and cannot be bound by itself. "
                "Ask an administrator."
            )
        )
    wish = str(found.get("preferred_username") or address.partition("@")[0] or "person")
    name = "".join(sign for sign in wish if sign.isalnum() or sign in "._-")[:100] or "person"
    username, number = name, 1
    while User.objects.filter(username__iexact=username).exists():
        number += 1
        username = f"{name}-{number}"
    user = User(
        username=username,
        email=address,
        first_name=str(found.get("given_name") or "").replace("\0", "")[:150],
        last_name=str(found.get("family_name") or "").replace("\0", "")[:150],
    )
    user.set_unusable_password()
    user.save()
    _note("add_person", user, changes={"username": [None, username], "roles": [None, []]})
    return user


def _give(user: User, roles: set[str]) -> None:
    """Exactly the mapped roles, of those that the mapping speaks of at all."""
    if user.is_superuser:
        return
    managed = set(settings.OIDC_ROLES.values())
    before = sorted(user.groups.values_list("name", flat=True))
    after = sorted((set(before) - managed) | roles)
    if after == before:
        return
    user.groups.set(Group.objects.filter(name__in=after))
    user.is_staff = bool(after)
    user.save(update_fields=["is_staff"])
    _note("change_person", user, changes={"roles": [before, after]})


def _roles(found: dict[str, Any]) -> set[str] | None:
    """None: no mapping, or the provider does not tell groups."""
    groups = found.get(settings.OIDC_GROUPS)
    if not settings.OIDC_ROLES or not isinstance(groups, list):
        return None
    return {settings.OIDC_ROLES[one] for one in map(str, groups) if one in settings.OIDC_ROLES}


def _address(found: dict[str, Any]) -> str:
    """The e-mail address, if the provider has verified it and the operator's domains hold it."""
    address = str(found.get("email") or "").strip().lower()
    domain = address.rpartition("@")[2]
    proven = found.get("email_verified") is True and address.isprintable()
    if not proven or not domain or len(address) > 254:
        return ""
    return address if not settings.OIDC_DOMAINS or domain in settings.OIDC_DOMAINS else ""


def _proven(token: str, nonce: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = jwt.decode(
            token,
            key=_key(token),
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=60,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except jwt.PyJWTError as error:
        raise NotAdmitted(
            _("The provider's answer cannot be trusted: %(why)s. Try again.") % {"why": error}
        ) from error
    if not secrets.compare_digest(str(found["nonce"]).encode(), nonce.encode()):
        raise NotAdmitted(_("The provider's answer is to another question. Try again."))
    several = isinstance(found["aud"], list) and len(found["aud"]) > 1
    if several and found.get("azp") != settings.OIDC_CLIENT_ID:
        raise NotAdmitted(_("The provider's answer is meant for another service."))
    subject = found["sub"]
    if not isinstance(subject, str) or not subject.strip():
        raise NotAdmitted(_("The provider does not say who you are."))
    # OpenID Connect Core 2: at most 255 characters of ASCII. A longer one is not cut, and no sign is
    # left out: two people would come to be one.
    if len(subject) > LONGEST_SUBJECT or not (subject.isascii() and subject.isprintable()):
        raise NotAdmitted(
            _(
                "The provider calls you by something that cannot be kept as it is: more than %(most)d "
                "characters, or one that is no printable ASCII. Ask whoever runs your organisation's "
                "sign-in to give you another subject."
            )
            % {"most": LONGEST_SUBJECT}
        )
    return found


def _key(token: str) -> jwt.PyJWK:
    wanted = jwt.get_unverified_header(token).get("kid")
    for fresh in (False, True):
        keys = jwt.PyJWKSet.from_dict(_kept("jwks_uri", fresh=fresh)).keys
        fits = [key for key in keys if key.key_id == wanted or (wanted is None and len(keys) == 1)]
        if fits:
            return fits[0]
    raise jwt.InvalidTokenError("signed with an unknown key")


def _configuration() -> dict[str, Any]:
    found = _kept("")
    if found.get("issuer", "").rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
        raise NotAdmitted(_("The provider calls itself something other than OIDC_ISSUER."))
    return found


def _kept(name: str, *, fresh: bool = False) -> dict[str, Any]:
    """The provider's configuration, or the document it names so; asked for once an hour."""
    key = f"oidc:{settings.OIDC_ISSUER}:{name}"
    found: dict[str, Any] | None = None if fresh else cache.get(key)
    if found is None:
        address = (
            str(_configuration()[name])
            if name
            else f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration"
        )
        found = _json(_out().get(address, max_bytes=MOST_BYTES))
        cache.set(key, found, REMEMBERED)
    return found


def _out() -> SourceDoor:
    return door().for_source(settings.OIDC_ISSUER)


def _json(page: Any) -> dict[str, Any]:
    try:
        found = json.loads(page.body)
    except ValueError as error:
        raise NotAdmitted(_("The provider answers something that is not JSON.")) from error
    if not isinstance(found, dict):
        raise NotAdmitted(_("The provider answers something that is not JSON."))
    return found


def _note(action: str, user: User, **data: Any) -> Transition:
    told = {"person": user.pk, "name": user.get_username(), **data}
    return record(Transition.Subject.DESK, 0, action, actor=None, data=told)


__all__ = [
    "Begun",
    "FetchError",
    "NotAdmitted",
    "begin",
    "finish",
    "is_set",
    "person",
    "was_strong",
]
