"""Seal a compiled year at the machine."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.journal import Actor
from reports import actions, sealing
from reports.management.of_period import OfPeriod


class Command(OfPeriod):
    help = "Seal the latest compile of a year; the manifest says that the machine did it."

    def handle(self, *args, **options):
        now = timezone.now()
        newest = self.newest(options, now)
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
