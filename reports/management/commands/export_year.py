"""Write a compiled year as a file that a person opens."""

from typing import Any

from django.utils import timezone, translation

from reports.exports import FORMATS
from reports.management.of_period import WritesFile


class Command(WritesFile):
    help = "Write the latest compile of a year as CSV, XLSX, JSON, Parquet or PDF."
    kinds = FORMATS

    def handle(self, *args: Any, **options: Any) -> None:
        compilation = self.newest(options, timezone.now())
        with translation.override(options["language"]):
            content = FORMATS[options["format"]](compilation)
        self.write(options["output"], [content])
