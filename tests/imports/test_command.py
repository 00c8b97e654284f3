"""The command: exit codes, what it says, and that it never shows a traceback."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Region
from config.management.commands.import_records import KINDS
from tests.imports.conftest import REGIONS

pytestmark = pytest.mark.django_db
ROW = "220000,吉林省,province,,2020-01-01\n"


def run(*args, **options):
    out = StringIO()
    code = 0
    try:
        call_command("import_records", *map(str, args), stdout=out, stderr=out, **options)
    except SystemExit as ending:
        code = ending.code
    except CommandError as error:
        code = error.returncode
        out.write(str(error))
    return code, out.getvalue()


def test_a_good_file_ends_with_0(write):
    code, said = run("regions", write(REGIONS + ROW))
    assert code == 0
    assert "1 rows read as UTF-8: 1 accepted, 0 already present, 0 refused." in said


def test_a_refused_row_ends_with_1_and_names_row_field_value_rule_and_mending(write, tmp_path):
    path = tmp_path / "why.csv"
    code, said = run("regions", write(REGIONS + ROW.replace("2020", "20")), refused=path)
    assert code == 1
    assert "Row 2, valid_from = “20-01-01”: is not a date. Write it as 2022-03-05." in said
    assert str(path) in said
    assert path.exists()


def test_only_twenty_rows_are_shown(write):
    code, said = run("regions", write(REGIONS + "x,y,z,,\n" * 30))
    assert code == 1
    assert "… and 10 more refused rows." in said


def test_partial_ends_with_1_and_takes_the_rest(write):
    code, said = run("regions", write(REGIONS + ROW + "x,y,z,,\n"), "--partial")
    assert (code, Region.objects.count()) == (1, 1)
    assert "1 rows were written." in said


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["planets", "x.csv"], "Possible: regions, days, agencies"),
        (["regions"], "which file"),
        (["regions", "/nowhere/x.csv"], "cannot be read"),
        (["regions", "/"], "cannot be read"),
        (["regions", "/nowhere/x.csv", "--map", "/nowhere/m.toml"], "m.toml"),
        (["--template", "planets"], "Possible: regions, days, agencies"),
    ],
)
def test_what_cannot_be_done_ends_with_2(args, named):
    code, said = run(*args)
    assert code == 2
    assert named in said


def test_refused_rows_that_cannot_be_written(write):
    code, said = run("regions", write(REGIONS + "x,y,z,,\n"), "--refused", "/nowhere/why.csv")
    assert code == 2
    assert "--refused" in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_template_is_a_table_with_its_required_columns_filled(kind):
    out, err = StringIO(), StringIO()
    call_command("import_records", template=kind, stdout=out, stderr=err)
    header, example = csv.reader(out.getvalue().splitlines())
    assert header == [field.name for field in KINDS[kind].fields]
    for field, cell in zip(KINDS[kind].fields, example, strict=True):
        assert cell or not field.required
        if cell:
            field.parse(cell)
    assert len(err.getvalue().splitlines()) == len(header)
