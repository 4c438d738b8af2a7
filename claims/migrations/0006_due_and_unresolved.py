"""From when a claim can be checked, and which of its words point at something it does not name.

Both columns may be empty: SQLite then adds them in place and keeps the table's triggers.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_matching_and_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='checkable_from',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='can be checked from'),
        ),
        migrations.AddField(
            model_name='claim',
            name='unresolved',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
    ]
