"""How hard a rule is, from which day and where, and why it was set aside for one filing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Region
from agencies.models.dated import ENDS_LATER
from agencies.querysets import DatedQuerySet
from filings.models.filing import Filing
from filings.models.subject import Subject
from filings.querysets import ConflictQuerySet
from officers.models import Account, Officer


class Severity(models.TextChoices):
    """What breaking a rule does to a filing (domain C)."""

    HARD = "hard", _("Stops the filing")
    REASON = "reason", _("Stops unless a reason is given")
    WARN = "warn", _("Raises an alert")
    OFF = "off", _("Not applied")


class RuleSetting(models.Model):
    """The severity and thresholds of one rule from one day to another, in a region or everywhere.

    Where no row applies the catalogue in `filings.rules.catalogue` does.  The setting of the
    innermost region wins.
    """

    code = models.CharField(_("rule"), max_length=40)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity.choices)
    params = models.JSONField(_("thresholds"), default=dict, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rule_settings",
        verbose_name=_("region"),
    )
    source = models.CharField(_("source"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "region"],
                condition=Q(valid_to=None, region__isnull=False),
                name="one_open_setting_per_rule_and_region",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to=None, region=None),
                name="one_open_setting_per_rule_everywhere",
            ),
            models.CheckConstraint(
                condition=ENDS_LATER,
                name="rule_setting_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="rule_setting_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.severity}"


class FilingReason(models.Model):
    """Why one filing goes on although a rule speaks against it, as its officer typed it."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="reasons")
    code = models.CharField(_("rule"), max_length=40)
    text = models.CharField(_("reason"), max_length=500)
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(Account, models.PROTECT, related_name="reasons_given")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "code"], name="one_reason_per_rule"),
            models.CheckConstraint(condition=~Q(text=""), name="reason_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.code}"


class Conflict(models.Model):
    """An officer may not inspect a subject from one day to another: recusal (R-OFF-6)."""

    class Kind(models.TextChoices):
        PARTY = "party", _("Party or near relative of one")
        INTEREST = "interest", _("Own interest or that of a near relative")
        OTHER = "other", _("Other relation that may affect fairness")

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="conflicts")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "subject"],
                condition=Q(valid_to=None),
                name="one_open_conflict_per_officer_and_subject",
            ),
            models.CheckConstraint(
                condition=ENDS_LATER,
                name="conflict_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.subject_id}"

    @property
    def agency(self) -> Agency:
        """Whose officer it is, and so who keeps the record."""
        return self.officer.agency
