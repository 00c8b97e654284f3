"""What an agency means to inspect in a year or in a campaign, and how often in all (R-PLN)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.models.item import InspectionItem
from agencies.querysets import OfAgencyQuerySet


class Plan(models.Model):
    """An annual plan (R-PLN-1) or the plan of a special inspection (R-PLN-2), for its period.

    A plan without items is for every item the agency has claimed.  `visits` is the number of
    filings that may rest on it, the budget of R-PLN-3; none is no limit.
    """

    class Kind(models.TextChoices):
        ANNUAL = "annual", _("Annual plan")
        SPECIAL = "special", _("Special plan")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans")
    number = models.CharField(_("number"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    items = models.ManyToManyField(InspectionItem, related_name="plans", blank=True)
    scope = models.CharField(_("range of subjects"), max_length=300, blank=True)
    percent = models.PositiveSmallIntegerField(_("ratio in percent"), null=True, blank=True)
    visits = models.PositiveIntegerField(_("inspections at most"), null=True, blank=True)
    made_on = models.DateField(_("made on"))
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    approval_number = models.CharField(_("number of the approval"), max_length=80, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="plan_number_once"),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="plan_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind="annual") | (~Q(approved_by="") & ~Q(approval_number="")),
                name="special_plan_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="plan_ratio_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return self.number
