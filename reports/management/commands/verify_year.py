"""Recount a sealed year and check its root, signature and figures."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import sealing
from reports.asking import BadQuestion, period_of, region_of
from reports.compiler import compile_figures
from reports.models import Seal


class Command(BaseCommand):
    help = "Check the newest seal of a year and recount it; ends with 0 only if all agree."

    def add_arguments(self, parser):
        parser.add_argument("year", help="a year or another period, as in compile_year")
        parser.add_argument("--region", help="code of a region; default: the whole register")

    def handle(self, *args, **options):
        now = timezone.now()
        try:
            period, region = period_of(options["year"], now), region_of(options["region"], now)
        except BadQuestion as refused:
            raise CommandError(str(refused), returncode=2) from refused
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
