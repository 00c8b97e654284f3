"""The rows of one query as columns in memory, from either database, without an object per row.

PostgreSQL sends rows of fixed width by binary COPY, in the transaction and snapshot that the
caller holds; SQLite is read through its cursor.  Every column must be a number and never null.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

HEADER = 19
TRAILER = b"\xff\xff"


class UnevenRows(RuntimeError):
    """A column came in another width than was asked for: a null, or another type."""

    code = "uneven_rows"


Told = Callable[[int], None]


def read(
    rows: QuerySet[Any], columns: dict[str, str], told: Told = lambda count: None
) -> np.ndarray:
    """The rows as one structured array; `columns` gives each name its width, i8 or i4.

    `told` hears now and then how many rows have come.
    """
    wanted = np.dtype(list(columns.items()))
    try:
        sql, params = rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return np.zeros(0, wanted)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(sql, params)
            return np.array(cursor.fetchall(), dtype=wanted)
        return _copied(cursor, sql, params, wanted, told)


def _copied(cursor: Any, sql: str, params: Any, wanted: np.dtype, told: Told) -> np.ndarray:
    wire = _wire(wanted)
    found: list[np.ndarray] = []
    rest, skipped = b"", False
    with cursor.cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)", params) as copy:
        pieces: list[bytes] = []
        size = 0
        for block in copy:
            pieces.append(bytes(block))
            size += len(block)
            if size > 1 << 22:
                rest, skipped = _cut(b"".join([rest, *pieces]), skipped, wire, wanted, found)
                pieces, size = [], 0
                told(sum(len(rows) for rows in found))
        rest, skipped = _cut(b"".join([rest, *pieces]), skipped, wire, wanted, found)
    if rest != TRAILER:
        raise UnevenRows(f"{len(rest)} bytes are left over")
    return np.concatenate(found) if found else np.zeros(0, wanted)


def _cut(
    data: bytes, skipped: bool, wire: np.dtype, wanted: np.dtype, found: list[np.ndarray]
) -> tuple[bytes, bool]:
    """Take the whole rows off the front of `data`; what is left, and whether the header is gone."""
    start = 0 if skipped else HEADER
    count = (len(data) - start) // wire.itemsize
    rows = np.frombuffer(data, wire, count, start)
    if count and not all(
        (rows[f"{name} length"] == kind.itemsize).all()
        for name, kind in ((name, wanted[name]) for name in wanted.names or ())
    ):
        raise UnevenRows(str(wanted))
    kept = np.empty(count, wanted)
    for name in wanted.names or ():
        kept[name] = rows[name]
    found.append(kept)
    return data[start + count * wire.itemsize :], True


def _wire(wanted: np.dtype) -> np.dtype:
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name in wanted.names or ():
        fields += [(f"{name} length", ">i4"), (name, f">{wanted[name].str[1:]}")]
    return np.dtype(fields)
