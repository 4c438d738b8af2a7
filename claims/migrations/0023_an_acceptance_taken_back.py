"""An acceptance that was taken back is kept as an example of its own."""

from django.conf import settings
from django.db import migrations, models

from claims.migrations import _guards


def lay_down(apps, schema_editor):
    _guards.lay_down(schema_editor)


def take_up(apps, schema_editor):
    _guards.take_up(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0022_webhooks_and_deliveries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lay_down, take_up),
        migrations.RemoveConstraint(
            model_name="correction",
            name="correction_kind_known",
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "accept",
                            "unaccept",
                            "dismiss",
                            "restore",
                            "merge",
                            "unmerge",
                            "split",
                            "respan",
                            "add",
                        ],
                    )
                ),
                name="correction_kind_known",
            ),
        ),
        migrations.RunPython(take_up, lay_down),
    ]
