"""Today finds the copies whose page is not what it was without reading all the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0024_seen_again_is_kept")]

    operations = [
        migrations.AddIndex(
            model_name="snapshot",
            index=models.Index(
                condition=models.Q(("standing__in", ["changed", "moved", "gone"])),
                fields=["standing"],
                name="snapshot_worn",
            ),
        ),
    ]
