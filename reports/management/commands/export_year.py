"""Write a compiled year as a file that a person opens."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.asking import BadQuestion, period_of, region_of
from reports.exports import FORMATS
from reports.models import Compilation


class Command(BaseCommand):
    help = "Write the latest compile of a year as CSV, XLSX or JSON."

    def add_arguments(self, parser):
        parser.add_argument("year", help="a year or another period, as in compile_year")
        parser.add_argument("--region", help="code of a region; default: the whole register")
        parser.add_argument("--format", choices=sorted(FORMATS), required=True, help="kind of file")
        parser.add_argument("--output", required=True, help="where to write it")
        parser.add_argument(
            "--language", choices=("zh-hans", "en"), default="zh-hans", help="of the labels"
        )

    def handle(self, *args, **options):
        now = timezone.now()
        try:
            period, region = period_of(options["year"], now), region_of(options["region"], now)
        except BadQuestion as refused:
            raise CommandError(str(refused), returncode=2) from refused
        rows = Compilation.objects.finished().filter(period=period.key, region__code=region.code)
        newest = rows.select_related("region").defer("busy").order_by("-id").first()
        if newest is None:
            raise CommandError(_("Nothing of this period is compiled; run compile_year first."))
        with translation.override(options["language"]):
            content = FORMATS[options["format"]](newest)
        try:
            Path(options["output"]).write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(why)s")
                % {"path": options["output"], "why": error.strerror}
            ) from error
        self.stdout.write(options["output"])
