"""Who may inspect: organs, authorised organisations and entrusted ones."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models.dated import ENDS_LATER
from agencies.models.region import Region
from agencies.querysets import AgencyQuerySet
from agencies.spelling import SpellingField


class Agency(models.Model):
    """A body whose qualification to enforce is confirmed and published (R-ORG-1).

    An entrusted organisation acts in its principal's name and so always has one (R-ORG-3).
    `line` says which hierarchy it answers to: it decides who handles a bad rating (A6).
    `successor` took over the business of one that was merged.
    """

    class Kind(models.TextChoices):
        ORGAN = "organ", _("Administrative organ")
        AUTHORISED = "authorised", _("Authorised organisation")
        ENTRUSTED = "entrusted", _("Entrusted organisation")

    class Line(models.TextChoices):
        LOCAL = "local", _("Local")
        PROVINCIAL = "provincial", _("Provincial line")
        CENTRAL = "central", _("Central line")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    line = models.CharField(_("line"), max_length=12, choices=Line.choices, default=Line.LOCAL)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    principal = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="entrusted"
    )
    qualified_from = models.DateField(_("qualified from"))
    qualified_to = models.DateField(_("qualified to"), null=True, blank=True)
    search = SpellingField()
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="entrusted", principal__isnull=False)
                | (~Q(kind="entrusted") & Q(principal=None)),
                name="entrusted_agency_has_a_principal",
            ),
            models.CheckConstraint(
                condition=ENDS_LATER,
                name="agency_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(qualified_to=None) | Q(qualified_to__gt=F("qualified_from")),
                name="qualification_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(valid_to__isnull=False),
                name="only_a_dissolved_agency_has_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-Z]{2,20}$"), name="agency_code_is_plain"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_qualified(self, day) -> bool:
        """Whether its qualification is confirmed for `day` (R-ORG-1)."""
        return self.qualified_from <= day and (self.qualified_to is None or day < self.qualified_to)
