"""Write the filings behind a compiled year as a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.asking import BadQuestion, period_of, region_of
from reports.exports.listing import LISTS
from reports.models import Compilation


class Command(BaseCommand):
    help = "Write every filing of the latest compile, counted or left out and why, as CSV or XLSX."

    def add_arguments(self, parser):
        parser.add_argument("year", help="a year or another period, as in compile_year")
        parser.add_argument("--region", help="code of a region; default: the whole register")
        parser.add_argument("--format", choices=sorted(LISTS), required=True, help="kind of file")
        parser.add_argument("--output", required=True, help="where to write it")
        parser.add_argument(
            "--language", choices=("zh-hans", "en"), default="zh-hans", help="of the headings"
        )

    def handle(self, *args, **options):
        now = timezone.now()
        try:
            period, region = period_of(options["year"], now), region_of(options["region"], now)
        except BadQuestion as refused:
            raise CommandError(str(refused), returncode=2) from refused
        rows = Compilation.objects.finished().filter(period=period.key, region__code=region.code)
        newest = rows.defer("busy", "figures").order_by("-id").first()
        if newest is None:
            raise CommandError(_("Nothing of this period is compiled; run compile_year first."))
        try:
            with (
                Path(options["output"]).open("wb") as out,
                translation.override(options["language"]),
            ):
                for block in LISTS[options["format"]](newest):
                    out.write(block)
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(why)s")
                % {"path": options["output"], "why": error.strerror}
            ) from error
        self.stdout.write(options["output"])
