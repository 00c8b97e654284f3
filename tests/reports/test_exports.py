"""Exported files hold the figures, in both languages, and nothing in them runs."""

import csv
import hashlib
import io
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pyarrow.parquet as pq
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import translation
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

from agencies.journal import Actor
from agencies.models import Agency
from filings.models import Filing
from reports import actions, due, exports, sealing
from reports.definitions import TABLES
from reports.exports import book, columnar, listing, paper
from reports.exports.official import official_rows
from reports.exports.workbook import TAB
from reports.labels import STANDING, sheet_label
from reports.periods import of_year
from reports.registers import whole_register
from reports.schema import schema
from tests import factories
from tests.oracle import years

pytestmark = pytest.mark.django_db
PAYLOADS = [
    f"{start}{rest}"
    for start in ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－")
    for rest in (
        "1+1",
        "cmd|' /C calc'!A0",
        'HYPERLINK("http://127.0.0.1/?"&A1,"查看")',
        "WEBSERVICE(A1)",
        "SUM(1;1)*cmd|'calc'!A0",
    )
]


@pytest.fixture
def compiled(at):
    made = years.handmade()
    Agency.objects.filter(code="A01").update(name="=HYPERLINK(1)")
    ordered = actions.order(of_year(2022), made.city, by=Actor("吴审"), at=at)
    return actions.run(ordered.job_id, clock=lambda: at)


def test_csv_tells_no_power_from_nothing(compiled):
    rows = list(csv.reader(io.StringIO(exports.as_csv(compiled).decode("utf-8-sig"))))
    assert ["A03", "A03执法局", "—", "—"] in rows
    assert rows[0] == ["totals"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_and_no_power_differ_in_every_kind_of_file(at, monkeypatch, language):
    made, idle = years.handmade(), "A90"
    factories.item(claimed_by=[factories.agency(made.district, code=idle, name="闲局")])
    ordered = actions.order(of_year(2022), made.city, by=Actor("吴审"), at=at)
    compiled = actions.run(ordered.job_id, clock=lambda: at)
    figures = compiled.found()
    told = {row["code"]: row["count"] for row in figures["tables"]["by_agency"]}
    assert (told["A03"], told[idle]) == (None, 0)
    named = {row["code"]: row["name"] for row in figures["tables"]["by_agency"]}
    sheets = []
    monkeypatch.setattr(paper, "pdf", lambda sheet, at: sheets.append(sheet))
    with translation.override(language):
        text = exports.as_csv(compiled).decode("utf-8-sig")
        tab = sheet_label("by_agency")
        book = CalamineWorkbook.from_filelike(io.BytesIO(exports.as_xlsx(compiled)))
        parquet = pq.read_table(io.BytesIO(exports.as_parquet(compiled))).to_pylist()
        exports.as_pdf(compiled)
        form = official_rows(figures)
    rows = {row[0]: row[2:] for row in csv.reader(io.StringIO(text)) if len(row) == 4}
    assert (rows["A03"], rows[idle]) == (["—", "—"], ["0", "0"])
    rows = {row[0]: row[2:4] for row in book.get_sheet_by_name(tab).to_python()}
    assert (rows["A03"], rows[idle]) == (["—", "—"], [0, 0])
    cells = {(r["table"], r["row"], r["column"]): r["count"] for r in parquet}
    assert (cells["by_agency", "A03", "count"], cells["by_agency", idle, "count"]) == (None, 0)
    assert '{"code":"A03","count":null,' in exports.as_json(compiled).decode()
    printed = [row for part in sheets[0].parts for row in part.rows]
    for rows in (form, printed):
        official = {row[0]: row[2] for row in rows if len(row) == 8}
        assert [str(official[named[one]]) for one in ("A03", idle)] == ["—", "0"]


def test_xlsx_has_a_sheet_per_table_of_numbers_and_text(compiled):
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.as_xlsx(compiled)))
    beside = ["totals", "official", "indicators", "missing"]
    names = [*beside, *(table.name for table in TABLES)]
    assert book.sheet_names == [sheet_label(name)[:TAB] for name in names]
    rows = book.get_sheet_by_name(sheet_label("by_agency")).to_python()
    assert rows[1][:3] == ["A01", "=HYPERLINK(1)", 4]
    assert rows[-1][2] == compiled.found()["totals"]["filings"]
    rates = book.get_sheet_by_name(sheet_label("certificates")).to_python()
    assert rates[1][-1] == 50.0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_two_sheets_have_one_name(language):
    with translation.override(language):
        tabs = [sheet_label(table.name)[:TAB] for table in TABLES]
    assert len(set(tabs)) == len(tabs)
    assert not any(set("[]:*?/\\") & set(tab) for tab in tabs)


def test_json_is_what_the_digest_covers(compiled):
    assert hashlib.sha256(exports.as_json(compiled)).hexdigest() == compiled.digest


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_csv_runs(payload):
    assert exports.inert(payload) == f"'{payload}"


