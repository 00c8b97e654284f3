"""Every number opens exactly the filings it counted; the rest is left out with its reason."""

import csv
import html
import io
import re
from collections import Counter

import pyarrow.parquet as pq
import pytest
import time_machine
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from agencies.journal import Actor
from agencies.models import Region
from filings.models import Filing
from reports import actions, entries, packing, pieces
from reports.behind import NOT_FILINGS, NoSuchFigure, behind, opens
from reports.definitions import INDICATORS, MISSING, TABLES, TOTALS
from reports.exports import FORMATS, listing
from reports.facts import joined
from reports.labels import label_of
from reports.measures import STANDINGS, Measures
from reports.periods import of_year
from reports.reasons import REASON, admitted
from tests import factories
from tests.oracle import years

pytestmark = pytest.mark.django_db
BY = Actor("吴审", "auditor")
# What these columns count hangs on a filing, which may have several of it.
SEVERAL = {("by_item", "count")} | {
    (table.name, column.name)
    for table in TABLES
    for column in table.columns
    if table.name in ("alerts", "cases")
}


@pytest.fixture
def compiled(at):
    made = years.edges(seed=5, size=70)
    ordered = actions.order(of_year(2022), made.city, by=BY, at=at)
    return actions.run(ordered.job_id, clock=lambda: at)


def test_every_cell_of_every_table_opens_what_it_counts(compiled):
    tables, tried = compiled.found()["tables"], 0
    for table in TABLES:
        for row in tables[table.name]:
            for column in table.columns if opens(table.name, row["code"], "") else ():
                found = behind(compiled, table.name, row["code"], column.name)
                assert found.entries == (row[column.name] or 0), (table.name, row, column.name)
                if (table.name, column.name) not in SEVERAL:
                    assert len(found.counted) == found.entries
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


def test_every_figure_of_the_registers_opens_its_entries(compiled):
    figures = compiled.found()
    missing = {row["code"]: row["count"] for row in figures["missing"]}
    for name in entries.NAMES:
        expected = missing[name] if name in missing else figures["totals"][name]
        assert entries.listed(compiled, name).count() == expected, name
    for row in figures["tables"]["certificates"]:
        for column in entries.OF_AGENCY:
            found = entries.listed(compiled, column, row["code"])
            assert found.count() == (row[column] or 0), (row, column)
    with pytest.raises(entries.NoSuchEntries):
        entries.listed(compiled, "filings")


def test_entries_come_in_pages_by_code_and_name(compiled):
    rows = entries.listed(compiled, "officers")
    first, beyond = entries.page(rows, "", 2)
    rest, last = entries.page(rows, str(beyond), 50)
    assert [one.pk for one in (*first, *rest)] == [one.pk for one in rows]
    assert last is None
    assert {one.shelf for one in first} == {"officers"}
    drawn, _ = entries.page(entries.listed(compiled, "drawn_unfiled"), "", 50)
    assert {one.code for one in drawn} <= {"抽查"}


def test_pages_and_api_open_the_entries(compiled, client, at):
    account = factories.account("auditor", name="吴审")
    region = Region.objects.get(code="220200")
    factories.appointment(account, "auditor", region=region)
    client.force_login(account)
    with time_machine.travel(at, tick=False):
        place = f"/years/2022/220200/{compiled.pk}"
        page = client.get(f"{place}/").content.decode()
        assert f"{place}/officers/entries/" in page
        officers = compiled.found()["totals"]["officers"]
        assert client.get(f"{place}/officers/entries/").context["count"] == officers
        plans = client.get(
            f"{place}/plans_unfiled/entries/", headers={"Accept-Language": "en"}
        ).context
        assert plans["title"] == "Plans without a filing"
        assert {one.code for one in plans["rows"]} <= {"P-1", "P-9"}
        assert client.get(f"{place}/filings/entries/").status_code == 404
        told = client.get(f"/api/v1/years/{compiled.pk}/entries/?figure=officers").json()
        assert (told["count"], len(told["results"])) == (officers, officers)
        assert client.get(f"/api/v1/years/{compiled.pk}/entries/?figure=x").status_code == 404
        listed = f"/api/v1/years/{compiled.pk}/filings/"
        where = {"table": "totals", "row": "statutory", "column": "count"}
        told = client.get(listed, where).json()
        assert told["counted"] == compiled.found()["totals"]["statutory"]
        assert sum(one["count"] for one in told["reasons"]) == told["left_out"]
        left = client.get(listed, where | {"part": "left_out"}).json()
        assert all(one["standing"] != "statutory" for one in left["results"])
        assert {one["reason"] for one in left["results"]} <= {n["reason"] for n in told["reasons"]}
        assert client.get(listed, where | {"part": "neither"}).status_code == 400
        assert client.get(listed, where | {"row": "none"}).status_code == 404


