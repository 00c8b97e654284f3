"""Fill an empty database with a synthetic year."""

from dataclasses import fields

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.synthesis import ImpossiblePlan, Plan, YearPresent, load
from config.telling import Teller


class Command(BaseCommand):
    help = (
        "Fill the database with a lawful synthetic year; the defaults are Jilin City's in 2022. "
        "The same seed gives the same year."
    )

    def add_arguments(self, parser):
        for field in fields(Plan):
            parser.add_argument(
                f"--{field.name}",
                type=int,
                default=field.default,
                help=f"default {field.default}",
            )

    def handle(self, **options):
        plan = Plan(**{field.name: options[field.name] for field in fields(Plan)})
        try:
            digest = load(plan, at=timezone.now(), progress=Teller(self.stderr.write))
        except (ImpossiblePlan, YearPresent) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("%(filings)s filings of %(year)s loaded; digest %(digest)s")
            % {"filings": plan.filings, "year": plan.year, "digest": digest}
        )
