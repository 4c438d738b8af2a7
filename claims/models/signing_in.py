"""How people show that it is them: second factors, who is signed in where, and failed attempts."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SecondFactor(models.Model):
    """A person's app that shows codes (RFC 6238: SHA-1, six digits, 30 seconds).

    `secret` is sealed (`pipeline/_sealing.py`). `last_step` is the time step of the newest code that
    was taken: no code of it or of an earlier one is taken again.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor"
    )
    secret = models.TextField()
    last_step = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="second_factor_has_secret", condition=~Q(secret=""))
        ]

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class RecoveryCode(models.Model):
    """One of ten that each sign in once where the app is gone. Only a hash is kept: 80 random bits
    need no slow one."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="codes")
    sha256 = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["factor", "sha256"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"recovery code of factor {self.factor_id}"

    @staticmethod
    def new() -> str:
        """Sixteen letters and figures in four groups, none of them easily taken for another."""
        signs = "abcdefghjkmnpqrstuvwxyz23456789"
        return "-".join("".join(secrets.choice(signs) for _n in range(4)) for _n in range(4))

    @staticmethod
    def digest(code: str) -> str:
        bare = "".join(sign for sign in code.lower() if sign.isalnum())
        return hashlib.sha256(bare.encode()).hexdigest()


class SignIn(models.Model):
    """One browser in which a person is signed in, or was. Gone when they are signed out there."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins"
    )
    session_key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    how = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.at:%Y-%m-%d %H:%M}"


class FailedSignIns(models.Model):
    """Wrong passwords or codes in a row, by what they were tried on: an account, an address, a
    second factor. `key` says which, hashed."""

    key = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="failed_sign_in_last")]

    def __str__(self) -> str:
        return f"{self.number} until {self.last_at:%Y-%m-%d %H:%M}"


class Identity(models.Model):
    """A person as the desk's OpenID provider knows them. `subject` never changes there; an e-mail
    address may come to be somebody else's, so it binds once at most."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities"
    )
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            models.UniqueConstraint(fields=["issuer", "user"], name="identity_one_for_each"),
            models.CheckConstraint(
                name="identity_is_whole", condition=~Q(issuer="") & ~Q(subject="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.issuer}"
