"""What the subject experiences, and what it says of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filings.models.subject import Subject


class Visit(models.Model):
    """One call at one subject's door; several agencies' filings may share it (product 2)."""

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
    """What the subject said of a visit: five levels and tags; never filled in by the system."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="rating")
    level = models.PositiveSmallIntegerField(_("level"))
    tags = models.JSONField(_("tags"), default=list, blank=True)
    text = models.TextField(_("text"), blank=True)
    rated_on = models.DateField(_("rated on"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="rating_has_one_of_five_levels"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.level}"
