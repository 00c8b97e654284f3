"""The commands of docs/examples, run on the real files: counts as taken from the files."""

import csv
import shlex
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from agencies.calendar import local_date
from agencies.models import Region
from filings.models import Filing, Result
from reports.compiler import compile_figures
from reports.periods import of_year

ROOT = Path(settings.BASE_DIR)
DATA = ROOT.parent / "shared" / "data"
CITIES = {
    "chicago": ("chicago_inspections_2011_2014.csv", "Inspection_Date", range(2011, 2015)),
    "detroit": ("detroit_inspections.csv", "inspection_date", range(2016, 2020)),
}


def commands(city):
    """The import commands of the city's page, as one would type them."""
    page = (ROOT / "docs" / "examples" / city / "README.md").read_text(encoding="utf-8")
    start = "python manage.py import_records"
    return [shlex.split(line)[2:] for line in page.splitlines() if line.startswith(start)]


@pytest.mark.django_db
@pytest.mark.skipif(not DATA.is_dir(), reason=f"the real records are not at {DATA}")
@pytest.mark.parametrize("city", CITIES)
def test_every_year_counts_as_in_the_file(city, monkeypatch):
    name, column, years = CITIES[city]
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = Counter(int(row[column][:4]) for row in rows)
    monkeypatch.chdir(ROOT)
    for command in commands(city):
        call_command(*command)
    region = Region.objects.get(agencies__isnull=False)
    totals = {year: compile_figures(of_year(year), region).figures["totals"] for year in years}
    assert {year: found["imported"] for year, found in totals.items()} == dict(expected)
    assert {found["filings"] for found in totals.values()} == {0}
    assert Result.objects.count() == sum(expected.values())
    first = min(row[column][:10] for row in rows)
    earliest = Filing.objects.earliest("dated_at")
    assert local_date(earliest.dated_at) == date.fromisoformat(first)
