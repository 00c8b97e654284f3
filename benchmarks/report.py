"""What was measured, kept in docs/benchmarks.json and shown in docs/benchmarks.md."""

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psycopg

from benchmarks import scratch

DOCS = Path(__file__).resolve().parent.parent / "docs"
INTRODUCTION = """\
# Benchmarks

Written by `make bench` (`make bench ARGS="generate --size m"`; `DATABASE_URL` names a PostgreSQL
server on which it may make databases of its own). Each line is one run of both programs on the same
machine, taking turns, after their results were found equal; the figures are medians. Trust the
ratios more than the times. Size s is a city's year of 17,688 filings, m one million, l ten million;
the import reads 100,000 rows at s. `--kept NAME` measures compiles in a database that has its year.

| what | size | ours | beside | theirs | ratio | target | reached | date, machine |
|---|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Result:
    """Our median beside theirs, in `unit`; the target holds for the ratio ours / theirs."""

    name: str
    size: str
    beside: str
    unit: str
    ours: float
    theirs: float
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""
    date: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())
    machine: str = field(default_factory=lambda: machine())

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    def target(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return "–" if self.at_most is None else f"≤ {self.at_most:g}"

    def reached(self) -> str:
        if self.at_least is not None:
            return "yes" if self.ratio >= self.at_least else "no"
        return "–" if self.at_most is None else "yes" if self.ratio <= self.at_most else "no"

    def line(self) -> str:
        cells = [
            self.name,
            self.size,
            _figure(self.ours, self.unit),
            self.beside,
            _figure(self.theirs, self.unit),
            f"{self.ratio:.2f}" if self.ratio >= 0.1 else f"{self.ratio:.4f}",
            self.target(),
            self.reached() + (f"; {self.note}" if self.note else ""),
            f"{self.date}, {self.machine}",
        ]
        return "| " + " | ".join(cells) + " |"


def middle(values: list[float]) -> float:
    return float(median(values))


def machine() -> str:
    """What the figures were measured on."""
    with psycopg.connect(scratch.server()) as connection:
        server = connection.info.server_version // 10000
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, load {load:.1f}, PostgreSQL {server},"
        f" Python {platform.python_version()}"
    )


def write(results: list[Result]) -> None:
    """Put the new results in the place of older ones and write the page."""
    path = DOCS / "benchmarks.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else []
    known = {(row["name"], row["size"], row["beside"]): row for row in kept}
    known |= {(one.name, one.size, one.beside): asdict(one) for one in results}
    rows = [known[key] for key in sorted(known)]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    lines = "\n".join(Result(**row).line() for row in rows)
    (DOCS / "benchmarks.md").write_text(f"{INTRODUCTION}{lines}\n", "utf-8")


def _figure(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
