"""Everybody on the desk may look at matches, clusters and further appearances in the lists."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SEEN_BY_ALL = ["view_match", "view_clustermember", "view_furtherappearance"]


def grant(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    config = apps.get_app_config("claims")
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    config.models_module = None
    give(apps)


def give(apps):
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="claims", codename__in=SEEN_BY_ALL
    )
    names = ["Editor", "Reviewer", "Publisher", "Administrator"]
    for group in apps.get_model("auth", "Group").objects.filter(name__in=names):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_collected_words'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
