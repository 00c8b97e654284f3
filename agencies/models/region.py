"""Where: administrative divisions and development zones, each with the dates it existed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.dated import ENDS_LATER
from agencies.querysets import RegionQuerySet


class Region(models.Model):
    """A division of GB/T 2260 under the code as given, or a development zone under one (E1).

    A renamed or moved division is a new row with new dates; old filings keep the old one.
    `path` is the chain of codes from the province down, each closed by a slash.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture-level city")
        COUNTY = "county", _("County or district")
        ZONE = "zone", _("Development zone")
        TOWNSHIP = "township", _("Township or street")

    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=80, db_index=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="region_once_per_date"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="one_current_region_per_code"
            ),
            models.CheckConstraint(
                condition=ENDS_LATER,
                name="region_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind="province", parent=None)
                | (~Q(kind="province") & Q(parent__isnull=False)),
                name="only_a_province_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{6,12}$"), name="region_code_is_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"
