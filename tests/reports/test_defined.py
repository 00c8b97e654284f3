"""Figures of an older version of the definitions open in every form, without the newer ones."""

import io
import json

import pyarrow.parquet as pq
import pytest
import time_machine
from jsonschema import Draft202012Validator

from agencies.journal import Actor
from reports import actions, defined, exports
from reports.models import Compilation
from reports.periods import of_year
from reports.schema import schema
from tests import factories
from tests.oracle import years

pytestmark = pytest.mark.django_db
LATER = {
    "tables": "caps",
    "totals": "unnumbered",
    "indicators": "publication_in_time",
    "missing": "plans_unfiled",
}


@pytest.fixture
def older(at):
    """A compile from before some table, column, total and indicator was defined."""
    made = years.edges(seed=4, size=40)
    ordered = actions.order(of_year(2022), made.city, by=Actor("吴审"), at=at)
    figures = actions.run(ordered.job_id, clock=lambda: at).found()
    figures["definitions"] = 1
    for name in ("tables", "totals"):
        figures[name].pop(LATER[name])
    for name in ("indicators", "missing"):
        figures[name] = [row for row in figures[name] if row["code"] != LATER[name]]
    for row in figures["tables"]["sheet"]:
        row.pop("completion")
    Compilation.objects.filter(job=ordered.job).update(
        figures=json.dumps(figures), definitions_version=1
    )
    return Compilation.objects.get(job=ordered.job)


def test_only_what_the_figures_have_is_told(older):
    figures = older.found()
    assert "caps" not in [one.name for one in defined.tables(figures)]
    assert [one.name for one in defined.table(figures, "sheet").ratios] == ["finishing"]
    told = schema(figures)
    assert told["properties"]["definitions"] == {"const": 1}
    assert list(Draft202012Validator(told).iter_errors(figures)) == []


@pytest.mark.parametrize("kind", exports.FORMATS)
def test_every_format_is_written_of_them(older, kind):
    made = exports.FORMATS[kind](older)
    if kind == "parquet":
        tables = pq.read_table(io.BytesIO(made))["table"].to_pylist()
        assert "caps" not in tables
        assert "by_agency" in tables
    assert made


def test_pages_and_api_show_them(older, client, at):
    account = factories.account("auditor", name="吴审")
    factories.appointment(account, "auditor", region=older.region)
    client.force_login(account)
    place = f"/years/2022/220200/{older.pk}/"
    with time_machine.travel(at, tick=False):
        for one in (place, f"{place}sheet/", f"/api/v1/years/{older.pk}/"):
            assert client.get(one).status_code == 200, one
        assert client.get(f"{place}caps/").status_code == 404
        told = client.get(f"/api/v1/years/{older.pk}/").json()
    names = {group: [one["name"] for one in told[group]] for group in LATER}
    assert all(LATER[group] not in found for group, found in names.items())


def test_the_next_compile_reads_every_filing_again(older, at):
    ordered = actions.order(of_year(2022), older.region, by=Actor("吴审"), at=at)
    done = actions.run(ordered.job_id, clock=lambda: at)
    assert done.recounted
    assert "caps" in done.found()["tables"]
