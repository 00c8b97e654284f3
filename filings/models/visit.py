"""What the subject experiences, and what it says of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from filings.models.subject import Subject


class Visit(models.Model):
    """One call at one subject's door; several agencies' filings may share it (product 2).

    `right` is a digest of the right to rate the visit, once it was given out; that a rating was
    made of it is written nowhere (filings.rights).
    """

    class ScanOf(models.TextChoices):
        FILING = "filing", _("The filing's code")
        SUBJECT = "subject", _("The subject's code")
        NONE = "none", _("No scan")

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="visits")
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("arrival recorded"), null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("accuracy in metres"), null=True, blank=True)
    scan_of = models.CharField(
        _("scan"), max_length=10, choices=ScanOf.choices, default=ScanOf.NONE
    )
    code_shown = models.BooleanField(_("code shown before the start"), default=False)
    certificates_shown = models.BooleanField(_("certificates shown"), default=False)
    late_reason = models.CharField(_("reason for late recording"), max_length=300, blank=True)
    joint = models.BooleanField(_("joint visit"), default=False)
    right = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                name="visit_ends_after_arrival",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(recorded_at__isnull=False),
                name="arrival_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.arrived_at}"


class Rating(models.Model):
    """What a subject said of a visit of the agency: five levels and tags; never filled in by us.

    Which visit it was is not kept, and nothing here leads to it: `spent` is another digest of the
    right than the visit holds, and tells only that the right is used up.  `doubtful` says that it
    came from a device or a network on which somebody of the offices had signed in.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="ratings")
    level = models.PositiveSmallIntegerField(_("level"))
    tags = models.JSONField(_("tags"), default=list, blank=True)
    text = models.TextField(_("text"), blank=True)
    rated_on = models.DateField(_("rated on"))
    doubtful = models.BooleanField(_("doubtful"), default=False)
    spent = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="rating_has_one_of_five_levels"
            ),
        ]
        indexes = [models.Index(fields=["agency", "rated_on"], name="rating_of_agency")]

    def __str__(self) -> str:
        return f"{self.rated_on}: {self.level}"