def test_fifty_payloads_come_back_as_text(at):
    made = years.Year()
    for place, payload in enumerate(PAYLOADS):
        firm = factories.subject(made.district, name=payload.strip())
        filing = made.file(0, years.JUNE, items=[1])
        Filing.objects.filter(pk=filing.pk).update(subject=firm)
        assert place < 50
    ordered = actions.order(of_year(2022), made.city, by=Actor("吴审"), at=at)
    compiled = actions.run(ordered.job_id, clock=lambda: at)
    text = b"".join(listing.LISTS["csv"](compiled)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == len(PAYLOADS) + 1
    assert all(not cell.startswith(tuple("=+-@＝＋－\t\r\n")) for row in rows for cell in row)
    assert [row[4].removeprefix("'") for row in rows[1:]] == [one.strip() for one in PAYLOADS]
    kept = zipfile.ZipFile(io.BytesIO(b"".join(listing.LISTS["xlsx"](compiled))))
    sheets = [kept.read(name) for name in kept.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    (told,) = read_book(listing.LISTS["xlsx"](compiled))
    assert [row[4].strip() for row in told[1:]] == [one.strip() for one in PAYLOADS]


def test_the_list_has_every_filing_with_its_standing(compiled):
    rows = list(listing.rows(compiled))
    assert len(rows) == compiled.row_count
    place = listing.headings().index("Standing when counted")
    found = Counter(row[place] for row in rows)
    for row in compiled.found()["tables"]["reconciliation"]:
        assert found[str(STANDING[row["code"]])] == row["count"]


def test_the_list_is_the_same_in_every_kind_of_file(compiled):
    told = [listing.headings(), *listing.rows(compiled)]
    text = b"".join(listing.LISTS["csv"](compiled)).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [[exports.inert(c) for c in row] for row in told]
    assert read_book(listing.LISTS["xlsx"](compiled)) == [told]
    table = pq.read_table(io.BytesIO(b"".join(listing.LISTS["parquet"](compiled))))
    assert table.column_names == told[0]
    assert [list(row.values()) for row in table.to_pylist()] == told[1:]


def test_a_long_list_comes_in_groups_of_rows(monkeypatch):
    monkeypatch.setattr(columnar, "GROUP", 10)
    blocks = list(columnar.written(["n"], ([str(n)] for n in range(25))))
    assert len(blocks) == 5
    found = pq.ParquetFile(io.BytesIO(b"".join(blocks)))
    assert found.num_row_groups == 3
    assert found.read()["n"].to_pylist() == [str(n) for n in range(25)]


def read_book(blocks):
    found = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(blocks)))
    return [found.get_sheet_by_name(name).to_python() for name in found.sheet_names]


def test_a_long_list_comes_in_sheets_each_with_the_headings(monkeypatch):
    monkeypatch.setattr(book, "MOST", 10)
    sheets = read_book(book.written(["n", "m"], ([str(n), ""] for n in range(25)), 25))
    assert [len(sheet) for sheet in sheets] == [11, 11, 6]
    assert {tuple(sheet[0]) for sheet in sheets} == {("n", "m")}
    assert [row[0] for sheet in sheets for row in sheet[1:]] == [str(n) for n in range(25)]


def test_a_workbook_begins_before_the_first_row_is_read():
    def rows():
        raise LookupError
        yield

    coming = book.written(["n"], rows(), 1)
    assert next(coming).startswith(b"PK")
    with pytest.raises(LookupError):
        list(coming)


def test_a_workbook_keeps_every_text_as_it_was():
    odd = [" a ", "<b>&\"'", "_x0041_", "a\x0bb", "一\n二"]
    told = [*odd, "\uffff"]
    ((_heads, *rows),) = read_book(book.written(["n"], ([one] for one in told), len(told)))
    assert [row[0] for row in rows] == [*odd, "_xFFFF_"]


def test_rows_beyond_those_told_of_are_not_left_out_in_silence(monkeypatch):
    monkeypatch.setattr(book, "MOST", 2)
    with pytest.raises(ValueError, match="more than the 1 rows"):
        list(book.written(["n"], ([str(n)] for n in range(3)), 1))


def test_parquet_has_a_row_per_cell_and_null_for_no_power(compiled):
    table = pq.read_table(io.BytesIO(exports.as_parquet(compiled)))
    assert table.schema.metadata[b"digest"].decode() == compiled.digest
    cells = {(r["table"], r["row"], r["column"]): r["count"] for r in table.to_pylist()}
    assert cells["by_agency", "A03", "count"] is None
    assert cells["by_agency", "A01", "count"] == 4
    assert cells["totals", "filings", "count"] == compiled.found()["totals"]["filings"]


