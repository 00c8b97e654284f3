"""Every number opens exactly the filings it counted; the rest is left out with its reason."""

import pytest

from agencies.journal import Actor
from filings.models import Filing
from reports import actions
from reports.behind import NoSuchFigure, behind, opens
from reports.definitions import TABLES, TOTALS
from reports.facts import unpacked
from reports.periods import of_year
from tests.oracle import years

pytestmark = pytest.mark.django_db
BY = Actor("吴审", "auditor")
# These columns count entries of a filing, of which it may have several.
ENTRIES = {("by_item", "count"), ("alerts", "count"), ("alerts", "handled"), ("alerts", "open")}


@pytest.fixture
def compiled(at):
    made = years.edges(seed=5, size=70)
    ordered = actions.order(of_year(2022), made.city, by=BY, at=at)
    return actions.run(ordered.job_id, clock=lambda: at)


def test_every_cell_of_every_table_opens_what_it_counts(compiled):
    tables, tried = compiled.found()["tables"], 0
    for table in TABLES:
        for row in tables[table.name]:
            for column in table.columns:
                found = behind(compiled, table.name, row["code"], column.name)
                expected = row[column.name] or 0
                if (table.name, column.name) in ENTRIES:
                    assert (len(found.counted) > 0) == (expected > 0)
                else:
                    assert len(found.counted) == expected, (table.name, row, column.name)
                tried += 1
    assert tried > 150


def test_every_total_and_indicator_opens_what_it_counts(compiled):
    figures = compiled.found()
    for one in TOTALS:
        if opens("totals", one.name, "count"):
            found = behind(compiled, "totals", one.name, "count")
            assert len(found.counted) == figures["totals"][one.name], one.name
    for row in figures["indicators"]:
        for part in ("numerator", "denominator"):
            if opens("indicators", row["code"], part):
                found = behind(compiled, "indicators", row["code"], part)
                assert len(found.counted) == row[part]


def test_counted_and_left_out_are_together_what_was_read(compiled):
    found = behind(compiled, "totals", "statutory", "count")
    assert len(found.counted) + len(found.left_out) == compiled.row_count
    assert sum(count for _, count in found.reasons()) == len(found.left_out)
    assert dict(found.reasons()).get("imported", 0) == compiled.found()["totals"]["imported"]


def test_the_list_is_that_of_the_compile_whatever_happened_since(compiled):
    before = behind(compiled, "totals", "filings", "count").counted.tolist()
    Filing.objects.filter(pk__in=before[:3]).update(status="voided")
    assert behind(compiled, "totals", "filings", "count").counted.tolist() == before


def test_pages_neither_skip_nor_repeat(compiled):
    found, seen, place = behind(compiled, "totals", "filings", "count"), [], ""
    while place is not None:
        shown, beyond = found.page("counted", str(place), 7)
        seen += shown
        place = beyond
    assert seen == found.counted.tolist()


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("by_agency", "NONE", "count"),
        ("by_agency", "A01", "colour"),
        ("by_colour", "A01", "count"),
        ("totals", "officers", "count"),
        ("indicators", "certified", "numerator"),
    ],
)
def test_knows_only_figures_with_filings_behind_them(compiled, name, row, column):
    with pytest.raises(NoSuchFigure):
        behind(compiled, name, row, column)


def test_facts_are_kept_whole(compiled):
    facts = unpacked(bytes(compiled.facts))
    assert unpacked(facts.packed()).filings.tolist() == facts.filings.tolist()
    assert len(facts.filings) == compiled.row_count
