"""`manage.py describe_rules`: every rule, its severity, thresholds and source, for the docs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from filings.clocks import DUTIES
from filings.rules.catalogue import CATALOGUE, Asked, Entry
from filings.rules.catalogue.clocks import code
from filings.rules.catalogue.elsewhere import ELSEWHERE
from filings.terms import Clock

HEAD = """# The rules

Written from `filings/rules/catalogue` by `manage.py describe_rules`; a test fails when the two
differ. These are the defaults. Severities and thresholds are dated data: the administrator sets
them at `/rules/` or with `POST /api/v1/rules/`, for everywhere or for one region, and every change
is an event. What rests on common knowledge or on our own judgement only never stops a filing for
good by default.

`hard` stops the filing, `reason` stops it unless the officer gives a reason, `warn` raises an
alert that a supervisor handles, and what is `off` is not asked until it is set.
"""
COLUMNS = ("rule", "code", "asks", "severity", "thresholds", "source")


class Command(BaseCommand):
    """Write docs/rules.md, or with --check say whether it is what the catalogue says."""

    help = "Describe every rule in docs/rules.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare, write nothing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        place = Path(settings.BASE_DIR) / "docs" / "rules.md"
        described = description()
        if not check:
            place.write_text(described, encoding="utf-8")
        elif not place.exists() or place.read_text(encoding="utf-8") != described:
            raise CommandError(f"{place.name} is stale: run manage.py describe_rules")


def description() -> str:
    """The whole document: one table for each moment at which rules are asked, then the clocks."""
    with override("en"):
        parts = [HEAD]
        for asked in Asked:
            rows = [_row(one) for one in CATALOGUE.values() if one.asked == asked]
            if asked == Asked.CLOCK:
                continue
            parts += [f"## {asked.label}", "", *_table(COLUMNS, rows), ""] if rows else []
        clocks = [
            _duty(clock, duty.owner.label, CATALOGUE[code(clock)]) for clock, duty in DUTIES.items()
        ]
        head = ("rule", "code", "what is due", "owner", "term", "source")
        parts += ["## Deadlines", "", *_table(head, clocks), ""]
        others = [f"| {rule} | {where} |" for rule, where in ELSEWHERE.items()]
        parts += ["## Decided elsewhere", "", *_table(("rule", "where, or why not"), others), ""]
    return "\n".join(parts)


def _table(columns: tuple[str, ...], rows: list[str]) -> list[str]:
    return [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *rows]


def _row(entry: Entry) -> str:
    thresholds = (f"`{name}` = {_plain(value)}" for name, value in entry.params.items())
    cells = (
        entry.rule,
        f"`{entry.code}`",
        str(entry.title),
        str(entry.severity),
        "; ".join(thresholds),
        entry.source,
    )
    return f"| {' | '.join(cells)} |"


def _duty(clock: Clock, owner: Any, entry: Entry) -> str:
    term = "; ".join(f"`{name}` = {value}" for name, value in entry.params.items())
    return f"| {entry.rule} | `{entry.code}` | {clock.label} | {owner} | {term} | {entry.source} |"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = [f"{name}={number}" for name, number in value.items()]
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)
