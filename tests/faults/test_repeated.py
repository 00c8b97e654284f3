"""A compile is the same to the byte wherever and in whatever order it is made (reliability P11).

The backup is made and put back as the README says.
"""

import os
import random
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from config.messages import APPS
from config.synthesis import Plan, load
from filings.models import Filing
from reports.periods import of_year
from tests.oracle import years
from tests.oracle.export import SOURCES
from tests.processes import answer, environment, reachable

pytestmark = pytest.mark.django_db(transaction=True)
ZONES = ["UTC", "Asia/Shanghai", "America/New_York"]
# With FILINGS the city's whole year instead of three hundred edge cases.
FILINGS = int(os.environ.get("FILINGS", "0"))


@pytest.fixture
def year():
    if FILINGS:
        load(Plan(filings=FILINGS), at=datetime(2023, 5, 1, tzinfo=UTC))
    else:
        years.edges(seed=11)


@pytest.fixture
def again(tmp_path):
    """Put a backup of the database back under another name, and give that."""
    if connection.vendor != "postgresql":
        yield restored_file(tmp_path)
        return
    here, name = reachable(tmp_path), f"{connection.settings_dict['NAME']}_again"
    there = here.removesuffix(connection.settings_dict["NAME"]) + name
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    scope = {"PGOPTIONS": "-c jianbei.scope=everything"}
    backup = str(tmp_path / "backup")
    for words in (
        ["pg_dump", "--enable-row-security", "-Fc", "-f", backup, here],
        ["pg_restore", "--no-owner", "--exit-on-error", "-d", there, backup],
    ):
        subprocess.run(words, check=True, env=environment(here) | scope)
    yield there
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def restored_file(folder):
    backup, there = folder / "backup.sqlite3", folder / "restored.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(backup)])
    with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(there)) as new:
        old.backup(new)
    return f"sqlite:///{there}"


def shuffle(dice):
    """Take the rows of every table that counts out and put them back in another order."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model, _columns in SOURCES.values():
            cursor.execute(f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {model._meta.db_table}")
            cursor.execute("SELECT id FROM kept")
            keys = cursor.fetchall()
            dice.shuffle(keys)
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
            back = f"INSERT INTO {model._meta.db_table} SELECT * FROM kept WHERE id = %s"
            cursor.execute("CREATE INDEX kept_by_id ON kept (id)")
            cursor.executemany(back, keys)
            cursor.execute("DROP TABLE kept")


def digests(place):
    """What a compile of the year tells there in each time zone."""
    said = {"period": "2022", "region": "220200", "zones": ZONES}
    return answer("counted", place, said)


def test_every_time_zone_order_and_backup_gives_one_digest(year, again, tmp_path):
    first = digests(reachable(tmp_path))
    assert first == [first[0]] * 3
    assert digests(again) == first
    shuffle(random.Random(7))
    assert digests(reachable(tmp_path)) == first


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="moves its rows to SQLite")
def test_the_other_database_gives_the_same_digest(year, tmp_path):
    here, there = reachable(tmp_path), f"sqlite:///{tmp_path / 'moved.sqlite3'}"
    rows = tmp_path / "rows.json"
    call_command("dumpdata", *APPS, output=str(rows), verbosity=0)
    answer("filled", there, {"rows": str(rows)})
    assert digests(there) == digests(here)


def test_one_filing_less_gives_another_digest(year, tmp_path):
    before = digests(reachable(tmp_path))
    filing = Filing.objects.counted().dated_between(*of_year(2022).bounds).first()
    filing.status = "voided"
    filing.save()
    assert digests(reachable(tmp_path))[0]["digest"] != before[0]["digest"]
