"""The database refuses to change or delete an event."""

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import guards, journal
from agencies.models import Event


@pytest.fixture
def event(agency, at):
    with transaction.atomic():
        written = journal.append(
            agency.code, "revise", agency, by=journal.Actor("王检"), at=at, number=1
        )
    guards.install(connection)
    return written


def test_the_migrations_leave_every_guard(guards_missing_after_migration):
    assert guards_missing_after_migration == set()


def test_a_removed_guard_is_noticed(db):
    assert "event_not_updated" in guards.missing(connection)


@pytest.mark.parametrize("change", [{"actor": "别人"}, {"payload": "{}"}, {"at": None}])
def test_an_event_is_not_updated(event, change):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**change)


def test_an_event_is_not_deleted(event):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event.objects.all()._raw_delete("default")


def test_the_table_is_not_truncated(event):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; deleting is refused above")
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE agencies_event")


def test_an_event_may_be_announced(event, at):
    Event.objects.filter(pk=event.pk).update(announced_at=at)
    assert Event.objects.get().announced_at == at
