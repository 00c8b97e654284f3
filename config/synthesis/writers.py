"""How batches reach the tables: COPY on PostgreSQL, prepared INSERTs on SQLite."""

from collections.abc import Iterable
from typing import Protocol

from django.db import models

from agencies import walls
from config.synthesis.batch import Batch
from config.synthesis.indexes import Indexes


class Writer(Protocol):
    """What a load needs of a database."""

    def open(self, bulk: Iterable[type[models.Model]]) -> None:
        """Get ready; the tables of `bulk` are about to receive nearly all their rows."""

    def write(self, rows: Batch, text: bytes) -> None:
        """Store the rows, given as a batch and as its text."""

    def close(self, loaded: Iterable[type[models.Model]]) -> None:
        """Leave the tables as an ordinary INSERT would have."""


class CopyWriter:
    """Streams text into COPY; the indexes of empty tables are built once their rows are there."""

    def __init__(self, connection):
        self.connection = connection

    def open(self, bulk: Iterable[type[models.Model]]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            # No table may be altered while checks of its rows are still put off.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            # COPY goes into no table with a wall; the owner of the tables may lift it meanwhile.
            self.walled = walls.found(self.connection)[1]
            for table in self.walled:
                cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            self.aside = [Indexes(cursor, m._meta.db_table) for m in bulk if not m.objects.exists()]
            for indexes in self.aside:
                indexes.drop(cursor)

    def write(self, rows: Batch, text: bytes) -> None:
        columns = ", ".join(f'"{name}"' for name in rows.names())
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f'COPY "{rows.table}" ({columns}) FROM STDIN') as copy,
        ):
            copy.write(text)

    def close(self, loaded: Iterable[type[models.Model]]) -> None:
        with self.connection.cursor() as cursor:
            for indexes in self.aside:
                indexes.rebuild(cursor)
            for indexes in self.aside:
                indexes.refer(cursor)
            for model in loaded:
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608
                    f" (SELECT max(id) FROM {table}))"
                )
                cursor.execute(f"ANALYZE {table}")
            for table in self.walled:
                cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class InsertWriter:
    """Runs one prepared INSERT per table over plain tuples."""

    def __init__(self, connection):
        self.connection = connection

    def open(self, bulk: Iterable[type[models.Model]]) -> None:
        self.connection.ensure_connection()

    def write(self, rows: Batch, text: bytes) -> None:
        names = rows.names()
        columns = ", ".join(f'"{name}"' for name in names)
        places = ", ".join("?" * len(names))
        self.connection.connection.executemany(
            f'INSERT INTO "{rows.table}" ({columns}) VALUES ({places})',  # noqa: S608
            rows.tuples(),
        )

    def close(self, loaded: Iterable[type[models.Model]]) -> None:
        with self.connection.cursor() as cursor:
            for model in loaded:
                cursor.execute(f"ANALYZE {model._meta.db_table}")


def writer_for(connection) -> Writer:
    """The quickest writer for the database behind `connection`."""
    return CopyWriter(connection) if connection.vendor == "postgresql" else InsertWriter(connection)