def test_every_figure_on_the_page_leads_to_what_it_counts(compiled, client, at):
    """One figure of each column; that every row opens what it counts is asked above."""
    account = factories.account("auditor", name="吴审")
    factories.appointment(account, "auditor", region=compiled.region)
    client.force_login(account)
    place = f"/years/2022/220200/{compiled.pk}/"
    with time_machine.travel(at, tick=False):
        page = client.get(place).content.decode()
        links = re.findall(r'<a [^>]*href="([^"]+/(?:filings|entries)/[^"]*)">([0-9,]+)</a>', page)
        assert len(set(links)) > 150
        columns = {_column_of(address): (address, shown) for address, shown in sorted(set(links))}
        assert len(columns) > 80
        for address, shown in columns.values():
            context = client.get(html.unescape(address)).context
            figure = context["entries"] if "/filings/" in address else context["count"]
            assert f"{figure:,}" == shown, address


def _column_of(address):
    path, _, asked = html.unescape(address).partition("?")
    table = path.removesuffix("/").rsplit("/", 2)[-2:]
    return *table, *sorted(QueryDict(asked, encoding="utf-8").getlist("column"))


def test_every_column_is_told_alike_by_the_api(compiled, client, at):
    account = factories.account("auditor", name="吴审")
    factories.appointment(account, "auditor", region=compiled.region)
    client.force_login(account)
    with time_machine.travel(at, tick=False):
        for table in client.get(f"/api/v1/years/{compiled.pk}/").json()["tables"]:
            for column, row in _first_counted(table).items():
                where = {"table": table["name"], "row": row["code"], "column": column}
                told = client.get(f"/api/v1/years/{compiled.pk}/filings/", where)
                if told.status_code == 404:
                    assert isinstance(row["cells"][column], str)
                else:
                    assert told.json()["figure"] == row["cells"][column], where


def _first_counted(table):
    """For each column the first row in which it opens and is not zero."""
    return {
        column: row
        for row in reversed(table["rows"])
        for column, value in row["cells"].items()
        if value and opens(table["name"], row["code"], column)
    }


def test_the_exported_list_adds_up_to_the_tables(compiled):
    heads, *listed = [listing.headings(), *listing.rows(compiled)]
    places = {
        "by_agency": "Agency code",
        "by_region": "Region",
        "by_month": "Month",
        "by_type": "Type",
        "by_trigger": "What set it off",
        "by_method": "Method",
        "by_industry": "Industry",
        "by_timing": "When it was filed",
        "by_outcome": "Outcome",
    }
    counted = [row for row in listed if row[heads.index("Counted")] == "yes"]
    for table, head in places.items():
        found = Counter(row[heads.index(head)] for row in counted)
        for row in compiled.found()["tables"][table]:
            code = row["code"]
            label = code if table in ("by_agency", "by_region") else label_of(table, {"code": code})
            assert found.pop(label, 0) == (row["count"] or 0), (table, code)
        assert not found


def test_counted_and_left_out_are_together_what_was_read(compiled):
    found = behind(compiled, "totals", "statutory", "count")
    assert len(found.counted) + len(found.left_out) == compiled.row_count
    assert sum(count for _, count in found.reasons()) == len(found.left_out)
    assert dict(found.reasons()).get("imported", 0) == compiled.found()["totals"]["imported"]


def test_the_list_names_every_figure_in_which_a_filing_counts(compiled):
    figures, place = compiled.found(), listing.headings().index("Also counted in")
    named = Counter(
        label for row in listing.rows(compiled) for label in row[place].split(listing.BETWEEN)
    )
    missing = {row["code"]: row["count"] for row in figures["missing"]}
    shares = {row["code"]: row for row in figures["indicators"]}
    known, tried = listing.figures_by_measure(), 0
    for one in (*TOTALS, *MISSING):
        if known.get(one.measure) == one.label:
            value = figures["totals"].get(one.name, missing.get(one.name))
            assert named[one.label] == value, one.name
            tried += 1
    for one in INDICATORS:
        if known.get(one.numerator) == one.label:
            assert named[one.label] == shares[one.name]["numerator"], one.name
            tried += 1
    for table in TABLES:
        for column in table.columns if table.dimension == "agency" else ():
            label = known.get(column.measure, "")
            if label in (column.label, f"{table.label} – {column.label}"):
                rows = figures["tables"][table.name]
                assert named[label] == sum(row[column.name] or 0 for row in rows), label
                tried += 1
    assert tried > 15
    assert set(named) <= {"", *known.values()}
    assert len(set(known.values())) == len(known)


