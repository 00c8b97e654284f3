"""How a case is worked: taken, called back, put to the agency, decided, mended (R-EVA-2)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from filings.actions.moving import require_clean
from filings.casework import FOUND_RIGHT, TO_MEND, Kind, Step, works
from filings.models import CaseEntry, Conflict, SupervisionCase
from filings.policy import takes_part
from filings.rules import Problem
from officers.authority import Authority
from officers.models import Officer
from officers.roles import Permission

LONGEST = 2000


def require_office(case: SupervisionCase, by: Authority) -> None:
    """Raise NotAuthorised unless the case lies with an office of the caller."""
    if not works(by, case):
        raise NotAuthorised(_("This case lies with another office."))


@transaction.atomic
def take_case(case: SupervisionCase, *, by: Authority, at: datetime) -> CaseEntry:
    """The office takes the case up; its author reads so under the reference."""
    require_office(case, by)
    require_clean(_closed(case))
    return enter(case, Step.TAKEN, "", by=by, at=at)


@transaction.atomic
def call_back(case: SupervisionCase, note: str, *, by: Authority, at: datetime) -> CaseEntry:
    """The office spoke with the enterprise and notes what was said."""
    require_office(case, by)
    require_clean(_closed(case) + unsaid("note", note))
    return enter(case, Step.CALLED, note, by=by, at=at)


@transaction.atomic
def hand_over(case: SupervisionCase, reason: str, *, by: Authority, at: datetime) -> CaseEntry:
    """The other office gets a case that came to the wrong one, once and before it is taken up."""
    require_office(case, by)
    require_clean(_closed(case) + unsaid("reason", reason) + _not_to_hand_over(case))
    entry = enter(case, Step.HANDED, reason, by=by, at=at)
    offices = SupervisionCase.Office
    case.office = offices.ENVIRONMENT if case.office == offices.JUSTICE else offices.JUSTICE
    case.save(update_fields=["office"])
    return entry


@transaction.atomic
def release(case: SupervisionCase, *, by: Authority, at: datetime) -> CaseEntry:
    """The agency may read the author's words, never the contact; the office answers for it."""
    require_office(case, by)
    require_clean(_nothing_to_release(case))
    return enter(case, Step.RELEASED, "", by=by, at=at)


@transaction.atomic
def ask_agency(case: SupervisionCase, question: str, *, by: Authority, at: datetime) -> CaseEntry:
    """The agency is heard.  It reads this question, and nothing of what the author wrote."""
    require_office(case, by)
    require_clean(_closed(case) + unsaid("question", question))
    return enter(case, Step.ASKED, question, by=by, at=at)


@transaction.atomic
def reply(case: SupervisionCase, text: str, *, by: Authority, at: datetime) -> CaseEntry:
    """The agency answers what it was asked: its right to be heard before the case is decided."""
    require_head(case, by)
    require_clean(_closed(case) + unsaid("reply", text) + _not_asked(case))
    return enter(case, Step.REPLIED, text, by=by, at=at)


@transaction.atomic
def mend(case: SupervisionCase, text: str, *, by: Authority, at: datetime) -> CaseEntry:
    """The agency reports what it did about a complaint or rating that was found right."""
    require_head(case, by)
    require_clean(unsaid("report", text) + _not_to_mend(case))
    return enter(case, Step.MENDED, text, by=by, at=at)


@transaction.atomic
def decide_recusal(
    case: SupervisionCase,
    recused: tuple[Officer, ...],
    text: str,
    *,
    by: Authority,
    at: datetime,
) -> SupervisionCase:
    """The agency's head grants the request for the officers named, or for none of them.

    Whoever is recused may not be at this subject's door from that day on (R-OFF-6): the check-in
    refuses, and the filing needs other officers.  The author reads the decision under the
    reference.
    """
    require_head(case, by)
    filing = case.filing
    if filing is None or case.kind != Kind.RECUSAL:
        message = _("This is no request for recusal.")
        require_clean([Problem("case", "no_recusal", "R-OFF-6", message)])
        return case
    if takes_part(filing, by):
        raise NotAuthorised(_("Nobody decides on a filing that he or she takes part in."))
    members = {one.officer_id for one in filing.members.all()}
    strangers = [one for one in recused if one.pk not in members]
    message = _("%(name)s is not an officer of this filing.")
    require_clean(
        [
            Problem("officers", "officer_not_named", "R-OFF-6", message % {"name": one})
            for one in strangers
        ]
        + unsaid("answer", text)
    )
    outcome = SupervisionCase.Outcome.UPHELD if recused else SupervisionCase.Outcome.UNFOUNDED
    _decide(case, outcome, text, by=by, at=at)
    for officer in recused:
        Conflict.objects.get_or_create(
            officer=officer,
            subject=filing.subject,
            valid_to=None,
            defaults={
                "kind": Conflict.Kind.OTHER,
                "valid_from": local_date(at),
                "note": text[:300],
            },
        )
    codes = [one.code for one in recused]
    _tell("decide_recusal", case, Permission.FILING_DECIDE, by, at, outcome=outcome, officers=codes)
    return case


