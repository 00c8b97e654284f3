"""Notes that another party keeps a checkpoint of the book."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import checkpoints
from agencies.journal import Actor


class Command(BaseCommand):
    help = "Notes that a receiver keeps a checkpoint: give the file as the receiver sent it back."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the checkpoint file that came back")
        parser.add_argument("--receiver", required=True, help="who keeps it, as a text")

    def handle(self, *, file, receiver, **options):
        if not receiver.strip() or len(receiver) > 100:
            raise CommandError(_("--receiver: write a name of 1 to 100 characters."))
        try:
            text = file.read_text("utf-8").strip()
            by = Actor("acknowledge_checkpoint")
            done = checkpoints.acknowledge(text, receiver.strip(), by=by, at=timezone.now())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}") from error
        except checkpoints.BadCheckpoint as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write(f"{done} {done.acknowledged_by}")
