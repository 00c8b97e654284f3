"""PostgreSQL holds back what lies outside the scope of who asks."""

from django.db import migrations

from agencies import walls


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        walls.install_functions(schema_editor.connection)
    walls.install_all(schema_editor.connection, walls.WALLS)


def remove(apps, schema_editor):
    walls.remove_all(schema_editor.connection, walls.WALLS)
    if schema_editor.connection.vendor == "postgresql":
        walls.remove_functions(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_guards")]

    operations = [migrations.RunPython(install, remove)]
