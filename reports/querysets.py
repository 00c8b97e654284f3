"""Questions asked of compiled years."""

from itertools import accumulate

from django.db import models
from django.db.models import Q

from officers.roles import Permission


class CompilationQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Which compilations may the holder of `authority` know of?

        Those of every region above the place of an appointment that reads years, of the place
        itself and, for an appointment in a region, of the divisions below it.
        """
        seen = Q(pk__in=[])
        for held in authority.granting(Permission.YEAR_READ):
            region = held.region or held.agency.region
            seen |= Q(region__path__in=lineage(region.path))
            if held.region is not None:
                seen |= Q(region__path__startswith=region.path)
        return self.filter(seen)

    def finished(self):
        """Which compilations have figures?"""
        return self.filter(finished_at__isnull=False)

    def latest_first(self):
        """Newest year first, the newest compile of a year before older ones."""
        return self.order_by("-year", "-id")


class OrderedManager(models.Manager):
    """The compiles that somebody ordered, which are all that people know of."""

    def get_queryset(self):
        """Which compiles did somebody order?"""
        return super().get_queryset().filter(interim=False)


class SealQuerySet(models.QuerySet):
    def published(self):
        """Which versions are sealed, and so open to everybody?"""
        return self.filter(sealed_at__isnull=False)

    def of(self, region, period):
        """The versions of one period and region, the newest first."""
        return self.filter(region__code=region.code, period=period).order_by("-version")


def lineage(path):
    """The paths of every region above `path`, and itself."""
    return list(accumulate(f"{code}/" for code in path.split("/") if code))
