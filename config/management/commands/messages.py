"""Extract, check and compile the translations."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import messages


class Command(BaseCommand):
    help = "Update the catalogue of translations, or check that it is complete."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when a sentence is missing"
        )
        parser.add_argument(
            "--compile", action="store_true", help="only compile what is newer than its result"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            messages.compile_catalog()
            return
        if not options["check"]:
            missing = messages.update()
            messages.compile_catalog()
            self.stdout.write(f"{messages.po_path()}: {len(missing)} to translate")
            for text in missing:
                self.stdout.write(f"  {text!r}")
            return
        faults = messages.faults()
        if faults:
            raise CommandError("\n".join([*faults, "Run: manage.py messages"]))
