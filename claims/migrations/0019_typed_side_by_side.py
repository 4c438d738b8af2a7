"""Whose sending of a working copy is the newer one, who took a draft over and when; and an acceptance
may be taken back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from claims.migrations import _guards

LEGAL = """'found>queued', 'queued>researching', 'found>dismissed', 'queued>dismissed',
    'researching>dismissed', 'dismissed>found', 'dismissed>queued', 'dismissed>researching',
    'queued>waiting', 'researching>waiting', 'waiting>researching', 'researching>in_review',
    'correcting>in_review', 'in_review>approved', 'in_review>researching',
    'in_review>correcting', 'approved>researching', 'approved>correcting', 'approved>published',
    'published>correcting', 'correcting>published', 'published>retracted'"""


def _legal(pairs):
    return [
        ("transition_legal", "transition", "INSERT",
         f"""NEW.subject = 'claim' AND ((NEW.from_state <> NEW.to_state AND
            NEW.from_state || '>' || NEW.to_state NOT IN ({pairs}))
            OR NOT EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.subject_id
                AND c.state = NEW.from_state AND c.moves = NEW.number - 1))""",
         "no such move from here"),
    ]  # fmt: skip


def guard(apps, schema_editor):
    _guards.drop(schema_editor, _legal(LEGAL))
    _guards.create(schema_editor, _legal(LEGAL + ", 'queued>found'"))


def unguard(apps, schema_editor):
    _guards.drop(schema_editor, _legal(LEGAL))
    _guards.create(schema_editor, _legal(LEGAL))


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0018_translations_like_any_version"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="presence",
            name="taken_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="workingcopy",
            name="turn",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="workingcopy",
            name="window",
            field=models.CharField(blank=True, max_length=36),
        ),
        migrations.AlterField(
            model_name="correction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("accept", "accepted"),
                    ("unaccept", "acceptance taken back"),
                    ("dismiss", "dismissed"),
                    ("restore", "brought back"),
                    ("merge", "merged"),
                    ("unmerge", "merge undone"),
                    ("split", "split in two"),
                    ("respan", "words marked anew"),
                    ("add", "added"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="presence",
            name="taken_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                    models.Q(
                        ("taken_at__isnull", False),
                        ("taken_by__isnull", False),
                        ("writing_since__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="presence_taken_is_not_held",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
