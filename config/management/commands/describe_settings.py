"""Write docs/settings.md and .env.example from the declared variables, or check them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.environment import VARIABLES

INTRODUCTION = """# Settings

Every value comes from the environment, or from the file `.env` beside `manage.py`. This page is
written by `manage.py describe_settings` from `config/environment.py`.

| Variable | Form | Without it | Meaning |
|---|---|---|---|
"""


def page() -> str:
    """docs/settings.md."""
    rows = [
        f"| `{found.name}` | {found.form} | {found.default or '—'} | {found.meaning} |\n"
        for found in VARIABLES
    ]
    return INTRODUCTION + "".join(rows)


def example() -> str:
    """.env.example: every variable, commented out."""
    parts = [
        f"# {found.meaning}\n# Form: {found.form}. Without it: {found.default or 'nothing'}.\n"
        f"# {found.name}=\n"
        for found in VARIABLES
        if found.name != "ENV_FILE"
    ]
    return "\n".join(parts)


class Command(BaseCommand):
    help = "Describe every setting in docs/settings.md and .env.example."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when stale")

    def handle(self, *args: Any, **options: Any) -> None:
        base = Path(settings.BASE_DIR)
        for path, text in ((base / "docs/settings.md", page()), (base / ".env.example", example())):
            if not options["check"]:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, "utf-8")
            elif not path.exists() or path.read_text("utf-8") != text:
                raise CommandError(f"{path.name} is stale. Run: manage.py describe_settings")
