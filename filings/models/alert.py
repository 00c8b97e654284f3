"""What a rule wants a supervisor to look at."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from filings.models.filing import Filing
from filings.models.rule import RuleSetting, Severity
from filings.models.subject import Subject
from filings.querysets import AlertQuerySet
from officers.models import Account
from officers.roles import Role


def told(text: str, numbers: dict[str, Any]) -> str:
    """The sentence `text` in the reader's language with its numbers filled in.

    The name of a clock among them is kept in English like the sentence, and translated with it.
    """
    filled = {name: gettext(one) if name == "clock" else one for name, one in numbers.items()}
    return gettext(text) % filled if filled else gettext(text)


class Alert(models.Model):
    """One thing that a rule or a clock found; handled once, with what was done.

    `about` is what it was found at, so that the same thing raises one alert only.  `text` is the
    sentence as the program says it in English and `numbers` fill it: every reader is told in his
    or her language.  `setting` is the version of the rule; none is the catalogue's default.
    """

    code = models.CharField(_("rule"), max_length=40)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity.choices)
    setting = models.ForeignKey(
        RuleSetting, models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    about = models.CharField(max_length=80)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="alerts", verbose_name=_("agency")
    )
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, blank=True, related_name="alerts")
    text = models.CharField(max_length=500)
    numbers = models.JSONField(default=dict, blank=True)
    heard_by = models.CharField(
        _("goes up to"), max_length=13, choices=Role.choices, default=Role.SUPERVISOR
    )
    created_at = models.DateTimeField(_("raised"))
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    handled_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="alerts_handled"
    )
    result = models.CharField(_("what was done"), max_length=500, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "code"], name="one_alert_per_thing_and_rule"),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None, result="")
                | (Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(result="")),
                name="handled_alert_says_what_was_done",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-created_at"], name="alert_of_agency"),
            models.Index(fields=["-created_at", "-id"], name="alert_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.about}"

    @property
    def message(self) -> str:
        """What was found and what to do, in the reader's language."""
        return told(self.text, self.numbers)
