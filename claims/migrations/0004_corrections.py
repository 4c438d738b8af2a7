"""What people changed about the splitter's work, and what the splitter said about its own.

The new column may be empty: SQLite then adds it in place. A column with a default would make it
remake the table, and the table's triggers would be gone.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from claims.migrations import _guards

GUARDS = [
    (f"correction_never_{event.lower()}d", "correction", event, "1 = 1",
     "rows of correction are append-only")
    for event in ("UPDATE", "DELETE")
]  # fmt: skip


def guard(apps, schema_editor):
    _guards.create(schema_editor, GUARDS)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "CREATE TRIGGER correction_never_truncated BEFORE TRUNCATE ON claims_correction "
                "FOR EACH STATEMENT EXECUTE FUNCTION never_truncated()"
            )


def unguard(apps, schema_editor):
    _guards.drop(schema_editor, GUARDS)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER correction_never_truncated ON claims_correction")


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0003_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='position',
            name='provenance',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accept', 'accepted'), ('dismiss', 'dismissed'), ('restore', 'brought back'), ('merge', 'merged'), ('unmerge', 'merge undone'), ('split', 'split in two'), ('respan', 'words marked anew'), ('add', 'added')], max_length=8, verbose_name='kind')),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('splitter', models.CharField(blank=True, max_length=16)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='claims.article')),
            ],
            options={
                'verbose_name': 'correction of the splitter',
                'verbose_name_plural': 'corrections of the splitter',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['at'], name='correction_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['accept', 'dismiss', 'restore', 'merge', 'unmerge', 'split', 'respan', 'add'])), name='correction_kind_known')],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
