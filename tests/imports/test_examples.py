"""The commands of docs/examples, run on the real files: counts as taken from the files.

Both counts agree on the imported years, and on the same inspections taken as filings of ours.
"""

import csv
import shlex
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import F

from agencies.calendar import local_date
from agencies.models import Region
from filings.models import Filing, Result
from reports.periods import of_year
from tests.oracle.test_recount import assert_agree

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
    totals = {year: assert_agree(region, of_year(year))["totals"] for year in years}
    assert {year: found["imported"] for year, found in totals.items()} == dict(expected)
    assert {found["filings"] for found in totals.values()} == {0}
    assert Result.objects.count() == sum(expected.values())
    first = min(row[column][:10] for row in rows)
    earliest = Filing.objects.earliest("dated_at")
    assert local_date(earliest.dated_at) == date.fromisoformat(first)
    as_filed_here()
    for year in years:
        assert assert_agree(region, of_year(year))["totals"]["filings"] == expected[year]


def as_filed_here():
    """Real inspections as they would count had they been filed with us."""
    Filing.objects.update(
        origin="native",
        raw=None,
        number=F("source_id"),
        code_digest=F("source_id"),
        submitted_at=F("dated_at"),
        approved_at=F("dated_at"),
        closed_at=F("dated_at"),
        planned_end=F("planned_start") + timedelta(hours=1),
    )
