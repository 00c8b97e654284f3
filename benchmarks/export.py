"""The list of a year's filings as a file, beside the plainest way to write the same rows.

CSV stands beside COPY of one statement, XLSX beside XlsxWriter over that statement's rows, Parquet
beside DuckDB reading what COPY wrote.  Each of ours runs in a process of its own, so that its
memory is its own.
"""

import csv
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import scratch
from benchmarks.recompile import compiled
from benchmarks.report import Result, middle

KINDS = {
    "csv": "COPY of the same rows",
    "xlsx": "XlsxWriter over the same rows",
    "parquet": "COPY and DuckDB",
}
MEMORY, FIRST = 200, 0.5


def measure(size: str, runs: int) -> list[Result]:
    """Seconds of both sides for each kind of file."""
    scratch.filled(size)
    compiled(full=True)
    with TemporaryDirectory() as folder:
        return [_one(kind, size, runs, Path(folder)) for kind in KINDS]


def _one(kind: str, size: str, runs: int, folder: Path) -> Result:
    ours, theirs, firsts, most = [], [], [], 0.0
    for _ in range(runs):
        mine, other = folder / f"ours.{kind}", folder / f"theirs.{kind}"
        seconds, first, memory = _apart(kind, mine)
        ours.append(seconds)
        firsts.append(first)
        most = max(most, memory)
        began = time.perf_counter()
        THEIRS[kind](other)
        theirs.append(time.perf_counter() - began)
    if _digest(kind, mine) != _digest(kind, other):
        raise AssertionError(f"the two {kind} files hold different rows")
    note = (
        f"{most:.0f} MB at most, {_held(most <= MEMORY)} ≤ {MEMORY}; first byte after"
        f" {middle(firsts):.2f} s, {_held(middle(firsts) < FIRST)} < {FIRST} s;"
        f" {mine.stat().st_size / 1e6:.1f} MB beside {other.stat().st_size / 1e6:.1f} MB"
    )
    rows = scratch.SIZES[size]["filings"]
    rates = (rows / middle(ours), rows / middle(theirs))
    return Result(f"export {kind}", size, KINDS[kind], "rows/s", *rates, at_least=0.5, note=note)


def _held(reached: bool) -> str:
    return "reached" if reached else "not reached:"


def _apart(kind: str, place: Path) -> tuple[float, float, float]:
    """Our file, written in a process of its own: seconds, the first byte, megabytes."""
    command = [sys.executable, "-m", "benchmarks.export", kind, str(place)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)  # noqa: S603
    seconds, first, memory = map(float, done.stdout.split())
    return seconds, first, memory


