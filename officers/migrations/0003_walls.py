"""PostgreSQL holds back what lies outside the scope of who asks."""

from django.db import migrations

from agencies.walls import install_all, remove_all
from officers import walls


def install(apps, schema_editor):
    install_all(schema_editor.connection, walls.WALLS)


def remove(apps, schema_editor):
    remove_all(schema_editor.connection, walls.WALLS)


class Migration(migrations.Migration):
    dependencies = [("officers", "0002_guards"), ("agencies", "0003_walls")]

    operations = [migrations.RunPython(install, remove)]
