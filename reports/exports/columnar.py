"""Tables in Parquet: the figures of a compile, a row for each cell, and lists as they are read.

Arrow is loaded when a file is asked for: it takes fifty megabytes of every process that has it.
"""

import io
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from reports import defined
from reports.definitions import Table
from reports.exports.pipe import Pipe
from reports.labels import label_of
from reports.models import Compilation

GROUP = 1 << 14
# Column, kind, whether a cell may be empty.
COLUMNS = (
    ("table", "string", False),
    ("row", "string", False),
    ("label", "string", False),
    ("column", "string", False),
    ("count", "int64", True),
    ("value", "string", True),
)


def as_parquet(compilation: Compilation) -> bytes:
    """Every cell; `count` is null where there is no such power, `value` has what is no count."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    cells = list(_cells(compilation.found()))
    columns = [list(column) for column in zip(*cells, strict=True)]
    told = {
        "period": compilation.period,
        "region": compilation.region.code,
        "digest": compilation.digest,
    }
    schema = pa.schema([pa.field(name, kind, nullable=empty) for name, kind, empty in COLUMNS])
    table = pa.Table.from_arrays(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)],
        schema=schema.with_metadata(told),
    )
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _cells(figures: dict[str, Any]) -> Any:
    for one in defined.totals(figures):
        value = figures["totals"][one.name]
        whole = isinstance(value, int)
        yield (
            "totals", one.name, str(one.label), "count",
            value if whole else None, None if whole else value,
        )  # fmt: skip
    for one, count in defined.missing(figures).items():
        yield "missing", one.name, str(one.label), "count", count, None
    for told, row in defined.indicators(figures).items():
        for part in ("numerator", "denominator"):
            yield "indicators", told.name, str(told.label), part, row[part], None
        yield "indicators", told.name, str(told.label), "value", None, row["value"]
    for table in defined.tables(figures):
        for row in figures["tables"][table.name]:
            yield from _row(table, row)


def _row(table: Table, row: dict[str, Any]) -> Any:
    label = label_of(table.name, row)
    for column in table.columns:
        yield table.name, row["code"], label, column.name, row[column.name], None
    for ratio in table.ratios:
        yield table.name, row["code"], label, ratio.name, None, row[ratio.name]


def written(
    headings: list[str], rows: Iterable[list[Any]], whole: Collection[str] = ()
) -> Iterator[bytes]:
    """The rows as a Parquet file in blocks, a group of rows at a time.

    Every column is text but those named in `whole`, which hold whole numbers.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    # Arrow's own pool keeps fifty megabytes of what one group of rows needed.
    pa.set_memory_pool(pa.system_memory_pool())
    kinds = [pa.int64() if name in whole else pa.string() for name in headings]
    pairs = zip(headings, kinds, strict=True)
    schema = pa.schema([pa.field(name, kind, nullable=False) for name, kind in pairs])
    pipe, coming = Pipe(), iter(rows)
    with pq.ParquetWriter(pipe, schema, compression="zstd") as writer:
        yield pipe.taken()
        while some := list(islice(coming, GROUP)):
            columns = zip(zip(*some, strict=True), kinds, strict=True)
            arrays = [pa.array(column, kind) for column, kind in columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield pipe.taken()
    yield pipe.taken()
