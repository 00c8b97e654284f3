"""Write the filings behind a compiled year as a file."""

from typing import Any

from django.utils import timezone, translation

from reports.exports.listing import LISTS
from reports.management.of_period import WritesFile


class Command(WritesFile):
    help = (
        "Write every filing of the latest compile, counted or left out and why, as CSV, XLSX or "
        "Parquet."
    )
    kinds = LISTS
    language_of = "of the headings"

    def handle(self, *args: Any, **options: Any) -> None:
        compilation = self.newest(options, timezone.now())
        with translation.override(options["language"]):
            self.write(options["output"], LISTS[options["format"]](compilation))
