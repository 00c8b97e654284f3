"""A connection to PostgreSQL tells the scope before it asks (agencies.walls)."""

import pytest
from django.db import connection

from agencies import walls
from config import condition
from filings.models import Filing

pytestmark = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no second wall"
)


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_starts_with_nothing(filing_at):
    if walls.found(connection)[0]:
        pytest.skip("a superuser passes every wall; CI runs as an ordinary owner")
    filing_at("draft")
    assert Filing.objects.exists()
    connection.close()
    with walls.within(walls.NOTHING):
        assert not Filing.objects.exists()
    connection.close()
    assert Filing.objects.exists()


@pytest.mark.django_db
def test_the_condition_says_which_wall_is_missing(at):
    if walls.found(connection)[0]:
        pytest.skip("a superuser passes every wall; CI runs as an ordinary owner")
    assert wall(at).mood == condition.Mood.GOOD
    condition.WALLS[-1].remove(connection)
    found = wall(at)
    assert found.mood == condition.Mood.BAD
    assert condition.WALLS[-1].table in found.found


@pytest.mark.django_db
def test_the_condition_names_a_role_that_passes(at, monkeypatch):
    monkeypatch.setattr(walls, "found", lambda connection: ("postgres", set()))
    found = wall(at)
    assert found.mood == condition.Mood.BAD
    assert "postgres" in found.found
    assert "grant_role" in found.remedy


def wall(at):
    return next(one for one in condition.checks(at) if one.name == "wall")
