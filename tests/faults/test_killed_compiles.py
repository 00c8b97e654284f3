"""A compile whose worker is killed is published once, and equals the oracle (reliability P10)."""

import os
from datetime import UTC, datetime

import pytest
from django.db import connection

from config.synthesis import Plan, load
from reports.periods import parse
from tests.oracle.export import export
from tests.oracle.recount import recount
from tests.processes import answer, reachable

pytestmark = pytest.mark.django_db(transaction=True)
# `make test-faults` asks for 200 compiles of the city's whole year and 60 kills.
COMPILES, KILLS = (int(os.environ.get(name, few)) for name, few in (("COMPILES", 20), ("KILLS", 8)))
FILINGS = int(os.environ.get("FILINGS", "4000"))
KINDS = [("2022", "220200"), ("2022", "220202"), ("2022Q2", "220200"), ("2022-12", "220000")]


@pytest.fixture
def beside(tmp_path):
    """Where the workers find a made-up year."""
    size = {"agencies": 40, "items": 200, "officers": 300, "subjects": 3000}
    load(Plan(filings=FILINGS, seed=22, **size), at=datetime(2023, 5, 1, tzinfo=UTC))
    return reachable(tmp_path)


def killing(beside, *, work, rounds, kills):
    """The history of so many compiles.  SQLite has one worker, as it has in an office."""
    workers = 4 if connection.vendor == "postgresql" else 1
    said = {"work": work, "rounds": rounds, "kills": kills, "workers": workers}
    return answer("killed", beside, said | {"kinds": KINDS, "seed": rounds + kills})


def test_a_killed_compile_is_published_once_and_equals_the_oracle(beside):
    history = killing(beside, work="compile", rounds=COMPILES, kills=KILLS)
    assert history["kills"] == KILLS
    assert [job["state"] for job in history["jobs"]] == ["done"] * COMPILES
    assert max(job["attempt"] for job in history["jobs"]) > 1
    assert [one["published"] for one in history["compiles"]] == [1] * COMPILES
    assert all(one["whole"] for one in history["compiles"])
    assert history["breaks"] == 0
    rows = export()
    for key, code in KINDS:
        period = parse(key, last_year=2030)
        expected = recount(rows, code, first=period.first, last=period.last)
        (digest,) = {one["digest"] for one in history["compiles"] if one["of"] == [key, code]}
        found = history["figures"][digest]
        assert {name: found[name] for name in expected} == expected


def test_the_naive_way_counts_wrong_as_soon_as_one_is_killed(beside):
    calm = killing(beside, work="naive", rounds=4, kills=0)
    assert {job["total"] for job in calm["jobs"]} == {export_size()}
    totals = set()
    # A kill between two writes of a job does no harm, so a few kills may all be lucky ones.
    for _turn in range(6):
        history = killing(beside, work="naive", rounds=max(8, COMPILES // 4), kills=KILLS * 3)
        assert {job["state"] for job in history["jobs"]} == {"done"}
        totals |= {job["total"] for job in history["jobs"]}
        if totals != {export_size()}:
            break
    assert totals != {export_size()}


def export_size():
    """How many filings there are."""
    return len(export()["filings"])
