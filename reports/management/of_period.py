"""What the commands about a compiled period share: what they are asked, and how they refuse."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from agencies.models import Region
from reports.asking import BadQuestion, period_of, region_of
from reports.models import Compilation
from reports.periods import Period

BAD_INPUT = 2


class OfPeriod(BaseCommand):
    """A command about one period of one region."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "year", help="a year (2022), quarter (2022Q1), month (2022-05) or 2022-01-10_2022-03-05"
        )
        parser.add_argument("--region", help="code of a region; default: the whole register")

    def asked(self, options: dict[str, Any], now: datetime) -> tuple[Period, Region]:
        """The period and the region that were written.  Raises CommandError."""
        try:
            return period_of(options["year"], now), region_of(options["region"], now)
        except BadQuestion as refused:
            raise CommandError(str(refused), returncode=BAD_INPUT) from refused

    def newest(self, options: dict[str, Any], now: datetime) -> Compilation:
        """The latest finished compile of what was asked.  Raises CommandError."""
        period, region = self.asked(options, now)
        rows = Compilation.objects.finished().filter(period=period.key, region__code=region.code)
        found = rows.select_related("region").order_by("-id").first()
        if found is None:
            raise CommandError(_("Nothing of this period is compiled; run compile_year first."))
        return found


class WritesFile(OfPeriod):
    """A command that writes one file of the latest compile."""

    kinds: Iterable[str] = ()
    language_of = "of the labels"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--format", choices=sorted(self.kinds), required=True, help="kind of file"
        )
        parser.add_argument("--output", required=True, help="where to write it")
        parser.add_argument(
            "--language", choices=("zh-hans", "en"), default="zh-hans", help=self.language_of
        )

    def write(self, path: str, blocks: Iterable[bytes]) -> None:
        """Put the blocks into the file and say where.  Raises CommandError."""
        try:
            with Path(path).open("wb") as out:
                for block in blocks:
                    out.write(block)
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(why)s") % {"path": path, "why": error.strerror}
            ) from error
        self.stdout.write(path)
