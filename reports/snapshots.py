"""Everything read as of one instant, by one session or by several that see the same."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import Any

from django.db import connection, transaction
from psycopg.sql import SQL

SESSIONS = 2
READING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
MEMORY = "SET LOCAL work_mem = '64MB'"
# Compiling a statement to machine code takes longer than any of these statements runs.
PLAIN = "SET LOCAL jit = off"
# A work puts a million rows into a few hundred groups: sorting them would cost more than the rest.
UNSORTED = "SET LOCAL enable_sort = off"
# A plan for whatever values: one of these took eight seconds on a million filings, where the plan
# for the values that were asked with takes three milliseconds.
OWN_PLANS = "SET LOCAL plan_cache_mode = force_custom_plan"
Work = Callable[[], Any]
Each = Callable[[Iterable[Work]], Iterator[Any]]


@contextmanager
def snapshot() -> Iterator[Each]:
    """Read everything inside as of one instant, without writing.

    Gives a function that does several works and yields what each returns, in their order: on
    PostgreSQL in sessions of their own that see the same snapshot, begun at once.  Inside a
    caller's transaction that transaction is taken as it stands, and the works take turns.
    """
    if connection.in_atomic_block:
        yield _in_turn
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            for setting in (READING, MEMORY, PLAIN, OWN_PLANS):
                cursor.execute(setting)
            cursor.execute("SELECT pg_export_snapshot()")
            token = cursor.fetchone()[0]
            with ThreadPoolExecutor(SESSIONS) as pool:
                yield lambda works: pool.map(_run, [_carried(token, work) for work in works])
    else:
        with _reading_only(), transaction.atomic():
            yield _in_turn


def _carried(token: str, work: Work) -> Work:
    """The work with the scope that is declared here, which another thread would not know."""
    return partial(copy_context().run, _seeing, token, work)


def _run(work: Work) -> Any:
    return work()


def _in_turn(works: Iterable[Work]) -> Iterator[Any]:
    return (work() for work in works)


def _seeing(token: str, work: Work) -> Any:
    """Do the work in a session of its own that sees the snapshot of the token."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(READING)
            # The statement takes no parameters that the server binds.
            cursor.execute(SQL("SET TRANSACTION SNAPSHOT {}").format(token))
            for setting in (MEMORY, PLAIN, UNSORTED, OWN_PLANS):
                cursor.execute(setting)
            return work()
    finally:
        connection.close()


@contextmanager
def _reading_only() -> Iterator[None]:
    connection.ensure_connection()
    sqlite: Any = connection
    mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = mode