def write(kind: str, place: Path) -> None:
    """Write our file and print how long it took, when it began and how much memory it needed."""
    import django

    django.setup()
    from agencies import walls
    from reports.exports.listing import LISTS
    from reports.models import Compilation

    first = 0.0
    with walls.opened(), place.open("wb") as out:
        compilation = Compilation.objects.finished().order_by("-id").first()
        began = time.perf_counter()
        for block in LISTS[kind](compilation):
            first = first or (time.perf_counter() - began if len(block) > 3 else 0.0)
            out.write(block)
    seconds = time.perf_counter() - began
    # What getrusage tells counts the process by which this one was begun as well.
    most = re.search(r"^VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(), re.M)
    print(seconds, first, int(most[1]) / 1024)


def _labels() -> dict[str, dict[str, str]]:
    """For each told column the words by code, "" where nothing is known."""
    from reports.exports.listing import TOLD
    from reports.exports.listing import _labels as words_of
    from reports.facts import FOLLOW_UP, INDUSTRIES, METHOD, OUTCOME, TRIGGER, TYPE
    from reports.measures import TIMINGS

    codes = {
        "by_type": TYPE.codes, "by_trigger": TRIGGER.codes, "by_method": METHOD.codes,
        "by_industry": [*INDUSTRIES, ""], "by_timing": TIMINGS, "by_outcome": [*OUTCOME.codes, ""],
        "by_follow_up": [*FOLLOW_UP.codes, ""],
    }  # fmt: skip
    return {name: dict(zip(codes[name], words_of()[name], strict=True)) for name in TOLD}


def _values(name: str, words: dict[str, str]) -> str:
    rows = ", ".join(f"('{code}', '{word}')" for code, word in words.items())
    return f"{name} (code, word) AS (VALUES {rows})"


def statement() -> str:
    """The rows of the list in one statement, joined and labelled in the database."""
    from django.utils.translation import gettext as _

    from reports.labels import STANDING

    words = [_values(name, told) for name, told in _labels().items()]
    words += [_values("by_standing", STANDING)]
    words += [_values("said", {"t": _("yes"), "f": _("no")})]
    year = f"'{scratch.YEAR}-01-01 00:00+08' AND '{scratch.YEAR}-12-31 23:59:59.999999+08'"
    flags = ("arrived", "joint", "counts", "statutory")
    joins = " ".join(f"JOIN said {name} ON {name}.code = c.is_{name}" for name in flags)
    return f"WITH {', '.join(words)}, {JUDGED.format(year=year)} {SELECTED} {joins} ORDER BY c.id"


JUDGED = """
judged AS (
  SELECT f.*, v.arrived_at, v.joint, coalesce(r.outcome, '') AS outcome,
    coalesce(r.follow_up, '') AS follow_up,
    CASE WHEN f.origin = 'imported' THEN 'imported'
      WHEN f.status IN ('withdrawn', 'voided') THEN f.status
      WHEN f.number IS NULL THEN 'unnumbered'
      WHEN f.status IN ('expired', 'refused', 'terminated') THEN f.status
      WHEN r.filing_id IS NULL
        THEN CASE f.status WHEN 'approved' THEN 'waiting' ELSE 'unrecorded' END
      WHEN NOT r.complete_record THEN 'incomplete'
      WHEN r.enforcement_followed THEN 'enforced' ELSE 'statutory' END AS standing,
    CASE WHEN f.emergency THEN
        CASE WHEN f.unlocked_at IS NOT NULL THEN 'late'
          WHEN v.arrived_at IS NOT NULL AND coalesce(f.back_filed_at, f.submitted_at) <= v.left_at
            THEN 'on_site'
          WHEN f.number IS NOT NULL THEN 'after' ELSE 'open' END
      WHEN v.arrived_at IS NULL OR f.submitted_at < v.arrived_at THEN 'before'
      WHEN coalesce(f.back_filed_at, f.submitted_at) <= v.left_at THEN 'on_site'
      ELSE 'after' END AS timing
  FROM filings_filing f
  LEFT JOIN filings_visit v ON v.id = f.visit_id
  LEFT JOIN filings_result r ON r.filing_id = f.id
  WHERE f.dated_at BETWEEN {year}
), apart AS (
  SELECT *, standing NOT IN ('imported', 'withdrawn', 'voided', 'unnumbered') AS counts FROM judged
), counted AS (
  SELECT *, left((counts AND arrived_at IS NOT NULL)::text, 1) AS is_arrived,
    left((counts AND arrived_at IS NOT NULL AND joint)::text, 1) AS is_joint,
    left(counts::text, 1) AS is_counts, left((standing = 'statutory')::text, 1) AS is_statutory
  FROM apart
)"""
SELECTED = """
SELECT coalesce(c.number, ''), a.name, a.code, g.code, s.name,
  to_char(c.dated_at AT TIME ZONE 'Asia/Shanghai', 'MM'), t.word, o.word, m.word, i.word, w.word,
  u.word, l.word, arrived.word, joint.word, counts.word, statutory.word, d.word
FROM counted c
JOIN agencies_agency a ON a.id = c.agency_id JOIN agencies_region g ON g.id = a.region_id
JOIN filings_subject s ON s.id = c.subject_id
JOIN by_type t ON t.code = c.check_type JOIN by_trigger o ON o.code = c.trigger
JOIN by_method m ON m.code = c.method JOIN by_industry i ON i.code = left(s.industry, 1)
JOIN by_timing w ON w.code = c.timing JOIN by_outcome u ON u.code = c.outcome
JOIN by_follow_up l ON l.code = c.follow_up JOIN by_standing d ON d.code = c.standing"""


def _copy(place: Path) -> None:
    with (
        place.open("wb") as out,
        scratch.connect() as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({statement()}) TO STDOUT (FORMAT csv)") as rows,
    ):
        for block in rows:
            out.write(block)


def _xlsxwriter(place: Path) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with (
        scratch.connect() as connection,
        connection.cursor("rows") as cursor,
        xlsxwriter.Workbook(place, options) as book,
    ):
        cursor.itersize = 10_000
        sheet = book.add_worksheet()
        for number, row in enumerate(cursor.execute(statement())):
            sheet.write_row(number + 1, 0, row)


def _duckdb(place: Path) -> None:
    import duckdb

    rows = place.with_suffix(".csv")
    _copy(rows)
    with duckdb.connect(config={"threads": 1}) as connection:
        read = f"read_csv('{rows}', header = false, all_varchar = true)"
        connection.execute(f"COPY (FROM {read}) TO '{place}' (FORMAT parquet, COMPRESSION zstd)")


THEIRS: dict[str, Callable[[Path], None]] = {
    "csv": _copy,
    "xlsx": _xlsxwriter,
    "parquet": _duckdb,
}


def _digest(kind: str, place: Path) -> tuple[int, str]:
    """How many rows the file holds, and a digest of them.

    Our last column, in which other figures a filing counts, is not in the statement.
    """
    from reports.exports.listing import headings

    digest, number, told = hashlib.sha256(), 0, headings()[:-1]
    for row in READERS[kind](place):
        cells = [(cell or "").removeprefix("'") for cell in row][: len(told)]
        if cells != told and any(cells):
            digest.update("\x1f".join(cells).encode())
            number += 1
    return number, digest.hexdigest()


def _read_csv(place: Path) -> Iterator[list[str]]:
    with place.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def _read_xlsx(place: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(place)
    for name in book.sheet_names:
        yield from book.get_sheet_by_name(name).iter_rows()


def _read_parquet(place: Path) -> Iterator[list[str]]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(place).iter_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


READERS: dict[str, Callable[[Path], Iterator[list[str]]]] = {
    "csv": _read_csv,
    "xlsx": _read_xlsx,
    "parquet": _read_parquet,
}

if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]))
