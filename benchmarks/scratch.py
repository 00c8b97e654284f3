"""Databases of our own on the server of DATABASE_URL, made for a run and dropped after it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

SIZES = {
    "xs": {"filings": 100, "subjects": 100},
    "s": {"filings": 17_688, "subjects": 9_000},
    "m": {"filings": 1_000_000, "subjects": 200_000},
    "l": {"filings": 10_000_000, "subjects": 2_000_000},
}
# Named by the process, so that two runs on one server leave one another alone.
EMPTY, WORK, FULL = (f"jianbei_bench_{name}_{os.getpid()}" for name in ("empty", "work", "full"))
YEAR = 2022
KEPT = False
_given = os.environ.get("DATABASE_URL", "")


def server() -> str:
    """The address that was given; its database is only used to make others."""
    return _given


def url(name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(_given)._replace(path=f"/{name}"))


@contextmanager
def kept(name: str) -> Iterator[None]:
    """Django looking at a database that holds a synthetic year already and is not taken away."""
    global WORK, KEPT
    WORK, KEPT = name, True
    os.environ["DATABASE_URL"] = url(WORK)
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
    os.environ["ENV_FILE"] = ""
    import django

    django.setup()
    yield
    _close()


@contextmanager
def databases() -> Iterator[None]:
    """An empty migrated database to copy from, and Django looking at the working copy."""
    os.environ["DATABASE_URL"] = url(WORK)
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
    os.environ["ENV_FILE"] = ""
    try:
        _make(WORK, "template0")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        _close()
        _make(EMPTY, WORK)
        yield
    finally:
        _close()
        for name in (EMPTY, WORK, FULL):
            _drop(name)


def fresh() -> None:
    """Make the working database anew, migrated and empty."""
    _close()
    _make(WORK, EMPTY)
    with psycopg.connect(_given, autocommit=True) as connection:
        # Neither side pays for what the other left unwritten; only a superuser may.
        try:
            connection.execute("CHECKPOINT")
        except psycopg.errors.InsufficientPrivilege:
            return


def filled(size: str) -> None:
    """Make the working database hold a synthetic year of this size, made once per run."""
    _close()
    if KEPT:
        return
    with psycopg.connect(_given) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [FULL])
        ready = known.fetchone()
    if ready:
        _make(WORK, FULL)
        return
    fresh()
    load(size)
    with connect() as connection:
        connection.execute("ANALYZE")
    _close()
    _make(FULL, WORK)


def load(size: str) -> None:
    """Write the synthetic year into the working database."""
    from django.utils import timezone

    from config import synthesis

    synthesis.load(synthesis.Plan(year=YEAR, **SIZES[size]), at=timezone.now())


def copied(model: Any, own: dict[str, str]) -> tuple[str, str]:
    """The columns of a table, and their values for copies of its rows `f`, but for `own` ones."""
    fields = model._meta.local_fields
    columns = [field.column for field in fields if not field.primary_key or field.column in own]
    values = [own.get(column, f'f."{column}"') for column in columns]
    return ", ".join(f'"{column}"' for column in columns), ", ".join(values)


def connect() -> psycopg.Connection:
    """A plain connection to the working database."""
    return psycopg.connect(url(WORK), options="-c jianbei.scope=everything")


def _close() -> None:
    from django.apps import apps

    if apps.ready:
        from django.db import connections

        for connection in connections.all():
            connection.close()
            connection.close_pool()


def _make(name: str, template: str) -> None:
    _drop(name)
    with psycopg.connect(_given, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")


def _drop(name: str) -> None:
    with psycopg.connect(_given, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
