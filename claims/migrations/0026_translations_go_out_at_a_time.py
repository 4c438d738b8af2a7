"""A time is set for a version: a verdict's translations go out by themselves like the verdict."""

from django.db import migrations, models

from claims.migrations import _guards


def lay_down(apps, schema_editor):
    _guards.lay_down(schema_editor)


def take_up(apps, schema_editor):
    _guards.take_up(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0025_pages_that_changed"),
    ]

    operations = [
        migrations.RunPython(lay_down, take_up),
        migrations.RemoveConstraint(
            model_name="scheduledpublication",
            name="schedule_one_pending",
        ),
        migrations.AddConstraint(
            model_name="scheduledpublication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("version",),
                name="schedule_one_pending",
            ),
        ),
        migrations.RunPython(take_up, lay_down),
    ]
