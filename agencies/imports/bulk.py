"""How do many rows of one model reach its table quickly, without a model object for each?

The database still checks every constraint.  PostgreSQL is fed by COPY, SQLite by one prepared
statement; both give the rows consecutive calls on the table's own sequence of keys.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, connections, models

PLAIN = (models.ForeignKey, models.IntegerField, models.CharField, models.TextField)


class Table:
    """The columns of `model` that vary from row to row; all others take the model's defaults."""

    def __init__(self, model: type[models.Model], *names: str) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        blank = model()
        fixed = {
            field: field.get_db_prep_save(getattr(blank, name), connection)
            for name, field in fields.items()
            if name not in names and not field.primary_key
        }
        fixed = {field: value for field, value in fixed.items() if value is not None}
        self.name = model._meta.db_table
        varying = [fields[name] for name in names]
        self._changed = [
            (place, change)
            for place, change in enumerate(map(_change, varying), start=1)
            if change is not None
        ]
        self._fixed = tuple(fixed.values())
        quoted = connection.ops.quote_name
        columns = ["id", *(field.column for field in [*varying, *fixed])]
        self._columns = ", ".join(quoted(column) for column in columns)
        self._places = ", ".join(["%s"] * len(columns))

    def insert(self, rows: Sequence[Sequence[Any]]) -> list[int]:
        """Write `rows` and give their keys.  Call it inside a transaction that writes."""
        if not rows:
            return []
        with connection.cursor() as cursor:
            keys = self._keys(cursor, len(rows))
            if connection.vendor == "postgresql":
                self._copy(cursor, self._prepared(keys, rows))
            else:
                table = connection.ops.quote_name(self.name)
                cursor.executemany(
                    f"INSERT INTO {table} ({self._columns}) VALUES ({self._places})",  # noqa: S608
                    self._prepared(keys, rows),
                )
        return keys

    def _copy(self, cursor: Any, rows: Iterable[list]) -> None:
        """By way of a table of the session: no COPY goes into one with a wall (agencies.walls)."""
        quoted = connection.ops.quote_name
        table, beside = quoted(self.name), quoted(f"incoming_{self.name}")
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {beside} (LIKE {table}) ON COMMIT DROP")
        with cursor.copy(f"COPY {beside} ({self._columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        chosen = f"INSERT INTO {table} ({self._columns}) SELECT {self._columns} FROM {beside}"  # noqa: S608
        cursor.execute(chosen)
        cursor.execute(f"TRUNCATE {beside}")

    def _prepared(self, keys: list[int], rows: Sequence[Sequence[Any]]) -> Iterable[list]:
        fixed = self._fixed
        for key, row in zip(keys, rows, strict=True):
            values = [key, *row, *fixed]
            for place, change in self._changed:
                values[place] = change(values[place])
            yield values

    def _keys(self, cursor: Any, count: int) -> list[int]:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [self.name, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self.name])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))


def _change(field: models.Field) -> Callable[[Any], Any] | None:
    """How a value of the field is written where it is not written as it is."""
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else json.dumps(value)
    if isinstance(field, PLAIN):
        return None
    if connection.vendor == "postgresql":
        # The driver writes truth values, days and instants as they are.
        return None
    here = connections[connection.alias]
    return lambda value: field.get_db_prep_save(value, here)
