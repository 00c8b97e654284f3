"""Rows on their way to a table, column by column, in one text that both databases take.

Instants are texts in UTC without an offset, truth values 0 and 1, JSON its text: SQLite stores
exactly this, PostgreSQL reads it in a session whose zone is UTC.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import models

Column = Sequence[Any] | np.ndarray


@dataclass(frozen=True, slots=True)
class Batch:
    """`rows` rows for the table of `model`; a column not given holds the field's default."""

    model: type[models.Model]
    rows: int
    columns: dict[str, Column]
    constants: dict[str, Any]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def names(self) -> list[str]:
        """The columns of the table, in the order of `tuples`."""
        return [field.column for field in self._fields()]

    def _fields(self) -> list[models.Field]:
        return [field for field in self.model._meta.local_fields if field.concrete]

    def _parts(self) -> list[tuple[bool, Any]]:
        parts = []
        for field in self._fields():
            given = self.columns.get(field.attname)
            if given is None:
                parts.append((False, self.constants.get(field.attname, _default(field))))
            else:
                parts.append((True, given.tolist() if isinstance(given, np.ndarray) else given))
        return parts

    def tuples(self) -> Iterator[tuple]:
        """The rows as values for an INSERT."""
        spread = [part if many else [part] * self.rows for many, part in self._parts()]
        return zip(*spread, strict=True)

    def text(self) -> bytes:
        """The rows in PostgreSQL's text format for COPY; also what the digest is taken of."""
        shape, varying = [], []
        for many, part in self._parts():
            if many:
                shape.append("%s")
                varying.append(_nulls(part))
            else:
                shape.append("\\N" if part is None else str(part).replace("%", "%%"))
        line = "\t".join(shape) + "\n"
        return "".join([line % row for row in zip(*varying, strict=True)]).encode()


def batch(model: type[models.Model], columns: dict[str, Column], **constants: Any) -> Batch:
    """A batch whose number of rows is the length of its columns."""
    return Batch(model, len(next(iter(columns.values()))), columns, constants)


def of_records(model: type[models.Model], records: list[dict[str, Any]]) -> Batch:
    """A batch of small records, all with the same keys, numbered by their own `id`."""
    return batch(model, {name: [row[name] for row in records] for name in records[0]})


def _nulls(column: Sequence[Any]) -> Sequence[Any]:
    if None in column:
        return ["\\N" if value is None else value for value in column]
    return column


def _default(field: models.Field) -> Any:
    value = field.get_default()
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value) if isinstance(value, list | dict) else value
