"""Serve the site; without REDIS_URL the same process runs the background jobs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.server import Server, address, check_port


class Command(BaseCommand):
    help = "Serve the site on BIND and PORT until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        check_port()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(_("The database is not up to date. Run: manage.py migrate"))
        connection.close()
        self.stdout.write(_("Serving %(address)s — Ctrl-C stops it.") % {"address": address()})
        self.stdout.flush()
        Server().run()
