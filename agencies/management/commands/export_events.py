"""Writes every event as a line of JSON, for a check without this program."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.journal import canonical
from agencies.models import Event

COLUMNS = ("chain", "seq", "previous", "hash", "payload")


class Command(BaseCommand):
    help = "Writes every event as a line of JSON, for docs/verify_events.py."

    def add_arguments(self, parser):
        parser.add_argument("--output", type=Path, required=True, help="the file to write")

    def handle(self, *, output, **options):
        rows = Event.objects.order_by("chain", "seq").values(*COLUMNS)
        count = 0
        try:
            with output.open("w", encoding="utf-8") as file:
                for row in rows.iterator(2000):
                    file.write(canonical(row) + "\n")
                    count += 1
        except OSError as error:
            raise CommandError(f"--output {output}: {error.strerror}") from error
        self.stdout.write(
            _("%(count)s events written to %(path)s.") % {"count": count, "path": output}
        )
