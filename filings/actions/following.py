"""How a result is followed up: transferred to another body, rectified and re-checked."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.calendar import local_date
from filings.actions.moving import move, require, require_clean, stamp
from filings.models import Filing, Rectification, Result, Transfer
from filings.rules import Problem
from filings.workflow import Verb
from officers.authority import Authority


@transaction.atomic
def transfer(filing: Filing, *, receiver: str, matter: str, by: Authority, at: datetime) -> Filing:
    """The matter sent to another body; several may be sent to several (R-FUP-2)."""
    require(Verb.TRANSFER, filing, by)
    require_clean(
        _blank("receiver", receiver, _("Name the body that the matter is sent to."))
        + _blank("matter", matter, _("Say what is handed over."))
    )
    sent = Transfer.objects.create(
        result=filing.result,
        receiver=receiver.strip(),
        matter=matter.strip(),
        sent_at=at,
        sent_by=by.account,
    )
    facts = {"transfer": sent.pk, "receiver": sent.receiver}
    return move(filing, Verb.TRANSFER, by=by, at=at, facts=facts)


@transaction.atomic
def acknowledge(
    filing: Filing, sent: Transfer, *, received_by: str, by: Authority, at: datetime
) -> Filing:
    """The other body's receipt for a transfer noted: by whom and when."""
    require(Verb.ACKNOWLEDGE, filing, by)
    require_clean(
        _blank("received_by", received_by, _("Name the person who signed the receipt."))
        + _not_waiting(filing, sent)
    )
    stamp(sent, received_at=max(at, sent.sent_at), received_by=received_by.strip())
    facts = {"transfer": sent.pk, "received_by": sent.received_by}
    return move(filing, Verb.ACKNOWLEDGE, by=by, at=at, facts=facts)


def _not_waiting(filing: Filing, sent: Transfer) -> list[Problem]:
    if sent.result_id == filing.result.pk and sent.received_at is None:
        return []
    message = _("This transfer belongs to another filing or has its receipt already.")
    return [Problem("transfer", "transfer_not_waiting", "R-FUP-2", message)]


@transaction.atomic
def report_rectification(filing: Filing, *, report: str, by: Authority, at: datetime) -> Filing:
    """The subject reported that it has rectified; the clock of the re-check starts."""
    require(Verb.REPORT_RECTIFICATION, filing, by)
    require_clean(_blank("report", report, _("Say what the subject reported.")))
    made = Rectification.objects.create(
        result=filing.result,
        due_on=filing.result.rectify_by or local_date(at),
        report=report.strip(),
        reported_at=at,
        reported_by=by.account,
    )
    facts = {"rectification": made.pk, "report": made.report}
    return move(filing, Verb.REPORT_RECTIFICATION, by=by, at=at, facts=facts)


@transaction.atomic
def recheck(
    filing: Filing,
    *,
    passed: bool,
    by: Authority,
    at: datetime,
    note: str = "",
    rectify_by: date | None = None,
) -> Filing:
    """The reported rectification re-checked (R-FUP-1); a failed one needs a new `rectify_by`."""
    require(Verb.RECHECK, filing, by)
    result = filing.result
    open_round = result.rectifications.get(rechecked_at=None)
    require_clean([] if passed else _unlimited(rectify_by, at))
    stamp(
        open_round,
        rechecked_at=max(at, open_round.reported_at),
        rechecked_by=by.account,
        passed=passed,
        note=note.strip(),
    )
    day = local_date(at)
    if passed:
        stamp(result, rectified_on=day, finished_on=day)
    else:
        stamp(result, rectify_by=rectify_by)
    facts = {"rectification": open_round.pk, "passed": passed, "rectify_by": rectify_by}
    return move(filing, Verb.RECHECK, by=by, at=at, facts=facts)


def _unlimited(rectify_by: date | None, at: datetime) -> list[Problem]:
    if rectify_by is not None and rectify_by >= local_date(at):
        return []
    message = _("The re-check failed: give a new day, not in the past, to rectify by.")
    return [Problem("rectify_by", "rectification_without_deadline", "R-FUP-1", message)]


def _blank(pointer: str, value: str, message: str) -> list[Problem]:
    return [] if value.strip() else [Problem(pointer, f"{pointer}_missing", "R-FUP-2", message)]


def unfinished(result: Result) -> list[Problem]:
    """What of the follow-up has still to be done before the filing can be closed."""
    kinds = Result.FollowUp
    if result.follow_up == kinds.RECTIFICATION and result.rectified_on is None:
        message = _("The rectification has not passed a re-check yet.")
        return [Problem("finished_on", "rectification_not_rechecked", "R-FUP-1", message)]
    handed = (kinds.TRANSFERRED, kinds.COPIED)
    if result.follow_up in handed and not result.transfers.exists():
        message = _("Note to which body the matter was sent.")
        return [Problem("finished_on", "transfer_missing", "R-FUP-2", message)]
    return []
