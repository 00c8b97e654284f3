"""One small year, made once for all who look at it."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from config.synthesis import Plan, load, subjects, year
from config.synthesis.loading import TABLES, next_id, regions
from config.synthesis.year import Year

PLAN = Plan(year=2022, agencies=30, items=180, officers=150, subjects=240, filings=700, seed=7)
AT = datetime(2024, 1, 2, tzinfo=UTC)
END = date(2022, 12, 31)


@pytest.fixture(scope="package")
def small_pieces():
    """Several pieces even for a small year."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(year, "CHUNK", 250)
        patch.setattr(subjects, "CHUNK", 100)
        yield


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker, small_pieces):
    """The year in the database, what was expected of it, and its digest."""
    with django_db_blocker.unblock(), transaction.atomic():
        region_ids = regions()
        expected = Year(PLAN, {model: next_id(model) for model in TABLES}, region_ids)
        digest = load(PLAN, at=AT)
        yield expected, digest
        transaction.set_rollback(True)
