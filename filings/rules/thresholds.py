"""The thresholds of the rules in words: what each is called, and what it holds."""

from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from agencies.models import ItemVersion, LegalBasis
from filings.models import Filing

NAMES: dict[str, Promise] = {
    "officers": gettext_lazy("Officers at least"),
    "days": gettext_lazy("Days"),
    "working_days": gettext_lazy("Working days"),
    "hours": gettext_lazy("Hours"),
    "minutes": gettext_lazy("Minutes"),
    "years": gettext_lazy("Full years"),
    "metres": gettext_lazy("Metres"),
    "percent": gettext_lazy("Percent"),
    "ranks": gettext_lazy("Ranks of law that suffice"),
    "methods": gettext_lazy("Methods that count"),
    "exempt_triggers": gettext_lazy("Triggers exempt from it"),
    "after_triggers": gettext_lazy("After a check by these triggers"),
    "visits": gettext_lazy("Visits a year at most"),
    "by_class": gettext_lazy("Otherwise by credit class"),
    "day": gettext_lazy("Visits a day at most"),
    "week": gettext_lazy("Visits a week at most"),
    "month": gettext_lazy("Visits a month at most"),
    "streak": gettext_lazy("Visits in a row without a finding"),
    "yellow_percent": gettext_lazy("Soon due in the last percent of the term"),
    "yellow_days": gettext_lazy("Soon due in the last days"),
    "supervisor_after": gettext_lazy("Working days until the supervisor is told"),
    "due_month": gettext_lazy("Month in which it is due"),
    "due_day": gettext_lazy("Day on which it is due"),
}
# Where one rule means something else by a name than the others do.
OF_ITS_OWN: dict[tuple[str, str], Promise] = {
    ("quiet_day", "days"): gettext_lazy("Days of the month without visits"),
}


def called(code: str, name: str) -> str:
    """What the threshold `name` of the rule that gives `code` is called."""
    return str(OF_ITS_OWN.get((code, name)) or NAMES.get(name) or name)


def shown(code: str, params: dict[str, Any]) -> list[tuple[str, str]]:
    """The thresholds of the rule that gives `code` as a page shows them: name and value."""
    return [(called(code, name), told(value)) for name, value in params.items()]


def words_of(known: list[str]) -> type[TextChoices]:
    """The words such a list may hold: triggers, methods, ranks or types."""
    kinds = (Filing.Trigger, ItemVersion.Method, LegalBasis.Rank, Filing.CheckType)
    return next(kind for kind in kinds if known[0] in kind.values)


def told(value: Any) -> str:
    """What a threshold holds, as a person reads it; “none” where it holds nothing."""
    if isinstance(value, dict):
        value = [f"{name}={number}" for name, number in value.items()]
    if not isinstance(value, list):
        return str(value)
    if value and isinstance(value[0], str) and "=" not in value[0]:
        value = [words_of(value)(one).label for one in value]
    return pgettext("between names", ", ").join(map(str, value)) or _("none")
