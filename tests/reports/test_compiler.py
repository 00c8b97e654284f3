"""Equal records give equal digests, whatever clock and database they are read with."""

import os
import threading
import time
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from agencies import walls
from reports.compiler import compile_figures
from reports.periods import of_year
from reports.registers import whole_register
from tests import factories
from tests.oracle import years

PINNED = "1076c4aeb758023b9c986d0bf4ee78e5b61c431742ebf713d2de31aa9799de94"


@pytest.fixture
def foreign_clock(request, settings, monkeypatch):
    """The process, Django and the PostgreSQL session all in another time zone."""
    settings.TIME_ZONE = request.param
    monkeypatch.setitem(os.environ, "TZ", request.param)
    time.tzset()
    with timezone.override(request.param):
        yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "foreign_clock", ["UTC", "Asia/Shanghai", "America/New_York"], indirect=True
)
def test_the_digest_is_the_same_in_every_time_zone_and_on_every_database(foreign_clock):
    made = years.handmade()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL TIME ZONE '{foreign_clock}'")
    assert compile_figures(of_year(2022), made.city).digest() == PINNED


@pytest.mark.django_db
def test_the_whole_register_is_the_smallest_region_with_every_agency(city, district):
    assert whole_register(date(2022, 1, 1)) is None
    factories.agency(district)
    assert whole_register(date(2022, 1, 1)) == district
    factories.agency(factories.region("220203", "龙潭区", parent=city))
    assert whole_register(date(2022, 1, 1)) == city


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    made = years.handmade()
    with django_assert_max_num_queries(31):
        compile_figures(of_year(2022), made.city)


@pytest.mark.django_db(transaction=True)
def test_a_filing_that_arrives_meanwhile_is_not_half_counted():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets nobody write while the compile reads")
    made = years.Year()

    came = []

    def arrive(done, total):
        if not came:
            came.append(total)
            other = threading.Thread(target=_file_apart, args=(made,))
            other.start()
            other.join()

    assert compile_figures(of_year(2022), made.city, arrive).figures["totals"]["filings"] == 0
    assert compile_figures(of_year(2022), made.city).figures["totals"]["filings"] == 1


@walls.opened()
def _file_apart(made):
    made.file(0, years.JUNE, items=[1])
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_snapshot_cannot_write():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no read-only transactions")
    made = years.Year()
    with pytest.raises(Exception, match="read-only"):
        compile_figures(of_year(2022), made.city, lambda done, total: made.file(0, years.JUNE))
