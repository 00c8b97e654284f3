"""The command that compiles a year in the foreground."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies import jobs
from agencies.models import Job
from reports import actions, compiler, sentence
from tests.oracle import years

pytestmark = pytest.mark.django_db


def compile_year(*args):
    out = StringIO()
    call_command("compile_year", *args, stdout=out)
    return out.getvalue()


def test_prints_the_sentence_and_the_tables():
    years.handmade()
    printed = compile_year("2022", "--region", "220200")
    assert printed.splitlines()[0] == (
        "全市已有2个行政执法部门、2项行政检查执法事项、3名行政检查执法人员纳入管理,"
        "行政检查执法备案11次"
    )
    assert "A02 A02执法局" in printed
    assert Job.objects.get().state == "done"


def test_json_is_nothing_but_json_and_agrees_with_a_second_run():
    years.handmade()
    first, second = (json.loads(compile_year("2022", "--json")) for _ in range(2))
    assert first["region"]["code"] == "220000"
    assert first["digest"] == second["digest"]
    assert first["totals"]["filings"] == 12


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["1989"], "1989"),
        (["2O22"], "2O22"),
        (["２０２２"], "２０２２"),
        (["9" * 30], "999"),
        (["2022", "--region", "999999"], "999999"),
        (["2022", "--region", "\x00"], "\x00"),
    ],
)
def test_names_what_it_cannot_take(agency, args, told):
    with pytest.raises(CommandError, match=told) as refusal:
        compile_year(*args)
    assert refusal.value.returncode == 2
    assert not Job.objects.exists()


def test_says_what_to_do_when_there_is_no_agency(db):
    with pytest.raises(CommandError, match="import_records"):
        compile_year("2022")


def test_a_failure_ends_with_its_reason(agency, monkeypatch):
    def broken(*args):
        raise ArithmeticError("no sum")

    monkeypatch.setattr(compiler, "compile_figures", broken)
    with pytest.raises(CommandError, match="no sum") as failure:
        compile_year("2022")
    assert failure.value.returncode == 1


TOTALS = {"agencies": 196, "items": 3980, "officers": 5256, "filings": 17688}
YEAR = {"year": 2022, "period": {"key": "2022", "first": "2022-01-01", "last": "2022-12-31"}}


def test_the_sentence_of_jilin_is_the_one_of_the_report():
    figures = YEAR | {"region": {"kind": "prefecture", "name": "吉林市"}, "totals": TOTALS}
    assert sentence.chinese(figures) == (
        "全市已有196个行政执法部门、3980项行政检查执法事项、5256名行政检查执法人员纳入管理,"
        "行政检查执法备案17688次"
    )
    assert "17,688 administrative inspections were filed in 2022" in sentence.english(figures)


def test_the_sentence_of_a_part_of_a_year_does_not_speak_of_the_year():
    quarter = {"key": "2022Q3", "first": "2022-07-01", "last": "2022-09-30"}
    region = {"kind": "prefecture", "name": "吉林市"}
    figures = {"year": 2022, "period": quarter, "region": region, "totals": TOTALS}
    assert sentence.chinese(figures).endswith(
        "纳入管理,2022年7月1日至2022年9月30日行政检查执法备案17688次"
    )
    assert sentence.english(figures).endswith("were filed from 2022-07-01 to 2022-09-30.")


@pytest.mark.parametrize(
    ("kind", "name", "whole", "english"),
    [
        ("province", "吉林省", "全省", "province"),
        ("county", "昌邑区", "全区", "district"),
        ("county", "永吉县", "全县", "county"),
        ("county", "桦甸市", "全市", "city"),
        ("zone", "高新区", "全区", "district"),
        ("township", "江南乡", "全乡", "township"),
        ("township", "站前街道", "全街道", "subdistrict"),
    ],
)
def test_the_sentence_calls_the_region_by_its_kind(kind, name, whole, english):
    figures = YEAR | {"region": {"kind": kind, "name": name}, "totals": TOTALS}
    assert sentence.chinese(figures).startswith(f"{whole}已有")
    assert sentence.english(figures).startswith(f"The {english} has 196 ")


def test_waits_for_the_worker_that_has_the_job(agency, monkeypatch):
    original = jobs.claim

    def taken(job_id, *, now):
        monkeypatch.setattr(jobs, "claim", original)
        actions.run(job_id, clock=lambda: now)
        return original(job_id, now=now)

    monkeypatch.setattr(jobs, "claim", taken)
    assert "全区已有1个" in compile_year("2022")
