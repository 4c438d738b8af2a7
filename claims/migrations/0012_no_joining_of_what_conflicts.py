"""What contradicts is never confirmed as the same, whoever decides."""

from django.db import migrations

from claims.migrations import _guards

GUARDS = [
    ("match_conflict_is_not_joined", "match", "UPDATE",
     """OLD.state = 'suggested' AND NEW.state = 'confirmed'
        AND OLD.relation = 'contradicts' AND NEW.relation = 'same'""",
     "what contradicts is not the same"),
]


def create(apps, schema_editor):
    _guards.create(schema_editor, GUARDS)


def drop(apps, schema_editor):
    _guards.drop(schema_editor, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_the_desk_finished")]
    operations = [migrations.RunPython(create, drop)]
