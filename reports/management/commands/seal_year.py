"""Seal a compiled year at the machine."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.journal import Actor
from reports import actions, sealing
from reports.asking import BadQuestion, period_of, region_of
from reports.models import Compilation


class Command(BaseCommand):
    help = "Seal the latest compile of a year; the manifest says that the machine did it."

    def add_arguments(self, parser):
        parser.add_argument("year", help="a year or another period, as in compile_year")
        parser.add_argument("--region", help="code of a region; default: the whole register")

    def handle(self, *args, **options):
        now = timezone.now()
        try:
            period, region = period_of(options["year"], now), region_of(options["region"], now)
        except BadQuestion as refused:
            raise CommandError(str(refused), returncode=2) from refused
        rows = Compilation.objects.finished().filter(period=period.key, region__code=region.code)
        newest = rows.order_by("-id").first()
        if newest is None:
            raise CommandError(_("Nothing of this period is compiled; run compile_year first."))
        by = Actor("seal_year")
        if not newest.recounted:
            newest = self._recounted(newest, by, now)
        try:
            proposal = sealing.propose(newest, by=by, at=now)
            made = sealing.seal(proposal, by=by, at=now)
        except sealing.NotSealable as refused:
            raise CommandError(str(refused)) from refused
        self._tell(made)

    def _recounted(self, newest, by, now):
        ordered = actions.order(newest.days, newest.region, by=by, at=now, full=True)
        done = actions.run(ordered.job_id, clock=timezone.now)
        if done is None:
            raise CommandError(_("A worker is compiling this year already; seal when it is done."))
        return done

    def _tell(self, made):
        stated = made.stated()
        self.stdout.write(
            _("Sealed version %(version)d: %(size)d lines, root %(root)s")
            % {"version": made.version, **stated["tree"]}
        )
