"""The database keeps the administrations apart and staffed."""

from django.db import migrations

from officers import guards


def install(apps, schema_editor):
    for one in guards.EVERY:
        one.install(schema_editor.connection)


def remove(apps, schema_editor):
    for one in guards.EVERY:
        one.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("officers", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
