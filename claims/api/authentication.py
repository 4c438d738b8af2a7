"""Machines: `Authorization: Bearer ts_…`, one scope a token."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.models import ApiToken, Scope

# `last_used_at` is for people who tidy up; a write at every request would be for nobody.
EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """The token's owner is the user, the token itself `request.auth`.

    Missing, unknown, expired, revoked, or of somebody who has left: one answer for all of them.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken]:
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        token = None
        if scheme.lower() == b"bearer":
            token = (
                ApiToken.objects.usable()
                .select_related("owner")
                .filter(
                    sha256=ApiToken.digest(secret.strip().decode("latin-1")), owner__is_active=True
                )
                .first()
            )
        if token is None:
            raise AuthenticationFailed(
                "This needs a valid token: Authorization: Bearer ts_… An administrator makes one "
                "with manage.py make_token."
            )
        now = timezone.now()
        ApiToken.objects.filter(
            Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - EVERY), pk=token.pk
        ).update(last_used_at=now)
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class MayBringIn(BasePermission):
    message = (
        f"This token may not bring articles in. An administrator makes one with the scope "
        f"“{Scope.INTAKE.value}”."
    )

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, ApiToken) and request.auth.scope == Scope.INTAKE
