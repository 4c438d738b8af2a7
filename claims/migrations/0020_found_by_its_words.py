"""Whether a claim is contested, the notes of words to be written, and the queue's order within what
it is narrowed to most often."""

from django.db import migrations, models

from claims.migrations import _guards

ORDER = ["-priority", "-checkworthiness", "-id"]


def lay_down(apps, schema_editor):
    _guards.lay_down(schema_editor)


def take_up(apps, schema_editor):
    _guards.take_up(schema_editor)


class Migration(migrations.Migration):

    dependencies = [("claims", "0019_typed_side_by_side")]

    operations = [
        migrations.RunPython(lay_down, take_up),
        migrations.CreateModel(
            name="WordsDue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_id", models.BigIntegerField()),
            ],
            options={"verbose_name_plural": "words due"},
        ),
        migrations.AddField(
            "claim", "contested", models.BooleanField(db_default=False, editable=False)
        ),
        migrations.RemoveIndex("claim", "claim_assigned"),
        migrations.AddIndex(
            "claim", models.Index(fields=["assignee", "state", *ORDER], name="queue_assigned")
        ),
        migrations.AddIndex(
            "claim", models.Index(fields=["language", "state", *ORDER], name="queue_language")
        ),
        migrations.AddIndex(
            "claim", models.Index(fields=["topic", "state", *ORDER], name="queue_topic")
        ),
        migrations.AddIndex(
            "claim",
            models.Index(
                fields=["state", *ORDER], name="queue_contested", condition=models.Q(contested=True)
            ),
        ),
        migrations.RunPython(take_up, lay_down),
    ]
