"""Notes, written by triggers, of the claims that may be without lookups; and an index of the feeds that
are watched. The claims that are there already are gone through once (`pipeline.lookup.open_missing`)."""

from django.db import migrations, models

from claims.migrations import _followers

_NOTE = "INSERT INTO claims_lookupsdue (claim_id)"

FOLLOWERS = [
    ("lookups_of_a_new_claim", "claim", "INSERT", [f"{_NOTE} VALUES (NEW.id)"]),
    ("lookups_of_a_claim", "claim", "UPDATE OF state, language, checkable, carried_from_id",
     [f"{_NOTE} VALUES (NEW.id)"]),
    ("lookups_of_an_article", "article", "UPDATE OF confidential",
     [f"{_NOTE} SELECT c.id FROM claims_claim c WHERE c.article_id = NEW.id"]),
]  # fmt: skip


def follow(apps, schema_editor):
    _followers.create(schema_editor, FOLLOWERS)


def leave(apps, schema_editor):
    _followers.drop(schema_editor, FOLLOWERS)


class Migration(migrations.Migration):

    dependencies = [("claims", "0029_the_queue_over_all_states")]

    operations = [
        migrations.CreateModel(
            name="LookupsDue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_id", models.BigIntegerField()),
            ],
            options={"verbose_name_plural": "lookups due"},
        ),
        migrations.AddIndex(
            "watchedfeed",
            models.Index(fields=["next_at"], name="feed_due", condition=models.Q(active=True)),
        ),
        migrations.RunPython(follow, leave),
    ]
