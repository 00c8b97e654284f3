"""What was ordered for a year, and what it found."""

import json

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Job, Region
from reports.querysets import CompilationQuerySet


class Compilation(models.Model):
    """One compile of one year and region.  Its state is the job's; the figures come at once.

    `figures` is canonical JSON and `digest` its SHA-256: equal input gives equal digest on every
    database and in every time zone.  `as_of` is the instant of the snapshot.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="compilations", verbose_name=_("region")
    )
    job = models.OneToOneField(Job, models.PROTECT, related_name="compilation")
    ordered_by = models.CharField(_("ordered by"), max_length=150)
    ordered_at = models.DateTimeField(_("ordered"))
    as_of = models.DateTimeField(_("state of"), null=True, blank=True)
    definitions_version = models.PositiveSmallIntegerField(null=True, blank=True)
    row_count = models.PositiveBigIntegerField(_("filings read"), null=True, blank=True)
    figures = models.TextField(blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = CompilationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1949, year__lte=2100), name="compilation_year_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, as_of=None, row_count=None, digest="", figures="")
                | (
                    Q(
                        finished_at__isnull=False,
                        as_of__isnull=False,
                        row_count__isnull=False,
                        definitions_version__isnull=False,
                        digest__regex=r"^[0-9a-f]{64}$",
                    )
                    & ~Q(figures="")
                ),
                name="compilation_is_whole_or_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-year", "-id"], name="compilation_of_region"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.region_id}"

    def get_absolute_url(self) -> str:
        return reverse("reports:year", args=[self.year, self.region.code])

    @property
    def state(self) -> str:
        """Where the compile stands: the state of its job."""
        return self.job.state

    def found(self) -> dict:
        """The figures as data; empty until the compile is done."""
        return json.loads(self.figures) if self.figures else {}
