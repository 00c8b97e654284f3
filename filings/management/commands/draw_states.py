"""`manage.py draw_states`: the life of a filing as a diagram and a table for the documents."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from filings.editing import CHANGES, EDITABLE
from filings.workflow import ENDED, STEPS, Status, Step, Verb

HEAD = """# The life of a filing

Drawn from `filings/workflow.py` by `manage.py draw_states`; a test fails when the two differ.
"""
COLUMNS = ("verb", "from", "to", "permission", "only", "reason", "who decides")


class Command(BaseCommand):
    """Write docs/states.md, or with --check say whether it is what the workflow says."""

    help = "Draw the states and verbs of a filing into docs/states.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare, write nothing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        place = Path(settings.BASE_DIR) / "docs" / "states.md"
        drawn = drawing()
        if not check:
            place.write_text(drawn, encoding="utf-8")
        elif not place.exists() or place.read_text(encoding="utf-8") != drawn:
            raise CommandError(f"{place.name} is stale: run manage.py draw_states")


def drawing() -> str:
    """The whole document: the diagram, the states by name, the table of verbs."""
    with override("en"):
        parts = [
            HEAD,
            "```mermaid",
            *_diagram(),
            "```",
            "",
            *_states(),
            "",
            *_table(),
            "",
            *_fields(),
            "",
        ]
    return "\n".join(parts)


def _diagram() -> list[str]:
    lines = ["stateDiagram-v2"]
    for verb, step in STEPS.items():
        if not step.sources:
            lines.append(f"    [*] --> {step.target}: {verb}")
        for source in _in_order(step):
            lines.append(f"    {source} --> {step.target or source}: {verb}")
    return lines + [f"    {status} --> [*]" for status in Status if status in ENDED]


def _states() -> list[str]:
    rows = [f"| `{one}` | {one.label} | {'yes' if one in ENDED else ''} |" for one in Status]
    return ["## States", "", "| state | name | ended |", "|---|---|---|", *rows]


def _table() -> list[str]:
    head = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    return ["## Verbs", "", *head, *(_row(verb, step) for verb, step in STEPS.items())]


def _fields() -> list[str]:
    head = ["| state | by | fields |", "|---|---|---|"]
    rows = [
        f"| `{status}` | {_editing(status)} | {', '.join(sorted(EDITABLE[status])) or 'none'} |"
        for status in Status
    ]
    return ["## Fields that can be changed", "", *head, *rows]


def _editing(status: Status) -> str:
    return ", ".join(f"`{verb}`" for verb in CHANGES if status in STEPS[verb].sources)


def _row(verb: Verb, step: Step) -> str:
    cells = (
        f"`{verb}`",
        ", ".join(f"`{source}`" for source in _in_order(step)) or "nothing",
        f"`{step.target}`" if step.target else "the same",
        f"`{step.needs}`",
        step.only or "",
        "required" if step.reason_required else "",
        "nobody who takes part" if step.decides else "",
    )
    return f"| {' | '.join(cells)} |"


def _in_order(step: Step) -> list[Status]:
    return [status for status in Status if status in step.sources]
