"""What everybody on the desk decides for themselves: language, figures, calendar, appearance, byline,
and what they are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Notification, NotificationChoice, Profile
from claims.workflow import in_words

FIELDS = ("language", "digits", "calendar", "theme", "byline", "digest")


@transaction.atomic
def save(*, person: User, told: Mapping[str, tuple[bool, bool]], **fields: Any) -> Profile:
    """Keeps a person's own choices. `told`: kind of news → on the desk, in the digest. Raises
    ValidationError by field."""
    if not permissions.is_on_the_desk(person):
        raise PermissionDenied(_("Only people of the desk have settings here."))
    profile, _new = Profile.objects.select_for_update().get_or_create(user=person)
    before = profile.digest
    for name in FIELDS:
        if name in fields:
            setattr(profile, name, fields[name])
    profile.byline = in_words(profile.byline)
    profile.full_clean(exclude=["user"])
    if profile.digest != before:
        profile.digest_at, profile.digest_failures, profile.digest_reason = None, 0, ""
        if before == Profile.Digest.NEVER:
            # Letters are about what comes from now on.
            Notification.objects.filter(person=person, mailed_at__isnull=True).update(
                mailed_at=timezone.now()
            )
    profile.save()
    for kind in Notification.Kind:
        on_desk, by_mail = told.get(kind.value, (True, True))
        if on_desk and by_mail:
            NotificationChoice.objects.filter(person=person, kind=kind).delete()
        else:
            NotificationChoice.objects.update_or_create(
                person=person, kind=kind, defaults={"on_desk": on_desk, "by_mail": by_mail}
            )
    return profile
