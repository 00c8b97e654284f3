"""The world that the tests of the walls share."""

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from agencies import walls
from tests.walls import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all questions of a module; nothing of it, and nothing that is asked, stays."""
    with (
        override_settings(SECURE_HSTS_SECONDS=3600),
        time_machine.travel(worlds.AT, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def second_wall_removed(monkeypatch):
    """PostgreSQL holds nothing back, so that a hole in the first wall shows."""
    monkeypatch.setattr(walls, "current", lambda: walls.EVERYTHING)
