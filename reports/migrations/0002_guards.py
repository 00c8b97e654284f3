"""What is sealed becomes unchangeable in the database itself."""

from django.db import migrations

from reports import guards


def install(apps, schema_editor):
    for one in guards.EVERY:
        one.install(schema_editor.connection)


def remove(apps, schema_editor):
    for one in guards.EVERY:
        one.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
