"""How alerts are raised and handled."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from filings.actions.moving import require_clean
from filings.models import Alert
from filings.rules import Case, Problem
from officers.authority import Authority
from officers.roles import Permission

LONGEST = 500


def raise_alerts(case: Case, found: Iterable[Problem]) -> None:
    """One alert for each problem that does not stop the filing, unless its rule raised one before.

    It names the version of the rule that found it, and its numbers.
    """
    filing = case.filing
    Alert.objects.bulk_create(
        [
            Alert(
                code=one.code,
                severity=one.severity,
                setting=case.settings.by_code[one.code].row,
                about=f"filing {filing.pk}",
                agency_id=filing.agency_id,
                subject_id=filing.subject_id,
                filing=filing,
                text=one.text[:LONGEST],
                numbers=plain(one.numbers),
                created_at=case.at,
            )
            for one in found
        ],
        ignore_conflicts=True,
    )


def plain(numbers: dict[str, Any]) -> dict[str, Any]:
    """The numbers of a problem as JSON holds them."""
    return {name: one if isinstance(one, int) else str(one) for name, one in numbers.items()}


@transaction.atomic
def handle_alert(alert: Alert, result: str, *, by: Authority, at: datetime) -> Alert:
    """The alert closed with what was done about it, once.  Raises FilingIncomplete."""
    if not by.may(Permission.ALERT_HANDLE, alert.agency):
        raise NotAuthorised(_("Your appointment does not include this for this agency."))
    said = result.strip()
    if not 0 < len(said) <= LONGEST:
        why = _("Say what was done, in 1 to %(longest)s characters.")
        require_clean([Problem("result", "result_missing", "", why % {"longest": LONGEST})])
    handled = Alert.objects.filter(pk=alert.pk, handled_at=None).update(
        handled_at=at, handled_by=by.account, result=said
    )
    if not handled:
        why = _("This alert has been handled already.")
        require_clean([Problem("result", "alert_handled", "", why)])
    journal.append(
        alert.agency.code,
        "handle_alert",
        alert,
        by=by.actor(Permission.ALERT_HANDLE, alert.agency),
        at=at,
        rule=alert.code,
        filing=alert.filing_id,
        reason=said,
    )
    alert.refresh_from_db()
    return alert
