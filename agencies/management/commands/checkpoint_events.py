"""Signs where every chain of events stands, to be kept by another party."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import checkpoints


class Command(BaseCommand):
    help = "Signs where every chain of events stands; hand the file to another party."

    def add_arguments(self, parser):
        parser.add_argument("--output", type=Path, help="where to write the checkpoint file")

    def handle(self, *, output, **options):
        checkpoint = checkpoints.make(at=timezone.now())
        text = checkpoints.as_file(checkpoint)
        if output is None:
            self.stdout.write(text)
            return
        try:
            output.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"--output {output}: {error.strerror}") from error
        self.stdout.write(
            _("%(size)s events signed; the checkpoint is in %(path)s.")
            % {"size": checkpoint.size, "path": output}
        )
