"""A compile as files that people and programs open, each with its name and media type."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.exports.columnar import as_parquet
from reports.exports.paper import as_pdf
from reports.exports.tables import as_csv, as_json, inert, sheets
from reports.exports.workbook import as_xlsx
from reports.models import Compilation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is written, and what it is called in an answer."""

    write: Callable[[Compilation], bytes]
    media: str

    def __call__(self, compilation: Compilation) -> bytes:
        return self.write(compilation)


FORMATS = {
    "csv": Format(as_csv, "text/csv; charset=utf-8"),
    "xlsx": Format(as_xlsx, XLSX),
    "json": Format(as_json, "application/json; charset=utf-8"),
    "parquet": Format(as_parquet, "application/vnd.apache.parquet"),
    "pdf": Format(as_pdf, "application/pdf"),
}

__all__ = [
    "FORMATS",
    "XLSX",
    "Format",
    "as_csv",
    "as_json",
    "as_parquet",
    "as_pdf",
    "as_xlsx",
    "inert",
    "sheets",
]
