"""Imported checks carry a to-do note: the desk's claims are held against new and changed ones.

Those that are there already are due once.
"""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_due_and_unresolved'),
    ]

    operations = [
        migrations.AddField(
            model_name='importedcheck',
            name='next_at',
            field=models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='importedcheck',
            index=models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='check_due'),
        ),
    ]
