"""Recount a sealed year and check its root, signature and figures."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import sealing
from reports.compiler import compile_figures
from reports.management.of_period import OfPeriod
from reports.models import Seal


class Command(OfPeriod):
    help = "Check the newest seal of a year and recount it; ends with 0 only if all agree."

    def handle(self, *args, **options):
        period, region = self.asked(options, timezone.now())
        versions = list(Seal.objects.of(region, period.key).published())
        if not versions:
            raise CommandError(_("Nothing of this period is sealed."))
        found = [f"v{one.version}: {fault}" for one in versions for fault in sealing.faults(one)]
        if compile_figures(period, region).digest() != versions[0].stated()["figures_sha256"]:
            found.append(_("the records have changed since; compile and seal a new version"))
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(
            _("Version %(version)d agrees with its root, its signature and the records.")
            % {"version": versions[0].version}
        )
