"""Indexes for what Today and the figures ask: by time, bounded by a period."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("claims", "0016_blind_ratings_bind")]

    operations = [
        migrations.AddIndex("claim", models.Index(fields=["state", "created_at"], name="claim_state_age")),
        migrations.AddIndex(
            "publication", models.Index(fields=["kind", "published_at"], name="publication_kind_at")
        ),
        migrations.AddIndex("review", models.Index(fields=["created_at"], name="review_at")),
        migrations.AddIndex("lookup", models.Index(fields=["finished_at"], name="lookup_finished")),
        migrations.AddIndex(
            "complaint", models.Index(fields=["state", "due_on"], name="complaint_due")
        ),
    ]
