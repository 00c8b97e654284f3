"""The worlds that the tests of the walls share."""

from contextlib import contextmanager

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from agencies import walls
from tests.walls import crowd as crowds
from tests.walls import world as worlds


@contextmanager
def standing(build, blocker):
    """One world for all questions of a module; nothing of it, and nothing that is asked, stays."""
    with (
        override_settings(SECURE_HSTS_SECONDS=3600),
        time_machine.travel(worlds.AT, tick=False),
        blocker.unblock(),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two agencies in two cities, and everybody who may ask."""
    with standing(worlds.build, django_db_blocker) as built:
        yield built


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """All the agencies of a synthetic city, a canary in each."""
    with standing(crowds.build, django_db_blocker) as built:
        yield built


@pytest.fixture
def second_wall_removed(monkeypatch):
    """PostgreSQL holds nothing back, so that a hole in the first wall shows."""
    monkeypatch.setattr(walls, "current", lambda: walls.EVERYTHING)
