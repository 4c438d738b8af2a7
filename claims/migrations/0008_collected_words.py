"""Full-text search over what was collected, and what makes an entry of a feed an article by itself."""

import django.utils.timezone
from django.db import migrations, models

from claims.migrations import _words

INDEXES = [("collecteditem", "folded")]


def index(apps, schema_editor):
    _words.create(schema_editor, INDEXES)


def unindex(apps, schema_editor):
    _words.drop(schema_editor, INDEXES)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0007_checks_to_compare'),
    ]

    operations = [
        migrations.AddField(
            model_name='collecteditem',
            name='links',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='collecteditem',
            name='wanted',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='watchedfeed',
            name='added_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddIndex(
            model_name='collecteditem',
            index=models.Index(condition=models.Q(('wanted', True)), fields=['wanted'], name='item_wanted'),
        ),
        migrations.AddIndex(
            model_name='collecteditem',
            index=models.Index(fields=['-collected_at', '-id'], name='item_newest'),
        ),
        # After the columns: on SQLite adding one remakes the table, and its triggers would be gone.
        migrations.RunPython(index, unindex),
    ]
