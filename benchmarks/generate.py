"""Making a year beside a plain COPY of the very same rows, indexes and constraints built after."""

import tempfile
import time
from pathlib import Path

from benchmarks import scratch
from benchmarks.report import Result, middle

SCHEMA = "plain"
DEFINITIONS = """
SELECT c.relname, quote_ident(k.conname), pg_get_constraintdef(k.oid), k.contype
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
ORDER BY array_position('{p,u,c,f}'::"char"[], k.contype), k.conname
"""
INDEXES = """
SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""


def measure(size: str, runs: int) -> list[Result]:
    """Filings per second on both sides."""
    filings = scratch.SIZES[size]["filings"]
    ours, theirs = [], []
    scratch.fresh()
    scratch.load("xs")
    with tempfile.TemporaryDirectory(prefix="jianbei-bench-") as folder:
        for run in range(runs):
            scratch.fresh()
            started = time.perf_counter()
            scratch.load(size)
            ours.append(filings / (time.perf_counter() - started))
            if run == 0:
                _dump(Path(folder))
            wanted = _sums("public")
            scratch.fresh()
            theirs.append(filings / _copy(Path(folder)))
            if _sums(SCHEMA) != wanted:
                raise AssertionError("the two sides hold different rows")
    beside = "plain COPY, then indexes and constraints"
    return [
        Result("generate", size, beside, "filings/s", middle(ours), middle(theirs), at_least=0.3)
    ]


def _tables() -> list[str]:
    from agencies.models import Region
    from config.synthesis.loading import TABLES

    return [model._meta.db_table for model in (Region, *TABLES)]


def _dump(folder: Path) -> None:
    with scratch.connect() as connection, connection.cursor() as cursor:
        for table in _tables():
            with (
                (folder / table).open("wb") as file,
                cursor.copy(f"COPY (SELECT * FROM {table} ORDER BY id) TO STDOUT") as rows,
            ):
                for block in rows:
                    file.write(block)


def _copy(folder: Path) -> float:
    """Copy the files into bare tables, then build everything the real tables have; the seconds."""
    with scratch.connect() as connection, connection.cursor() as cursor:
        tables = _tables()
        constraints = cursor.execute(DEFINITIONS, [tables]).fetchall()
        indexes = [row[0] for row in cursor.execute(INDEXES, [tables])]
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in tables:
            cursor.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table})")
        cursor.execute(f"SET search_path = {SCHEMA}, public")
        connection.commit()
        started = time.perf_counter()
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for table in tables:
            _fill(cursor, table, folder)
        # The definitions come with foreign keys last, as they need the other tables' keys.
        own = [row for row in constraints if row[3] != "f"]
        for table, name, definition, _ in own:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        for definition in indexes:
            cursor.execute(definition.replace(" ON public.", f" ON {SCHEMA}."))
        for table, name, definition, _ in constraints[len(own) :]:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        cursor.execute(f"ANALYZE {', '.join(tables)}")
        connection.commit()
        return time.perf_counter() - started


def _fill(cursor, table: str, folder: Path) -> None:
    with (folder / table).open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        while block := file.read(1 << 20):
            copy.write(block)


def _sums(schema: str) -> dict[str, tuple]:
    """How many rows each table has, and a sum over the text of all of them."""
    total = "SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM"
    with scratch.connect() as connection:
        return {
            table: connection.execute(f"{total} {schema}.{table} t").fetchone()
            for table in _tables()
        }
