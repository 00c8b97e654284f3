"""How the row of a table is called in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _

from filings.models import Filing, Result
from reports.definitions import NO_RESULT

_CHOICES = {
    "by_type": dict(Filing.CheckType.choices),
    "by_trigger": dict(Filing.Trigger.choices),
    "by_outcome": dict(Result.Outcome.choices),
}


def label_of(table: str, row: dict[str, Any]) -> str:
    """The name of a row: its own, that of its code, or the code itself."""
    code = row["code"]
    if "name" in row:
        return f"{code} {row['name']}"
    if table == "by_outcome" and code == NO_RESULT:
        return _("No outcome recorded yet")
    return str(_CHOICES.get(table, {}).get(code, code))
