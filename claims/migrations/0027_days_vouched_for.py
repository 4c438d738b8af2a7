"""Which day's end an entry of kind `audit` vouches for: one entry a day, never changed."""

import django.db.models.deletion
from django.db import migrations, models

from claims.migrations import _guards

GUARDS = [
    (f"auditentry_never_{event.lower()}d", "auditentry", event, "1 = 1",
     "rows of auditentry are append-only")
    for event in ("UPDATE", "DELETE")
]


class Migration(migrations.Migration):

    dependencies = [("claims", "0026_translations_go_out_at_a_time")]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="audit", serialize=False, to="claims.logentry")),
                ("until", models.DateTimeField(unique=True)),
            ],
        ),
        migrations.RunPython(
            lambda _apps, schema_editor: _guards.create(schema_editor, GUARDS),
            lambda _apps, schema_editor: _guards.drop(schema_editor, GUARDS),
        ),
    ]
