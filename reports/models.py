"""What was ordered for a year, and what it found."""

import json

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Job, Region
from officers.models import Account
from reports.periods import Period
from reports.querysets import CompilationQuerySet, OrderedManager, SealQuerySet


class Compilation(models.Model):
    """One compile of one period and region.  Its state is the job's; the figures come at once.

    `figures` is canonical JSON and `digest` its SHA-256: equal input gives equal digest on every
    database and in every time zone.  `as_of` is the instant of the snapshot, `heads` says where
    every chain of the book stood then, `heard` what ratings said till then, `at_work` names a
    filing of each officer who took part in one, and its pieces keep what was counted
    (reports.pieces).  `recounted` says that every filing was read; otherwise the changed ones were,
    and the rest taken from an earlier compile.  An `interim` one was ordered by nobody and is seen
    by nobody: the next order goes on from it (reports.folding).
    """

    year = models.PositiveSmallIntegerField(_("year"))
    period = models.CharField(_("period"), max_length=24)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="compilations", verbose_name=_("region")
    )
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="compilation")
    interim = models.BooleanField(default=False)
    ordered_by = models.CharField(_("ordered by"), max_length=150)
    ordered_at = models.DateTimeField(_("ordered"))
    as_of = models.DateTimeField(_("state of"), null=True, blank=True)
    definitions_version = models.PositiveSmallIntegerField(null=True, blank=True)
    row_count = models.PositiveBigIntegerField(_("filings read"), null=True, blank=True)
    figures = models.TextField(blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    heads = models.TextField(blank=True)
    heard = models.TextField(blank=True)
    at_work = models.TextField(blank=True)
    recounted = models.BooleanField(_("recounted in full"), default=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = OrderedManager.from_queryset(CompilationQuerySet)()
    every = CompilationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interim=True, job=None) | Q(interim=False, job__isnull=False),
                name="compilation_is_ordered_or_interim",
            ),
            models.UniqueConstraint(
                fields=["period", "region"],
                condition=Q(interim=True),
                name="one_interim_compilation_per_period",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1949, year__lte=2100), name="compilation_year_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="compilation_ends_after_it_begins"
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
            models.Index(fields=["period", "region", "-id"], name="compilation_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.region_id}"

    def get_absolute_url(self) -> str:
        return reverse("reports:year", args=[self.period, self.region.code])

    @property
    def state(self) -> str:
        """Where the compile stands: the state of its job."""
        return self.job.state

    @property
    def days(self) -> Period:
        """The period as it is reckoned with."""
        return Period(self.period, self.first_on, self.last_on)

    @property
    def keeps_facts(self) -> bool:
        """Whether the filings behind its figures can still be listed."""
        return not self.row_count or self.pieces.exists()

    def found(self) -> dict:
        """The figures as data; empty until the compile is done."""
        return json.loads(self.figures) if self.figures else {}


class FactPiece(models.Model):
    """The facts of a few thousand filings as they were at some compiles; never changed."""

    digest = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.digest


class KeptPiece(models.Model):
    """The piece that holds the facts of one bucket of filings in one compile."""

    compilation = models.ForeignKey(Compilation, models.CASCADE, related_name="pieces")
    bucket = models.PositiveBigIntegerField()
    piece = models.ForeignKey(FactPiece, models.PROTECT, related_name="kept")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compilation", "bucket"], name="one_piece_per_bucket_of_a_compile"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compilation_id} {self.bucket}"


class Seal(models.Model):
    """A compile that two people made final: version n of a region's period, never changed again.

    Proposed by one and sealed by another; without accounts when the command at the machine did it.
    `leaves` and `changes` are what the manifest's root and digest cover (reports.sealing).
    """

    compilation = models.OneToOneField(Compilation, models.PROTECT, related_name="seal")
    region = models.ForeignKey(Region, models.PROTECT, related_name="seals")
    period = models.CharField(_("period"), max_length=24)
    version = models.PositiveSmallIntegerField(_("version"))
    proposed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="seals_proposed"
    )
    proposed_name = models.CharField(_("proposed by"), max_length=150)
    proposed_at = models.DateTimeField(_("proposed"))
    sealed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="seals_made"
    )
    sealed_name = models.CharField(_("sealed by"), max_length=150, blank=True)
    sealed_at = models.DateTimeField(_("sealed"), null=True, blank=True)
    manifest = models.TextField(blank=True)
    signature = models.CharField(max_length=88, blank=True)
    public_key = models.CharField(max_length=44, blank=True)
    leaves = models.BinaryField(null=True)
    changes = models.TextField(blank=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "period", "version"], name="one_seal_per_version"
            ),
            models.UniqueConstraint(
                fields=["region", "period"],
                condition=Q(sealed_at=None),
                name="one_open_proposal_per_period",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | Q(sealed_by=None) | ~Q(proposed_by=F("sealed_by")),
                name="seal_needs_two_people",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None, manifest="", signature="", leaves=None)
                | (
                    Q(sealed_at__isnull=False, leaves__isnull=False)
                    & ~Q(manifest="")
                    & ~Q(signature="")
                    & ~Q(public_key="")
                ),
                name="seal_is_whole_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.region_id} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("published:version", args=[self.period, self.region.code, self.version])

    def stated(self) -> dict:
        """The manifest as data."""
        return json.loads(self.manifest)
