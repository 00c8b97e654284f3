"""However the filings are read, their figures are the same."""

import pytest
from django.db import connection

from filings.models import Filing
from reports import gathering, likeness
from reports.compiler import compile_figures
from reports.gathering import filings_of, gather
from reports.periods import of_year, parse
from reports.snapshots import snapshot
from tests.oracle import years

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db):
    return years.handmade()


@pytest.mark.parametrize(
    ("cut", "close", "few"), [(1, 4, 9), (3, 0, 9), (1 << 18, 0, 2), (1 << 18, 0, 9)]
)
def test_slices_and_sparse_keys_give_the_same_figures(made, monkeypatch, cut, close, few):
    whole = compile_figures(of_year(2022), made.city)
    monkeypatch.setattr(gathering, "SLICE", cut)
    monkeypatch.setattr(likeness, "CLOSE", close)
    monkeypatch.setattr(gathering, "FEW", few)
    apart = compile_figures(of_year(2022), made.city)
    assert apart.digest() == whole.digest()
    assert [(bucket, part.filings.tolist()) for bucket, part in apart.parts] == [
        (bucket, part.filings.tolist()) for bucket, part in whole.parts
    ]


def test_what_hangs_on_filings_of_other_regions_and_periods_is_left_out(made):
    period = parse("2022-06", last_year=2022)
    here = filings_of(made.district, period)
    facts = gather(lambda works: (work() for work in works), [here], period)
    assert set(facts.filings["id"].tolist()) == set(here.values_list("pk", flat=True))
    assert len(facts.filings) < Filing.objects.count()
    announced = here.filter(items__isnull=False).values_list("pk", "items__item_version__item")
    found = zip(
        facts.filings["id"][facts.items["filing"]].tolist(),
        facts.items["item"].tolist(),
        strict=True,
    )
    assert sorted(found) == sorted(announced)


@pytest.mark.django_db(transaction=True)
def test_sessions_beside_one_another_see_one_snapshot(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one session")
    made = years.handmade()
    monkeypatch.setattr(gathering, "SLICE", 2)
    beside = compile_figures(of_year(2022), made.city)
    monkeypatch.undo()
    assert beside.digest() == compile_figures(of_year(2022), made.city).digest()


@pytest.mark.django_db(transaction=True)
def test_every_session_plans_for_the_values_it_is_asked_with():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no plans")

    def plans():
        with connection.cursor() as cursor:
            cursor.execute("SHOW plan_cache_mode")
            return cursor.fetchone()[0]

    with snapshot() as each:
        found = {plans(), *each([plans, plans, plans])}
    assert found == {"force_custom_plan"}
    assert plans() == "auto"
