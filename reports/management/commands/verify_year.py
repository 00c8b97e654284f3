"""Recount a sealed year and check its root, signature and figures."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import sealing
from reports.compiler import compile_figures
from reports.definitions import VERSION
from reports.management.of_period import OfPeriod
from reports.models import Seal


class Command(OfPeriod):
    help = "Check the newest seal of a year and recount it; ends with 0 only if all agree."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--kept", action="store_true", help="check what is kept, and count no record again"
        )

    def handle(self, *args, **options):
        period, region = self.asked(options, timezone.now())
        versions = list(Seal.objects.of(region, period.key).published())
        if not versions:
            raise CommandError(_("Nothing of this period is sealed."))
        found = [f"v{one.version}: {fault}" for one in versions for fault in sealing.faults(one)]
        if not options["kept"]:
            found += _recounted(versions[0], compile_figures(period, region).digest())
        if found:
            raise CommandError("\n".join(found))
        agrees = (
            _("Version %(version)d agrees with its root and its signature.")
            if options["kept"]
            else _("Version %(version)d agrees with its root, its signature and the records.")
        )
        self.stdout.write(agrees % {"version": versions[0].version})


def _recounted(newest: Seal, digest: str) -> list[str]:
    """What a recount by the definitions of today has against the newest version."""
    stated = newest.stated()
    if stated["definitions"] != VERSION:
        told = {"old": stated["definitions"], "new": VERSION}
        return [
            _(
                "the figures follow version %(old)s of the definitions and a recount version "
                "%(new)s; compile and seal a new version"
            )
            % told
        ]
    if digest != stated["figures_sha256"]:
        return [_("the records have changed since; compile and seal a new version")]
    return []