def _decide(case: SupervisionCase, outcome: str, text: str, *, by: Authority, at: datetime) -> None:
    waiting = SupervisionCase.objects.filter(pk=case.pk, answered_at=None)
    closed = waiting.update(
        outcome=outcome, answer=text.strip(), answered_at=at, answered_by=by.account
    )
    require_clean([] if closed else [_already()])
    case.refresh_from_db()


def require_head(case: SupervisionCase, by: Authority) -> None:
    """Raise NotAuthorised unless the caller heads the agency of the case."""
    if not by.may(Permission.FILING_DECIDE, case.agency):
        raise NotAuthorised(_("Only the head of the agency speaks for it."))


def _already() -> Problem:
    return Problem("answer", "case_answered", "R-EVA-1", _("This case has been answered already."))


def _closed(case: SupervisionCase) -> list[Problem]:
    answered = SupervisionCase.objects.filter(pk=case.pk, answered_at__isnull=False).exists()
    return [_already()] if answered else []


def unsaid(pointer: str, text: str) -> list[Problem]:
    """What is wrong with a text that must say something, named by `pointer`."""
    if 0 < len(text.strip()) <= LONGEST:
        return []
    message = _("Write 1 to %(most)d characters.") % {"most": LONGEST}
    return [Problem(pointer, f"{pointer}_missing", "R-EVA-2", message)]


def _not_asked(case: SupervisionCase) -> list[Problem]:
    if case.entries.filter(kind=Step.ASKED).exists():
        return []
    message = _("The office has asked the agency nothing.")
    return [Problem("reply", "nothing_asked", "R-EVA-2", message)]


def _not_to_mend(case: SupervisionCase) -> list[Problem]:
    if case.kind in TO_MEND and case.outcome in FOUND_RIGHT:
        return []
    message = _("Nothing in this case was found right that the agency has to mend.")
    return [Problem("report", "nothing_to_mend", "R-EVA-2", message)]


def _not_to_hand_over(case: SupervisionCase) -> list[Problem]:
    if case.kind == Kind.RECUSAL:
        message = _("A request for recusal lies with the head of the agency.")
    elif case.entries.filter(kind=Step.TAKEN).exists():
        message = _("This office has taken the case up and answers it.")
    else:
        return []
    return [Problem("reason", "not_to_hand_over", "R-EVA-1", message)]


def _nothing_to_release(case: SupervisionCase) -> list[Problem]:
    if case.kind != Kind.RECUSAL and case.text:
        return []
    message = _("There are no words of the author that could be shown to the agency.")
    return [Problem("", "nothing_to_release", "R-EVA-2", message)]


OF_THE_HEAD = (Step.REPLIED, Step.MENDED, Step.APPEALED)


def enter(
    case: SupervisionCase, kind: str, text: str, *, by: Authority, at: datetime, **facts: Any
) -> CaseEntry:
    """Note a step of the case, once, and tell the book.  Raises FilingIncomplete the second time.

    The texts stand in the case and not in the book, but for what `facts` tell.
    """
    said = {"text": text.strip(), "at": at, "by": by.account}
    entry, new = CaseEntry.objects.get_or_create(case=case, kind=kind, defaults=said)
    if not new:
        message = _("This has been done already: %(what)s.") % {"what": entry.get_kind_display()}
        require_clean([Problem("", "done_already", "R-EVA-2", message)])
    needs = Permission.FILING_DECIDE if kind in OF_THE_HEAD else Permission.CASE_WORK
    _tell(f"case_{kind}", case, needs, by, at, **facts)
    return entry


def _tell(
    verb: str,
    case: SupervisionCase,
    needs: Permission,
    by: Authority,
    at: datetime,
    **facts: Any,
) -> None:
    journal.append(case.agency.code, verb, case, by=by.actor(needs, case.agency), at=at, **facts)
