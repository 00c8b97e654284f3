"""Compile one year in the foreground: the same job that a worker runs."""

import json
import time
import unicodedata
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.journal import Actor
from agencies.models import Job
from reports import actions, sentence
from reports.definitions import INDICATORS, TABLES, TOTALS
from reports.labels import label_of
from reports.management.of_period import OfPeriod
from reports.models import Compilation

SHOWN = 10


class Command(OfPeriod):
    help = "Compile a year of a region and print its sentence and its tables."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--full", action="store_true", help="read every filing again, as sealing needs it"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON only")

    def handle(self, *args, **options):
        now = timezone.now()
        period, region = self.asked(options, now)
        by, full = Actor("compile_year"), options["full"]
        ordered = actions.order(period, region, by=by, at=now, full=full)
        compilation = self._run(ordered)
        if options["json"]:
            self.stdout.write(json.dumps(_document(compilation), ensure_ascii=False, indent=1))
        else:
            self._print(compilation)

    def _run(self, ordered: Compilation) -> Compilation:
        try:
            done = actions.run(ordered.job_id, clock=timezone.now)
        except Exception as error:
            raise CommandError(
                _("The compile failed: %(why)s. The job %(job)s keeps the reason.")
                % {"why": error, "job": ordered.job_id}
            ) from error
        return done or self._wait(ordered)

    def _wait(self, ordered: Compilation) -> Compilation:
        """A worker holds the same job: let it finish."""
        self.stderr.write(_("A worker is compiling this year already; waiting for it."))
        while True:
            job = Job.objects.get(pk=ordered.job_id)
            if job.state == Job.State.DONE:
                return Compilation.objects.select_related("region").get(pk=ordered.pk)
            if job.state in (Job.State.FAILED, Job.State.CANCELLED):
                raise CommandError(_("The compile failed: %(why)s.") % {"why": job.error})
            time.sleep(0.2)

    def _print(self, compilation: Compilation) -> None:
        figures = compilation.found()
        write = self.stdout.write
        write(sentence.chinese(figures))
        write(sentence.english(figures))
        write("")
        width = max(_width(str(d.label)) for d in TOTALS)
        for definition in TOTALS:
            write(f"{_padded(definition.label, width)}  {_shown(figures, definition.name):>10}")
        for table in TABLES:
            self._print_table(table, figures["tables"][table.name])
        self._print_indicators(figures)
        write("")
        write(_("Region: %(name)s (%(code)s)") % figures["region"])
        write(_("Digest: %s") % compilation.digest)

    def _print_table(self, table, rows: list[dict[str, Any]]) -> None:
        first = table.columns[0]
        self.stdout.write(f"\n{table.label} · {first.label}")
        many = len(rows) > 31
        listed = sorted(rows, key=lambda row: -(row[first.name] or 0))[:SHOWN] if many else rows
        names = [label_of(table.name, row) for row in listed]
        width = max((_width(name) for name in names), default=0)
        for name, row in zip(names, listed, strict=True):
            self.stdout.write(f"  {_padded(name, width)}  {_number(row[first.name]):>10}")
        if len(listed) < len(rows):
            sums = [sum(row[first.name] or 0 for row in some) for some in (rows, listed)]
            rest = sums[0] - sums[1]
            self.stdout.write(
                _("  … and %(more)d more rows with %(rest)d together; --json shows all.")
                % {"more": len(rows) - len(listed), "rest": rest}
            )

    def _print_indicators(self, figures: dict[str, Any]) -> None:
        self.stdout.write(f"\n{_('Indicators')}")
        width = max(_width(str(one.label)) for one in INDICATORS)
        for one, row in zip(INDICATORS, figures["indicators"], strict=True):
            value = "-" if row["value"] is None else row["value"] + ("%" if one.percent else "")
            over = f"{row['numerator']:,} / {row['denominator']:,}"
            self.stdout.write(f"  {_padded(one.label, width)}  {value:>10}  {over}")


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def _document(compilation: Compilation) -> dict[str, Any]:
    figures = compilation.found()
    return {
        "sentence": {"zh": sentence.chinese(figures), "en": sentence.english(figures)},
        "digest": compilation.digest,
        "as_of": compilation.as_of.isoformat(),
        "filings_read": compilation.row_count,
        **figures,
    }


def _shown(figures: dict[str, Any], name: str) -> str:
    value = figures["totals"][name]
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else value


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: Any, width: int) -> str:
    return f"{text}{' ' * (width - _width(str(text)))}"
