"""How often at most and at least one subject is inspected, and leave to go beyond the region."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, InspectionItem, Region
from agencies.models.dated import ENDS_LATER
from agencies.querysets import OfAgencyQuerySet, OpenQuerySet
from filings.models.subject import Subject

YEAR = 12


class Limit(models.Model):
    """A published cap, a floor, or both, for subjects of a region (R-FRQ-1 to 3, 5, 6).

    It speaks of every item unless it names `items`, of every agency of the region unless it names
    `agencies`, of every subject unless it names a `credit_class`.  `together` counts the visits of
    these agencies as one sum; else each agency has the whole number.  A limit over twelve months
    is of the calendar year; a longer one looks that far back from the planned day.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="limits")
    items = models.ManyToManyField(InspectionItem, related_name="limits", blank=True)
    agencies = models.ManyToManyField(Agency, related_name="limits", blank=True)
    credit_class = models.CharField(
        _("credit class"), max_length=1, choices=Subject.CreditClass.choices, blank=True
    )
    together = models.BooleanField(_("counted together"), default=False)
    least = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("within months"), default=YEAR)
    source = models.CharField(_("source"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(least__isnull=False) | Q(most__isnull=False), name="limit_limits"
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gte=F("least")),
                name="limit_is_not_below_its_floor",
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=60), name="limit_looks_back_months"
            ),
            models.CheckConstraint(condition=ENDS_LATER, name="limit_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class Assistance(models.Model):
    """A letter by which another region lets an agency inspect there (R-LOC-1)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assistances")
    number = models.CharField(_("number of the letter"), max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="assistances")
    helper = models.CharField(_("assisting agency"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="assistance_once"),
            models.CheckConstraint(condition=ENDS_LATER, name="assistance_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.number
