"""The rows of one query as columns in memory, from either database, without an object per row.

PostgreSQL sends a few hundred pieces of arrays by binary COPY, in the transaction and snapshot that
the caller holds; SQLite is read through its cursor.  Every column must be a number and never null.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

HEADER = 19
PARTS = 256
TRAILER = b"\xff\xff"


class UnevenRows(RuntimeError):
    """A column holds a null."""

    code = "uneven_rows"


Told = Callable[[int], None]


def read(
    rows: QuerySet[Any], columns: dict[str, str], told: Told = lambda count: None
) -> np.ndarray:
    """The rows as one structured array; `columns` gives each name its width, i8 or i4.

    They come by the first column, those alike in it in the order of the query.  `told` hears now
    and then how many rows have come; it must not ask this connection, which is copying.
    """
    wanted = np.dtype(list(columns.items()))
    try:
        sql, params = rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return np.zeros(0, wanted)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(sql, params)
            found = np.array(cursor.fetchall(), dtype=wanted)
        else:
            found = _copied(cursor, sql, params, wanted, told)
    return found[np.argsort(found[next(iter(columns))], kind="stable")]


def _copied(cursor: Any, sql: str, params: Any, wanted: np.dtype, told: Told) -> np.ndarray:
    """The rows by way of arrays: a message for each row would cost more than the query itself."""
    names = list(wanted.names or ())
    arrays = ", ".join(f"array_agg({_number(wanted, name)})" for name in names)
    heads = ", ".join(f"c{place}" for place in range(len(names)))
    group = f"{_number(wanted, names[0])} & {PARTS - 1}"
    grouped = f"SELECT {arrays} FROM ({sql}) AS rows_of ({heads}) GROUP BY {group}"  # noqa: S608 - names of our own around a query of the ORM
    found: list[np.ndarray] = []
    count = 0
    with cursor.cursor.copy(f"COPY ({grouped}) TO STDOUT (FORMAT BINARY)", params) as copy:
        for number, block in enumerate(copy):
            part = _unpacked(bytes(block)[0 if number else HEADER :], wanted)
            found.append(part)
            count += len(part)
            if number % 32 == 31:
                told(count)
    return np.concatenate([np.zeros(0, wanted), *found])


def _number(wanted: np.dtype, name: str) -> str:
    place = list(wanted.names or ()).index(name)
    return f"c{place}::{'bigint' if wanted[name].itemsize == 8 else 'integer'}"


def _unpacked(message: bytes, wanted: np.dtype) -> np.ndarray:
    """One message: the number of fields, then each array with its length before it."""
    if message[:2] == TRAILER:
        return np.zeros(0, wanted)
    columns, place = {}, 2
    for name in wanted.names or ():
        size = int.from_bytes(message[place : place + 4])
        columns[name] = _array(message[place + 4 : place + 4 + size], wanted[name])
        place += 4 + size
    rows = np.empty(len(next(iter(columns.values()))), wanted)
    for name, column in columns.items():
        rows[name] = column
    return rows


def _array(told: bytes, kind: np.dtype) -> np.ndarray:
    """One array of PostgreSQL: five words before it, each element with its length."""
    _dimensions, nulls, _type, count, _lower = np.frombuffer(told, ">i4", 5)
    if nulls:
        raise UnevenRows("a null among the numbers")
    element = np.dtype([("length", ">i4"), ("value", kind.newbyteorder(">"))])
    return np.frombuffer(told, element, int(count), 20)["value"]
