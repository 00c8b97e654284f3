"""Importing legacy filings beside a COPY of the very rows it made into the same indexed tables."""

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks import scratch
from benchmarks.report import Result, middle

ROWS = {"s": 100_000, "m": 1_000_000}
TABLES = (
    "filings_filing",
    "filings_filingitem",
    "filings_filingofficer",
    "filings_result",
    "filings_finding",
)
HEADER = [
    "source", "source_id", "agency", "subject_uscc", "inspected_on", "items", "officers", "outcome",
    "source_outcome", "follow_up", "rectify_by", "summary", "serious", "minor", "place",
]  # fmt: skip
EVERY_REFUSED = 10_000
FIRST_DAY, DAYS = date(2021, 1, 1), 365


def measure(size: str, runs: int) -> list[Result]:
    """Rows per second on both sides, and the memory of ours."""
    ours, theirs, memory = [], [], 0.0
    with tempfile.TemporaryDirectory(prefix="jianbei-bench-") as folder:
        file = Path(folder) / "legacy.csv"
        scratch.filled("s")
        refused = _write(file, ROWS[size])
        for run in range(runs):
            scratch.filled("s")
            seconds, memory = _import(file, ROWS[size] - refused)
            ours.append(ROWS[size] / seconds)
            if run == 0:
                _dump(Path(folder))
            wanted = _sums()
            scratch.filled("s")
            theirs.append(ROWS[size] / _copy(Path(folder)))
            if _sums() != wanted:
                raise AssertionError("the two sides hold different rows")
    note = (
        f"{memory:,.0f} MB at most; {refused} rows refused by name; the checks and the COPY of a"
        " chunk take turns"
    )
    beside = "COPY of the same rows"
    sides = (middle(ours), middle(theirs))
    return [Result("import", size, beside, "rows/s", *sides, at_least=0.6, note=note)]


def _write(file: Path, rows: int) -> int:
    """A legacy register of so many inspections; how many of its rows are to be refused."""
    agencies, subjects = _register()
    chance = random.Random(2022)  # noqa: S311
    refused = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for number in range(1, rows + 1):
            row = _row(number, chance, agencies, subjects)
            if number % EVERY_REFUSED == 0:
                row[7] = "unheard-of"
                refused += 1
            writer.writerow(row)
    return refused


def _row(number, chance, agencies, subjects) -> list[str]:
    code, items, officers = chance.choice(agencies)
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    bad = chance.random() < 0.3
    two = chance.sample(officers, 2)
    return [
        "legacy", f"L{number:08}", code, chance.choice(subjects), day.isoformat(),
        chance.choice(items), ";".join(two), "pending" if bad else "no_problem",
        "不合格" if bad else "合格", "rectification" if bad else "none",
        (day + timedelta(days=15)).isoformat() if bad else "",
        "现场检查发现问题，已责令限期改正。" if bad else "未发现问题。",
        "1" if bad else "", "2" if bad and number % 2 else "", f"示例路{number % 500}号",
    ]  # fmt: skip


def _register() -> tuple[list, list[str]]:
    """Agencies with their items and officers, and the credit codes of the subjects."""
    from agencies.models import Claim
    from filings.models import Subject
    from officers.models import Officer

    items, officers = {}, {}
    claims = Claim.objects.filter(item__versions__valid_from__lte=FIRST_DAY)
    current = claims.filter(item__versions__valid_to=None).order_by("agency__code", "item__code")
    for code, item in current.values_list("agency__code", "item__code").distinct():
        items.setdefault(code, []).append(item)
    for code, number in Officer.objects.order_by("agency__code", "code").values_list(
        "agency__code", "code"
    ):
        officers.setdefault(code, []).append(number)
    agencies = [
        (code, found, officers[code])
        for code, found in items.items()
        if len(officers.get(code, ())) > 1
    ]
    known = Subject.objects.exclude(uscc=None).order_by("uscc")
    return agencies, list(known.values_list("uscc", flat=True))


def _import(file: Path, wanted: int) -> tuple[float, float]:
    """The command as a clerk gives it, in a process of its own: its seconds and its megabytes."""
    command = [sys.executable, "manage.py", "import_records", "filings", str(file), "--partial"]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    seconds = time.perf_counter() - began
    file.with_name(f"{file.name}.refused.csv").unlink()
    if f"{wanted}" not in done.stdout.replace(",", ""):
        raise AssertionError(f"{wanted} rows expected: {done.stdout[-500:]}{done.stderr[-500:]}")
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _dump(folder: Path) -> None:
    with scratch.connect() as connection, connection.cursor() as cursor:
        for table in TABLES:
            with (
                (folder / table).open("wb") as file,
                cursor.copy(f"COPY ({_new(table)} ORDER BY id) TO STDOUT") as rows,
            ):
                for block in rows:
                    file.write(block)


def _new(table: str) -> str:
    """The rows of the table that came with the import."""
    ours = "SELECT id FROM filings_filing WHERE origin = 'imported'"
    if table == "filings_filing":
        return f"SELECT * FROM {table} WHERE id IN ({ours})"
    if table == "filings_finding":
        results = f"SELECT id FROM filings_result WHERE filing_id IN ({ours})"
        return f"SELECT * FROM {table} WHERE result_id IN ({results})"
    return f"SELECT * FROM {table} WHERE filing_id IN ({ours})"


def _copy(folder: Path) -> float:
    """COPY the files into the tables as they stand, with every index and constraint."""
    with scratch.connect() as connection, connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        connection.commit()
        began = time.perf_counter()
        for table in TABLES:
            with (folder / table).open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as to:
                while block := file.read(1 << 20):
                    to.write(block)
        connection.commit()
        return time.perf_counter() - began


def _sums() -> dict[str, tuple]:
    total = "SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM"
    with scratch.connect() as connection:
        return {table: connection.execute(f"{total} {table} t").fetchone() for table in TABLES}
