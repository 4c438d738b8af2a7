"""Where the readers of news and rules begin: at what comes from now on."""

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


# reader of → the table it reads
READS = {
    "telling.moves": "Transition",
    "telling.comments": "Comment",
    "telling.matches": "Match",
    "sorting.claims": "Claim",
    "sorting.matches": "Match",
    "sorting.moves": "Transition",
}


def from_here_on(apps, schema_editor):
    """What happened before this version is no news, and no rule was there for it."""
    for name, table in READS.items():
        last = apps.get_model("claims", table).objects.aggregate(last=models.Max("pk"))["last"]
        apps.get_model("claims", "Cursor").objects.create(name=name, upto=last or 0)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0014_talk_and_experts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('upto', models.PositiveBigIntegerField(default=0)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='profile',
            name='digest_failures',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='profile',
            name='digest_reason',
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='claim_due'),
        ),
        migrations.RunPython(from_here_on, migrations.RunPython.noop),
    ]
