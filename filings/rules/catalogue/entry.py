"""What the catalogue says of one rule."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filings.models import Severity

EXEMPT = [
    "complaint",
    "assigned",
    "superior",
    "monitoring",
    "media",
    "recheck",
    "requested",
    "permit",
    "emergency",
    "audit",
]
RANKS = ["law", "regulation", "local_regulation", "department_rule", "local_rule"]
HARD, REASON, WARN, OFF = Severity.HARD, Severity.REASON, Severity.WARN, Severity.OFF


class Asked(models.TextChoices):
    """When a rule is asked."""

    FILING = "filing", _("On submission, approval and check-in")
    DOOR = "door", _("On check-in and when the result is recorded; raises an alert only")
    RESULT = "result", _("When the result is recorded")
    CLOCK = "clock", _("When its time has run out")
    SWEEP = "sweep", _("Every night")
    BUILT_IN = "built_in", _("Always; built in")


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule: `code` names the problem it finds, `rule` its id, `params` its thresholds.

    What is built in holds by the shape of the records and cannot be set otherwise.
    """

    code: str
    rule: str
    severity: Severity
    title: Promise
    source: str
    params: dict[str, Any] = field(default_factory=dict)
    asked: Asked = Asked.FILING
