"""How an agency appeals against a complaint or bad rating that was found right (R-EVA-2).

A rating given in bad faith, or a finding on half of the facts, is looked at once more by somebody
else of the same office.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from filings.actions.casework import enter, require_head, require_office, unsaid
from filings.actions.moving import require_clean
from filings.casework import FOUND_RIGHT, TO_MEND, Step
from filings.models import CaseEntry, SupervisionCase
from filings.rules import Problem
from filings.rules.timing import Terms
from filings.terms import Clock
from officers.authority import Authority


@transaction.atomic
def appeal(case: SupervisionCase, text: str, *, by: Authority, at: datetime) -> CaseEntry:
    """The head of the agency asks for a second look, once, while it may still be mended."""
    require_head(case, by)
    require_clean(_not_to_appeal(case, at) + unsaid("appeal", text))
    return enter(case, Step.APPEALED, text, by=by, at=at)


@transaction.atomic
def review(
    case: SupervisionCase, outcome: str, text: str, *, by: Authority, at: datetime
) -> CaseEntry:
    """The appeal decided by another person than the one who answered; the first answer stays.

    Agency and author read the decision.  Raises NotAuthorised for whoever answered the case.
    """
    require_office(case, by)
    if case.answered_by_id == by.account.pk:
        raise NotAuthorised(_("Nobody reviews an answer of his or her own."))
    require_clean(_not_appealed(case) + _no_outcome(outcome) + unsaid("answer", text))
    entry = enter(case, Step.REVIEWED, text, by=by, at=at, before=case.outcome, outcome=outcome)
    case.outcome = outcome
    case.save(update_fields=["outcome"])
    return entry


def _not_to_appeal(case: SupervisionCase, at: datetime) -> list[Problem]:
    answered = case.answered_at
    if answered is None or case.kind not in TO_MEND or case.outcome not in FOUND_RIGHT:
        message = _("Nothing in this case was found right that the agency could appeal against.")
    elif case.entries.filter(kind=Step.MENDED).exists():
        message = _("The agency has reported what it mended and can no longer appeal.")
    elif at >= (ends := Terms.read().ends(Clock.MEND, answered, case.agency)):
        last = local_date(ends - timedelta(microseconds=1))
        message = _("The agency could appeal until %(day)s.") % {"day": last}
    else:
        return []
    return [Problem("appeal", "not_to_appeal", "R-EVA-2", message)]


def _not_appealed(case: SupervisionCase) -> list[Problem]:
    if case.entries.filter(kind=Step.APPEALED).exists():
        return []
    return [Problem("outcome", "not_appealed", "R-EVA-2", _("The agency has not appealed."))]


def _no_outcome(outcome: str) -> list[Problem]:
    if outcome in SupervisionCase.Outcome.values:
        return []
    return [Problem("outcome", "outcome_missing", "R-EVA-1", _("Say how the case ended."))]
