"""Who is told: adding, changing, switching off, trying, and sending again."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Delivery, LogEntry, Transition, Webhook
from claims.pipeline import _sealing
from claims.pipeline._rights import need
from claims.workflow import IllegalMove, record


@transaction.atomic
def add(*, name: str, url: str, actor: User) -> tuple[Webhook, str]:
    """A new receiver, and its secret, which is kept only sealed. Raises ValidationError,
    PermissionDenied and FieldKeyError."""
    need(actor, permissions.ADMINISTER)
    webhook = Webhook(name=name.strip(), url=url.strip(), made_by=actor)
    webhook.full_clean()
    webhook.save()
    secret = _sealed_anew(webhook)
    _note("add_webhook", webhook, actor)
    return webhook, secret


@transaction.atomic
def change(*, webhook: Webhook, name: str, url: str, actor: User) -> None:
    need(actor, permissions.ADMINISTER)
    now = Webhook.objects.select_for_update().get(pk=webhook.pk)
    before = {"name": now.name, "url": now.url}
    now.name, now.url = name.strip(), url.strip()
    now.full_clean()
    now.save(update_fields=["name", "url"])
    after = {"name": now.name, "url": now.url}
    changes = {one: [before[one], after[one]] for one in after if before[one] != after[one]}
    if changes:
        _note("change_webhook", now, actor, changes=changes)


@transaction.atomic
def new_secret(*, webhook: Webhook, actor: User) -> str:
    """From now on messages are signed with it alone; the former is worth nothing."""
    need(actor, permissions.ADMINISTER)
    now = Webhook.objects.select_for_update().get(pk=webhook.pk)
    secret = _sealed_anew(now)
    _note("renew_webhook_secret", now, actor)
    return secret


@transaction.atomic
def switch(*, webhook: Webhook, on: bool, actor: User) -> None:
    """Off: it is told of nothing that is published meanwhile (`replay` sends that later); what is
    due waits. On: what was due is sent."""
    need(actor, permissions.ADMINISTER)
    done = Webhook.objects.filter(pk=webhook.pk, active=not on).update(
        active=on, ended_why="" if on else _("Switched off by an administrator.")
    )
    if not done:
        raise IllegalMove(_("It is told already.") if on else _("It is switched off already."))
    _note("switch_on_webhook" if on else "switch_off_webhook", webhook, actor)


@transaction.atomic
def try_it(*, webhook: Webhook, actor: User) -> Delivery:
    """Sends a message that says nothing, once."""
    need(actor, permissions.ADMINISTER)
    if not Webhook.objects.filter(pk=webhook.pk, active=True).exists():
        raise IllegalMove(_("It is switched off. Switch it on, then try it."))
    return Delivery.objects.create(webhook=webhook)


@transaction.atomic
def again(*, delivery: Delivery, actor: User) -> None:
    """Sends one message once more, from the first attempt on."""
    need(actor, permissions.ADMINISTER)
    if delivery.entry_id is None:
        raise IllegalMove(_("A trial is not sent again. Try it anew."))
    _due_anew(Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.WAITING))


@transaction.atomic
def replay(*, webhook: Webhook, since: int, actor: User) -> int:
    """Has every entry from number `since` on sent once more, also those that it was not told of;
    gives how many."""
    need(actor, permissions.ADMINISTER)
    now = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if not now.active:
        raise IllegalMove(_("It is switched off. Switch it on, then send again."))
    entries = LogEntry.objects.filter(number__gte=since).exclude(kind__in=LogEntry.OWN)
    _due_anew(now.deliveries.filter(entry__in=entries).exclude(state=Delivery.State.WAITING))
    told = set(now.deliveries.filter(entry__in=entries).values_list("entry_id", flat=True))
    missing = entries.exclude(pk__in=told).order_by("number").values_list("pk", flat=True)
    for_it = [Delivery(webhook=now, entry_id=number) for number in missing.iterator()]
    Delivery.objects.bulk_create(for_it, batch_size=500)
    _note("replay_webhook", now, actor, since=since)
    return len(told) + len(for_it)


def _due_anew(rows: Any) -> None:
    rows.update(
        state=Delivery.State.WAITING,
        attempts=0,
        next_at=timezone.now(),
        ended_at=None,
        status=None,
        reason="",
    )


def _sealed_anew(webhook: Webhook) -> str:
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    webhook.secret = _sealing.seal(secret, context=_sealing.of_webhook(webhook.pk))
    webhook.save(update_fields=["secret"])
    return secret


def _note(action: str, webhook: Webhook, actor: User, **data: Any) -> None:
    about = {"webhook": webhook.pk, "name": webhook.name, **data}
    record(Transition.Subject.DESK, 0, action, actor=actor, data=about)
