"""The role of the program adds to the book and cannot take away from it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from agencies import journal
from agencies.models import Chain, Checkpoint, Event
from filings import actions
from reports import retention

ROLE = "jianbei_grants_test"
pytestmark = pytest.mark.django_db
ON_POSTGRESQL = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no roles"
)


@pytest.fixture
def as_role(agency, at):
    """Acts as the role of the program from here on, with one event and one checkpoint written."""
    journal.append(agency.code, "revise", agency, by=journal.Actor("王检"), at=at)
    Checkpoint.objects.create(at=at, size=1, heads="{}", note="")
    call_command("grant_role", ROLE, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(ROLE)))


def refused(statement):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@ON_POSTGRESQL
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agencies_event SET actor = '别人'",
        "UPDATE agencies_event SET payload = '{}', announced_at = now()",
        "DELETE FROM agencies_event",
        "TRUNCATE agencies_event",
        "UPDATE agencies_checkpoint SET size = 0",
        "DELETE FROM agencies_checkpoint",
        "TRUNCATE agencies_checkpoint",
        "TRUNCATE filings_filing CASCADE",
        "UPDATE agencies_importbatch SET accepted = 0",
        "UPDATE filings_correction SET reason = ''",
        "DELETE FROM filings_correction",
        "UPDATE filings_caseentry SET text = ''",
        "UPDATE filings_offlinearrival SET skew = 0",
        "UPDATE reports_factpiece SET digest = ''",
        "UPDATE reports_keptpiece SET bucket = 0",
        "DELETE FROM reports_seal",
        "DELETE FROM filings_result",
        "DELETE FROM filings_alert",
        "DELETE FROM filings_supervisioncase",
        "ALTER TABLE agencies_event DISABLE TRIGGER ALL",
        "DROP TABLE agencies_checkpoint",
    ],
)
def test_no_statement_of_the_role_takes_from_the_book(as_role, statement):
    refused(statement)


@ON_POSTGRESQL
def test_the_role_adds_announces_and_works(as_role, agency, at):
    written = journal.append(agency.code, "revise", agency, by=journal.Actor("王检"), at=at)
    Event.objects.filter(pk=written.pk).update(announced_at=at)
    agency.name = "昌邑区局"
    agency.save()
    assert Chain.objects.get(key=agency.code).length == 2
    assert list(journal.breaks()) == []


@ON_POSTGRESQL
def test_the_role_forgets_what_nobody_sealed_and_corrects(
    as_role, filing_at, inspector, authority, at
):
    assert retention.forget(at=at) == 0
    filing = filing_at("recorded")
    told = actions.Outcome("corrected")
    actions.correct(filing, told, by=authority(inspector), at=at, reason="录入有误")
    assert filing.result.corrections.count() == 1


@ON_POSTGRESQL
def test_granting_again_changes_nothing(as_role):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    call_command("grant_role", ROLE, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(ROLE)))
    refused("DELETE FROM agencies_event")


@pytest.mark.parametrize("name", ["", "a b", "a;drop", "Ä", "a" * 64])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(CommandError, match="no plain name"):
        call_command("grant_role", name)


def test_where_there_are_no_roles_it_says_so():
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL has roles")
    with pytest.raises(CommandError, match="Only PostgreSQL"):
        call_command("grant_role", ROLE)


def test_an_empty_password_is_refused(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO("\n"))
    with pytest.raises(CommandError, match="no password"):
        call_command("grant_role", ROLE, "--password-stdin")
