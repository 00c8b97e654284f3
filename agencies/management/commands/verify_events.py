"""Checks every chain of events, and against every checkpoint that is at hand."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies import checkpoints, journal
from agencies.models import Chain, Checkpoint, Event

SHOWN = 20


class Command(BaseCommand):
    help = "Checks every chain of events against itself and against signed checkpoints."

    def add_arguments(self, parser):
        parser.add_argument(
            "--checkpoint",
            type=Path,
            action="append",
            default=[],
            help="a checkpoint file kept by another party; may be given several times",
        )

    def handle(self, *, checkpoint, **options):
        key = checkpoints.SIGNER.public_key()
        statements = [self._read(path, key) for path in checkpoint]
        statements += [self._stored(row, key) for row in Checkpoint.objects.order_by("id")]
        found = list(journal.breaks())
        for statement in statements:
            found += checkpoints.departures(statement)
        if found:
            self._complain(found)
        self.stdout.write(
            _("%(events)s events in %(chains)s chains hold, against %(count)s checkpoints.")
            % {
                "events": Event.objects.count(),
                "chains": Chain.objects.count(),
                "count": len(statements),
            }
        )

    def _read(self, path, key):
        try:
            return checkpoints.read(path.read_text(encoding="utf-8"), key=key)
        except (OSError, UnicodeDecodeError, checkpoints.BadCheckpoint) as error:
            raise CommandError(f"--checkpoint {path}: {error}") from error

    def _stored(self, row, key):
        try:
            return checkpoints.read(checkpoints.as_file(row), key=key)
        except checkpoints.BadCheckpoint as error:
            raise CommandError(
                _("The stored checkpoint of %(at)s is not good: %(error)s")
                % {"at": row.at, "error": error}
            ) from error

    def _complain(self, found):
        for one in found[:SHOWN]:
            self.stderr.write(f"{one.chain}/{one.seq}: {one.why}")
        raise CommandError(
            _("The book does not hold: %(count)s breaks found.") % {"count": len(found)}
        )
