"""A new database is prepared, and filled with the rows of the file that `said` names."""

from django.core.management import call_command

from agencies import walls


def run(said):
    """Make the tables and load the rows as they are."""
    with walls.opened():
        call_command("migrate", verbosity=0)
        call_command("loaddata", said["rows"], verbosity=0)
