"""Exported files hold the figures, in both languages, and nothing in them runs."""

import csv
import hashlib
import io

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from agencies.journal import Actor
from agencies.models import Agency
from reports import actions, exports
from reports.definitions import TABLES
from reports.periods import of_year
from tests.oracle import years

pytestmark = pytest.mark.django_db
PAYLOADS = ["=1+1", "+1", "-1", "@A1", "\t=1", "＝1+1", "－1"]


@pytest.fixture
def compiled(at):
    made = years.handmade()
    Agency.objects.filter(code="A01").update(name="=HYPERLINK(1)")
    ordered = actions.order(of_year(2022), made.city, by=Actor("吴审"), at=at)
    return actions.run(ordered.job_id, clock=lambda: at)


def test_csv_tells_no_power_from_nothing(compiled):
    rows = list(csv.reader(io.StringIO(exports.as_csv(compiled).decode("utf-8-sig"))))
    assert ["A03", "A03 A03执法局", "—", "—"] in rows
    assert rows[0] == ["totals"]


def test_xlsx_has_a_sheet_per_table_of_numbers_and_text(compiled):
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.as_xlsx(compiled)))
    assert book.sheet_names == ["totals", "indicators", "missing", *(t.name for t in TABLES)]
    rows = book.get_sheet_by_name("by_agency").to_python()
    assert rows[1][0] == "A01"
    assert rows[1][1] == "A01 =HYPERLINK(1)"
    assert rows[1][2] == 4


def test_json_is_what_the_digest_covers(compiled):
    assert hashlib.sha256(exports.as_json(compiled)).hexdigest() == compiled.digest


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_csv_runs(payload):
    assert exports.inert(payload) == f"'{payload}"


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
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
