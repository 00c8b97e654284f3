"""`python -m benchmarks [NAME …] [--size s|m|l] [--runs N]`, without a name all of them."""

import argparse
import os
import sys

from benchmarks import scratch
from benchmarks.report import Result, write

NAMES = (
    "generate", "import_filings", "compile", "recompile", "stored", "api_list", "submit",
    "code_page", "export", "verify", "pages", "memory",
)  # fmt: skip
ON = ("compile", "recompile", "stored")


def main() -> int:
    """Measure what is asked for and write docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES, help=", ".join(NAMES))
    parser.add_argument(
        "--size", choices=("s", "m", "l"), default="s", help="s: 17,688; m: 1 million; l: 10"
    )
    parser.add_argument("--kept", default="", help=f"a database with such a year ({', '.join(ON)})")
    parser.add_argument("--runs", type=int, default=5, help="runs of each side; the median counts")
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(NAMES))
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; there are: {', '.join(NAMES)}")
    if not scratch.server().startswith("postgres"):
        print(
            "The benchmarks compare on PostgreSQL: set DATABASE_URL=postgres://…"
            " to a role that may create databases.",
            file=sys.stderr,
        )
        return 2
    if asked.kept and not set(asked.names) <= set(ON):
        parser.error(f"only {' and '.join(ON)} can be measured in a database that is kept")
    with scratch.kept(asked.kept) if asked.kept else scratch.databases():
        for name in asked.names:
            write(measure(name, asked.size, asked.runs))
    print("written to docs/benchmarks.md")
    return 0


def measure(name: str, size: str, runs: int) -> list[Result]:
    """The results of one benchmark, told as they come."""
    import importlib

    print(f"{name}, size {size}, {runs} runs of each side …", flush=True)
    from agencies import walls

    with walls.opened():
        results = importlib.import_module(f"benchmarks.{name}").measure(size, runs)
    for result in results:
        print(f"  {result.line()}", flush=True)
    return results


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    sys.exit(main())
