"""The queue's order over all states, for what is scattered among them; what is overdue or of a period
sorted by its index alone; the contested counted without their rows."""

from django.db import migrations, models

ORDER = ["-priority", "-checkworthiness", "-id"]


def anew(name, fields, condition=None):
    return [
        migrations.RemoveIndex("claim", name),
        migrations.AddIndex("claim", models.Index(fields=fields, name=name, condition=condition)),
    ]


class Migration(migrations.Migration):

    dependencies = [("claims", "0028_comments_wait_for_the_blind_rating")]

    operations = [
        migrations.AddIndex("claim", models.Index(fields=[*ORDER, "state"], name="queue_all")),
        *anew("claim_state_age", ["state", "created_at", *ORDER]),
        *anew("claim_due", ["state", "due_at", *ORDER], models.Q(due_at__isnull=False)),
        # Last: of two indexes that begin alike, SQLite without statistics takes the younger one.
        *anew("queue_contested", ["state", *ORDER, "carried_from"], models.Q(contested=True)),
        *anew("queue_seen_again", ["state", *ORDER], models.Q(seen_again=True)),
    ]
