"""How an enterprise reports by its code that it has rectified what was found (R-FUP-1)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency
from filings.actions.evidence import Upload, keep_file
from filings.actions.moving import move, require_clean
from filings.models import Filing, Rectification
from filings.policy import closed
from filings.rules import Problem
from filings.workflow import Verb
from officers.actions import throttling
from officers.actions.throttling import Limit
from officers.roles import Permission

PER_ADDRESS = Limit("rectified.address", 20, timedelta(hours=1))
LONGEST = 2000
MOST_FILES = 3


class Subject:
    """Whoever holds the code, where a verb asks who acts."""

    def actor(self, permission: Permission, agency: Agency | None = None) -> Actor:
        """The enterprise as the book records it: without a name."""
        return Actor("", "subject")


def report_at_the_door(
    filing: Filing, report: str, files: tuple[Upload, ...] = (), *, address: str, at: datetime
) -> Filing:
    """What was rectified, with at most three files; the officer's clock of the re-check starts.

    Raises TransitionNotAllowed when nothing waits for a report, FilingIncomplete naming what is
    wrong with words or files, TooManyAttempts.  A try is counted though it is refused.
    """
    throttling.take(PER_ADDRESS, address, at=at)
    return _report(filing, report.strip(), files, at)


@transaction.atomic
def _report(filing: Filing, report: str, files: tuple[Upload, ...], at: datetime) -> Filing:
    refused = closed(Verb.REPORT_RECTIFICATION, filing)
    if refused is not None:
        raise refused
    require_clean(_wrong(report, files))
    made = Rectification.objects.create(
        result=filing.result,
        due_on=filing.result.rectify_by or local_date(at),
        report=report,
        reported_at=at,
    )
    kept = [keep_file(filing, one, by=None, at=at) for one in files]
    facts = {
        "rectification": made.pk,
        "report": report,
        "files": [{"sha256": one.sha256, "name": one.name, "size": one.size} for one in kept],
    }
    return move(filing, Verb.REPORT_RECTIFICATION, by=Subject(), at=at, facts=facts)


def _wrong(report: str, files: tuple[Upload, ...]) -> list[Problem]:
    found = []
    if not 0 < len(report) <= LONGEST:
        message = _("Say what was done, in 1 to %(longest)s characters.") % {"longest": LONGEST}
        found.append(Problem("report", "report_missing", "R-FUP-1", message))
    if len(files) > MOST_FILES:
        message = _("Send at most %(most)d files.") % {"most": MOST_FILES}
        found.append(Problem("file", "too_many_files", "R-FUP-1", message))
    return found