def test_a_figure_is_taken_away_with_what_it_leaves_out(compiled):
    heads = listing.headings_of_figure()
    for name, row, column in (
        ("totals", "statutory", "count"),
        ("by_item", compiled.found()["tables"]["by_item"][0]["code"], "count"),
        ("indicators", "completion", "numerator"),
        ("totals", "visits", "count"),
    ):
        found = behind(compiled, name, row, column)
        text = b"".join(listing.of_figure(compiled, found, "csv")).decode("utf-8-sig")
        told = list(csv.DictReader(io.StringIO(text)))
        assert list(told[0]) == heads
        assert sum(int(one["Times it counts here"]) for one in told) == found.entries
        out = [one for one in told if one["Times it counts here"] == "0"]
        assert len(out) == len(found.left_out)
        assert Counter(one["Why it is left out"] for one in out) == {
            str(REASON[code]): count for code, count in found.reasons()
        }
        table = pq.read_table(
            io.BytesIO(b"".join(listing.of_figure(compiled, found, "parquet")))
        ).to_pylist()
        assert sum(one["Times it counts here"] for one in table) == found.entries
        book = CalamineWorkbook.from_filelike(
            io.BytesIO(b"".join(listing.of_figure(compiled, found, "xlsx")))
        )
        sheet = book.get_sheet_by_index(0).to_python()
        assert sum(one[-2] for one in sheet[1:]) == found.entries


def test_no_standing_is_called_a_reason_that_the_figure_admits(compiled):
    measures = Measures(pieces.facts_of(compiled))
    filed = [table for table in TABLES if not table.registered]
    every = {column.measure for table in filed for column in table.columns}
    every |= {name for one in INDICATORS for name in (one.numerator, one.denominator)}
    every |= {one.measure for one in (*TOTALS, *MISSING)}
    for name in sorted(every - NOT_FILINGS):
        counted = {STANDINGS[place] for place in measures.standing[measures.mask(name)]}
        assert counted <= set(admitted(name)), name


def test_the_second_filing_of_a_joint_visit_is_left_out_as_counted_already(compiled):
    found = behind(compiled, "totals", "joint_visits", "count")
    assert dict(found.reasons())["counted_already"] > 0


def test_pages_and_api_give_the_list_of_a_figure_as_a_file(compiled, client, at):
    account = factories.account("auditor", name="吴审")
    factories.appointment(account, "auditor", region=compiled.region)
    client.force_login(account)
    place, api = f"/years/2022/220200/{compiled.pk}", f"/api/v1/years/{compiled.pk}"
    where = {"row": "statutory", "column": "count"}
    with time_machine.travel(at, tick=False):
        page = client.get(f"{place}/totals/filings/", where | {"part": "left_out"})
        assert "Could count" in page.content.decode() or page.context["reasons"]
        for kind, form in ((kind, FORMATS[kind]) for kind in listing.LISTS):
            assert f"{place}/totals/filings.{kind}?row=statutory" in page.content.decode()
            answer = client.get(f"{place}/totals/filings.{kind}", where)
            assert answer["Content-Type"] == form.media
            assert f"totals-statutory-count.{kind}" in answer["Content-Disposition"]
            told = client.get(f"{api}/filings/{kind}/", where | {"table": "totals"})
            if kind == "csv":
                assert b"".join(told) == b"".join(answer)
            entered = client.get(f"{place}/officers/entries.{kind}")
            assert b"".join(entered)
            assert b"".join(client.get(f"{api}/entries/{kind}/", {"figure": "officers"}))
        whole = b"".join(client.get(f"{api}/filings/csv/")).decode("utf-8-sig")
        assert whole.count("\n") == compiled.row_count + 1
        rows = b"".join(client.get(f"{api}/entries/csv/", {"figure": "officers"})).decode()
        assert rows.count("\n") == compiled.found()["totals"]["officers"] + 1
        assert client.get(f"{place}/totals/filings.doc", where).status_code == 404
        assert client.get(f"{place}/totals/filings.csv", {"row": "x"}).status_code == 404
        assert client.get(f"{place}/filings/entries.csv").status_code == 404
        assert client.get(f"{place}/officers/entries.doc").status_code == 404
        assert client.get(f"{api}/entries/csv/", {"figure": "x"}).status_code == 404


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
        ("certificates", "A01", "officers"),
        ("by_agency", "A01", "colour"),
        ("by_colour", "A01", "count"),
        ("by_rating", "1", "count"),
        ("totals", "rated_visits", "count"),
        ("indicators", "bad_ratings", "numerator"),
        ("indicators", "bad_ratings", "denominator"),
        ("totals", "officers", "count"),
        ("indicators", "certified", "numerator"),
    ],
)
def test_knows_only_figures_with_filings_behind_them(compiled, name, row, column):
    with pytest.raises(NoSuchFigure):
        behind(compiled, name, row, column)


def test_facts_are_kept_whole(compiled):
    facts = pieces.facts_of(compiled)
    assert len(facts.filings) == compiled.row_count
    again = joined(
        packing.Packed(packing.packed(one)).facts() for _bucket, one in pieces.split(facts)
    )
    for name in ("filings", "items", "alerts", "cases"):
        assert sorted(getattr(again, name).tolist()) == sorted(getattr(facts, name).tolist())