def test_the_pdf_bears_the_day_of_beijing(compiled, monkeypatch):
    seen = []
    monkeypatch.setattr(paper, "pdf", lambda sheet, at: seen.append(sheet.foot))
    compiled.as_of = datetime(2022, 12, 31, 16, 30, tzinfo=UTC)
    exports.as_pdf(compiled)
    assert seen == [f"Compiled 2023-01-01; digest {compiled.digest}"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pdf_is_for_archives_and_the_same_each_time(compiled, language):
    with translation.override(language):
        made = exports.as_pdf(compiled)
        assert exports.as_pdf(compiled) == made
    assert made.startswith(b"%PDF-1.")
    assert b"pdfaid:part" in made


def test_the_official_form_tells_not_kept_from_nothing(compiled):
    rows = official_rows(compiled.found())
    assert rows[-1][2] == compiled.found()["totals"]["statutory"]
    assert rows[-1][1] == rows[2][3] == "—"
    assert len({len(row) for row in rows[1:]}) == 1


def test_the_figures_fit_their_published_schema(compiled):
    told = schema(compiled.found())
    Draft202012Validator.check_schema(told)
    validator = Draft202012Validator(told)
    assert list(validator.iter_errors(compiled.found())) == []
    assert list(validator.iter_errors(compiled.found() | {"colour": 1}))


def test_pages_give_the_files(compiled, client, at):
    account = factories.account("auditor", name="吴审")
    factories.appointment(account, "auditor", region=compiled.region)
    client.force_login(account)
    place = f"/years/2022/220200/{compiled.pk}"
    with time_machine.travel(at, tick=False):
        page = client.get(f"{place}/").content.decode()
        for kind, form in exports.FORMATS.items():
            assert f"{place}/figures.{kind}" in page
            answer = client.get(f"{place}/figures.{kind}")
            assert (answer.status_code, answer["Content-Type"]) == (200, form.media)
        for kind in ("csv", "xlsx"):
            assert f"{place}/filings.{kind}" in page
            assert b"".join(client.get(f"{place}/filings.{kind}"))
        assert client.get(f"{place}/figures.doc").status_code == 404
        assert client.get(f"{place}/filings.pdf").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_command_writes_the_list_of_filings(compiled, tmp_path, form):
    path = tmp_path / f"filings.{form}"
    told = ["2022", "--region", "220200", "--format", form, "--output", str(path)]
    call_command("export_filings", *told)
    assert path.read_bytes()
    with pytest.raises(CommandError, match="compile_year first"):
        call_command("export_filings", "2021", *told[1:])


class TestDue:
    def test_last_year_is_owed_until_it_is_sealed(self, compiled, at):
        new_year = at.replace(year=2023, month=1, day=30)
        owed = due.unpublished(new_year)
        assert (owed.year, str(owed.by), owed.days_left) == (2022, "2023-01-31", 1)
        assert due.unpublished(new_year + timedelta(days=2)).late

    @pytest.mark.parametrize("who", ["auditor", "supervisor"])
    def test_who_opens_the_years_is_told_until_it_is_sealed_and_louder_when_late(
        self, compiled, client, who
    ):
        account = factories.account("someone", name="吴审")
        factories.appointment(account, who, region=compiled.region)
        client.force_login(account)

        def told(*day):
            with time_machine.travel(datetime(*day, 4, tzinfo=UTC), tick=False):
                page = client.get("/years/", headers={"Accept-Language": "en"})
            return page.content.decode()

        assert "The data of 2022" not in told(2022, 12, 31)
        assert "to be published by 2023-01-31: 30 days are left." in told(2023, 1, 1)
        assert "to be published by 2023-01-31: 1 day is left." in told(2023, 1, 30)
        assert "message-error" not in told(2023, 1, 31)
        late = told(2023, 2, 1)
        assert "were to be published by 2023-01-31 and are not sealed yet" in late
        assert "message-error" in late
        moment, whole = datetime(2023, 2, 2, tzinfo=UTC), whole_register(date(2023, 2, 2))
        ordered = actions.order(of_year(2022), whole, by=Actor("吴审"), at=moment)
        done = actions.run(ordered.job_id, clock=lambda: moment)
        proposal = sealing.propose(done, by=Actor("吴审"), at=moment)
        sealing.seal(proposal, by=Actor("周督"), at=moment)
        assert "The data of 2022" not in told(2023, 2, 3)

    def test_nothing_is_owed_for_a_year_without_filings(self, db, at):
        years.Year()
        assert due.unpublished(at) is None


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet", "pdf"])
def test_the_command_writes_the_file(compiled, tmp_path, form):
    path = tmp_path / f"year.{form}"
    told = ["2022", "--region", "220200", "--format", form, "--output", str(path)]
    call_command("export_year", *told, "--language", "en")
    assert path.read_bytes()


def test_the_command_says_what_is_wrong(compiled, tmp_path):
    told = ["--region", "220200", "--format", "csv", "--output"]
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_year", "2022", *told, str(tmp_path / "no" / "year.csv"))
    with pytest.raises(CommandError, match="compile_year first"):
        call_command("export_year", "2021", *told, str(tmp_path / "year.csv"))
