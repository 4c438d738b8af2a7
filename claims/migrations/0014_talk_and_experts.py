"""Comments call colleagues; what an outside expert is shown is decided when the link is made, and
stays; nothing confidential is ever shared; letters change by their revision."""

from django.conf import settings
from django.db import migrations, models

from claims.migrations import _guards

GUARDS = [
    ("comment_anchor_stays", "comment", "UPDATE",
     """COALESCE(NEW.version_id, 0) <> COALESCE(OLD.version_id, 0)
        OR COALESCE(NEW."start", -1) <> COALESCE(OLD."start", -1)
        OR COALESCE(NEW."end", -1) <> COALESCE(OLD."end", -1)""",
     "a comment stays where it was put"),
    ("comment_by_a_living_link", "comment", "INSERT",
     """NEW.link_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_expertlink l
        WHERE l.id = NEW.link_id AND l.claim_id = NEW.claim_id AND l.revoked_at IS NULL
        AND l.expires_at > NEW.at)""",
     "an outside expert writes while the link to that claim holds"),
    ("expertlink_shares_nothing_confidential", "expertlink", "INSERT",
     """EXISTS (SELECT 1 FROM claims_claim c JOIN claims_article a ON a.id = c.article_id
        WHERE c.id = NEW.claim_id AND a.confidential = TRUE)""",
     "what is confidential is shared with nobody"),
    ("expertlink_stays_as_made", "expertlink", "UPDATE",
     """NEW.sha256 <> OLD.sha256 OR NEW.claim_id <> OLD.claim_id OR NEW.name <> OLD.name
        OR NEW.note <> OLD.note OR NEW.shares_draft <> OLD.shares_draft
        OR NEW.made_by_id <> OLD.made_by_id OR NEW.made_at <> OLD.made_at
        OR NEW.expires_at <> OLD.expires_at
        OR (OLD.opened_at IS NOT NULL
            AND (NEW.opened_at IS NULL OR NEW.opened_at <> OLD.opened_at))
        OR (OLD.revoked_at IS NOT NULL
            AND (NEW.revoked_at IS NULL OR NEW.revoked_at <> OLD.revoked_at))""",
     "a link stays as it was made, and revoked once it is"),
    ("contact_changes_by_revision", "contact", "UPDATE",
     """NEW.claim_id <> OLD.claim_id OR NEW.asked_by_id <> OLD.asked_by_id
        OR NEW.revision <= OLD.revision""",
     "a contact changes by its revision"),
    ("complaint_answered_stays", "complaint", "UPDATE",
     """OLD.state <> 'open' AND (NEW.state <> OLD.state OR NEW.answer <> OLD.answer)""",
     "an answered complaint stays as it was answered"),
]


def lay_down(apps, schema_editor):
    _guards.lay_down(schema_editor)


def take_up(apps, schema_editor):
    _guards.take_up(schema_editor)


def guard(apps, schema_editor):
    _guards.create(schema_editor, GUARDS)


def unguard(apps, schema_editor):
    _guards.drop(schema_editor, GUARDS)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_people_sign_in_safely'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lay_down, take_up),
        migrations.AddField(
            model_name='comment',
            name='mentions',
            field=models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expertlink',
            name='shares_draft',
            field=models.BooleanField(default=False, verbose_name='with the verdict as it is being written'),
        ),
        migrations.RunPython(take_up, lay_down),
        migrations.RunPython(guard, unguard),
    ]
