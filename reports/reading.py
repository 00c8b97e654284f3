"""The rows of one query as columns in memory, from either database, without an object per row.

PostgreSQL sends each column as one array, in the transaction and snapshot that the caller holds;
SQLite is read through its cursor.  Words and truths are keys: rows alike in them come together, so
that each word is sent once and never again for every row.  A column must be a number or an instant
and never null.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from psycopg.adapt import Loader
from psycopg.pq import Format

INSTANT = "M8[us]"
GROUP = "group"
SENT = {"i4": "int4", "i8": "int8", INSTANT: "timestamptz"}
OIDS = {name: psycopg.adapters.types[name].oid for name in SENT.values()}
EPOCH = np.datetime64("2000-01-01T00:00:00", "us")


class UnevenRows(RuntimeError):
    """A column holds a null."""

    code = "uneven_rows"


def among(keys: Iterable[int]) -> Any:
    """The keys as something to look among: as many values PostgreSQL would not take one by one."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
    return list(keys)


def read(rows: QuerySet[Any], columns: dict[str, str]) -> np.ndarray:
    """The rows as one structured array; `columns` gives each name its width, i8 or i4.

    They come by the first column, those alike in it in the order of the query.
    """
    found, _ = read_alike(rows, columns, ())
    return found[list(columns)]


def read_alike(
    rows: QuerySet[Any], columns: dict[str, str], keys: Sequence[str]
) -> tuple[np.ndarray, list[tuple[Any, ...]]]:
    """The rows, and the different keys that they have; the column `group` says whose are whose.

    A column may also be an INSTANT, which comes in UTC.  Raises UnevenRows.
    """
    wanted = np.dtype([*columns.items(), (GROUP, "i4")])
    try:
        sql, params = rows.values_list(*keys, *columns).query.sql_with_params()
    except EmptyResultSet:
        return np.zeros(0, wanted), []
    if connection.vendor == "postgresql":
        told = _aggregated(sql, params, columns, len(keys))
    else:
        told = _gathered(sql, params, columns, len(keys))
    parts = []
    for place, (_key, arrays) in enumerate(told):
        part = np.empty(len(arrays[0]), wanted)
        for name, array in zip(columns, arrays, strict=True):
            part[name] = array
        part[GROUP] = place
        parts.append(part)
    found = np.concatenate([np.zeros(0, wanted), *parts])
    order = np.argsort(found[next(iter(columns))], kind="stable")
    return found[order], [key for key, _ in told]


Told = list[tuple[tuple[Any, ...], Sequence[np.ndarray]]]


def _aggregated(sql: str, params: Any, columns: dict[str, str], keys: int) -> Told:
    """By way of arrays: a message for each row would cost more than the query itself."""
    heads = [f"c{place}" for place in range(keys + len(columns))]
    arrays = [
        f"array_agg({head}::{SENT[kind]})"
        for head, kind in zip(heads[keys:], columns.values(), strict=True)
    ]
    shown = ", ".join([*heads[:keys], *arrays])
    group = f"GROUP BY {', '.join(heads[:keys])}" if keys else "HAVING count(*) > 0"
    grouped = f"SELECT {shown} FROM ({sql}) AS rows_of ({', '.join(heads)}) {group}"  # noqa: S608 - names of our own around a query of the ORM
    with connection.cursor() as told:
        session = told.connection
    with psycopg.ClientCursor(session) as composing, psycopg.Cursor(session) as cursor:
        for name in OIDS:
            cursor.adapters.register_loader(psycopg.adapters.types[name].array_oid, _Array)
        found = cursor.execute(composing.mogrify(grouped, params), binary=True).fetchall()
    return [(row[:keys], row[keys:]) for row in found]


class _Array(Loader):
    """An array of PostgreSQL: five words before it, then each element with its length."""

    format = Format.BINARY

    def load(self, data: Any) -> np.ndarray:
        _dimensions, nulls, kind, count, _lower = np.frombuffer(data, ">i4", 5)
        if nulls:
            raise UnevenRows("a null among the numbers")
        number = ">i4" if kind == OIDS["int4"] else ">i8"
        element = np.dtype([("length", ">i4"), ("value", number)])
        values = np.frombuffer(data, element, int(count), 20)["value"]
        if kind == OIDS["timestamptz"]:
            return EPOCH + values.astype("m8[us]")
        return values


def _gathered(sql: str, params: Any, columns: dict[str, str], keys: int) -> Told:
    """By way of rows, put together by their keys."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        alike: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
        for row in cursor:
            alike.setdefault(row[:keys], []).append(row[keys:])
    kinds = list(columns.values())
    return [
        (
            key,
            [
                _column(values, kind)
                for values, kind in zip(zip(*rows, strict=True), kinds, strict=True)
            ],
        )
        for key, rows in alike.items()
    ]


def _column(values: Sequence[Any], kind: str) -> np.ndarray:
    if None in values:
        raise UnevenRows("a null among the numbers")
    return np.array(values, kind)
