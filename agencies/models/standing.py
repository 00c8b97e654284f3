"""Which body may use which power: letters of entrustment, levels settled, the power list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.models.dated import ENDS_LATER
from agencies.models.item import InspectionItem, ItemVersion
from agencies.models.region import Region
from agencies.querysets import OfAgencyQuerySet, OpenQuerySet


class Entrustment(models.Model):
    """A letter by which the principal lets another body inspect these items (R-ORG-3)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="entrustments")
    number = models.CharField(_("number of the letter"), max_length=80)
    items = models.ManyToManyField(InspectionItem, related_name="entrustments")
    published_on = models.DateField(_("published on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="entrustment_once"),
            models.CheckConstraint(condition=ENDS_LATER, name="entrustment_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.number


class Assignment(models.Model):
    """At which level an item is inspected in a region, as the level above settled (R-ORG-5)."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="assignments")
    region = models.ForeignKey(Region, models.PROTECT, related_name="assignments")
    level = models.CharField(_("level"), max_length=10, choices=ItemVersion.Level.choices)
    source = models.CharField(_("source"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "region", "valid_from"], name="assignment_once_per_date"
            ),
            models.CheckConstraint(condition=ENDS_LATER, name="assignment_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.region_id}: {self.level}"


class Power(models.Model):
    """One inspection power of the published power list, to hold the item list against (R-ITM-4)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="powers")
    code = models.CharField(_("code of the item"), max_length=40)
    name = models.CharField(_("name"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "code", "valid_from"], name="power_once"),
            models.CheckConstraint(condition=ENDS_LATER, name="power_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name
