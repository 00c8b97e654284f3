"""How a matter from the door reaches the supervisor and is answered there."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency
from filings.actions.casework import require_office
from filings.actions.moving import require_clean
from filings.charter import Ground
from filings.models import Filing, SupervisionCase
from filings.rules import Problem
from filings.rules.timing import Terms
from filings.terms import Clock
from officers.actions import throttling
from officers.actions.throttling import Limit
from officers.authority import Authority
from officers.roles import Permission

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PER_CODE = Limit("case.code", 10, timedelta(hours=24))
PER_ADDRESS = Limit("case.address", 30, timedelta(hours=1))
LOOKED_UP = Limit("case.look_up", 20, timedelta(minutes=1))
LONGEST = 2000
TOLD = tuple(one for one in SupervisionCase.Kind if one != SupervisionCase.Kind.BAD_RATING)
"""What is told in a form; a bad rating becomes a case by itself."""


@dataclass(frozen=True)
class Matter:
    """What a person says of an inspection: of which kind, on which grounds, in its own words."""

    kind: str
    grounds: tuple[str, ...] = ()
    text: str = ""
    contact: str = ""
    level: int | None = None


@transaction.atomic
def bring(filing: Filing, matter: Matter, *, address: str, at: datetime) -> SupervisionCase:
    """The matter before the supervisor, under a reference that only its author is told.

    Raises FilingIncomplete naming what is missing, TooManyAttempts for a flood.
    """
    require_clean(_incomplete(matter))
    throttling.take(PER_ADDRESS, address, at=at)
    throttling.take(PER_CODE, str(filing.pk), at=at)
    case = open_case(filing, matter, at=at)
    journal.append(
        filing.agency.code,
        "open_case",
        case,
        by=Actor("", "subject"),
        at=at,
        kind=case.kind,
        office=case.office,
        filing=filing.pk,
    )
    return case


@transaction.atomic
def read_contact(case: SupervisionCase, *, by: Authority, at: datetime, reason: str) -> str:
    """How the author can be reached, in full; the reading is an event.  Raises NotAuthorised."""
    require_office(case, by)
    actor = by.actor(Permission.CASE_WORK, case.agency)
    journal.append(
        case.agency.code, "read_contact", case, by=actor, at=at, reason=reason, columns=["contact"]
    )
    return case.contact.reveal()


def open_case(filing: Filing, matter: Matter, *, at: datetime) -> SupervisionCase:
    """The case of a filing at the office of the agency's line; the caller's event tells of it."""
    return open_against(filing.agency, matter, filing=filing, at=at)


def open_against(
    agency: Agency, matter: Matter, *, filing: Filing | None, at: datetime
) -> SupervisionCase:
    """The case against an agency; only a bad rating may name no filing."""
    return SupervisionCase.objects.create(
        kind=matter.kind,
        office=office_of(agency),
        reference=_reference(at),
        agency=agency,
        filing=filing,
        level=matter.level,
        grounds=list(matter.grounds),
        text=matter.text.strip(),
        contact=matter.contact.strip(),
        opened_at=at,
        due_at=Terms.read().ends(Clock.ANSWER, at, agency),
    )


def office_of(agency: Agency) -> str:
    """Who looks into it: for local agencies the justice bureau (A6)."""
    office = SupervisionCase.Office
    return office.JUSTICE if agency.line == Agency.Line.LOCAL else office.ENVIRONMENT


def _reference(at: datetime) -> str:
    drawn = "".join(secrets.choice(LETTERS) for _place in range(12))
    return f"{local_date(at).year}-{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def _incomplete(matter: Matter) -> list[Problem]:
    found = []
    known = SupervisionCase.Kind
    if matter.kind not in TOLD:
        message = _("“%(value)s” is no kind of matter; give one of: %(all)s.")
        values = {"value": matter.kind[:20], "all": ", ".join(TOLD)}
        found.append(Problem("kind", "unknown_kind", "R-EVA-1", message % values))
    if not set(matter.grounds) <= set(Ground.values):
        message = _("Choose the grounds from the list.")
        found.append(Problem("grounds", "unknown_ground", "R-EVA-1", message))
    if matter.kind == known.REFUSAL and not matter.grounds:
        message = _("A lawful refusal rests on a ground: choose one.")
        found.append(Problem("grounds", "ground_missing", "R-OFF-7", message))
    elif not matter.grounds and not matter.text.strip():
        message = _("Choose a ground or say in your own words what happened.")
        found.append(Problem("text", "text_missing", "R-EVA-1", message))
    if len(matter.text) > LONGEST:
        message = _("Say it in at most %(most)d characters.") % {"most": LONGEST}
        found.append(Problem("text", "text_too_long", "R-EVA-1", message))
    return found


@transaction.atomic
def answer(
    case: SupervisionCase, outcome: str, text: str, *, by: Authority, at: datetime
) -> SupervisionCase:
    """The case closed, once, with an answer that its author reads by the reference."""
    require_office(case, by)
    wrong = []
    if case.kind == SupervisionCase.Kind.RECUSAL:
        message = _("A request for recusal is decided by the head of the agency.")
        wrong.append(Problem("outcome", "recusal_is_decided_by_the_head", "R-OFF-6", message))
    if outcome not in SupervisionCase.Outcome.values:
        message = _("Say how the case ended.")
        wrong.append(Problem("outcome", "outcome_missing", "R-EVA-1", message))
    if not 0 < len(text.strip()) <= LONGEST:
        message = _("Give the answer in 1 to %(most)d characters.") % {"most": LONGEST}
        wrong.append(Problem("answer", "answer_missing", "R-EVA-1", message))
    require_clean(wrong)
    closed = SupervisionCase.objects.filter(pk=case.pk, answered_at=None).update(
        outcome=outcome, answer=text.strip(), answered_at=at, answered_by=by.account
    )
    if not closed:
        message = _("This case has been answered already.")
        require_clean([Problem("answer", "case_answered", "R-EVA-1", message)])
    journal.append(
        case.agency.code,
        "answer_case",
        case,
        by=by.actor(Permission.CASE_WORK, case.agency),
        at=at,
        outcome=outcome,
    )
    case.refresh_from_db()
    return case


def look_up(reference: str, *, address: str, at: datetime) -> SupervisionCase | None:
    """The case under `reference`; a miss counts against the address.  Raises TooManyAttempts."""
    plain = "".join(letter for letter in reference.upper() if letter.isalnum())
    wanted = f"{plain[:4]}-{plain[4:8]}-{plain[8:12]}-{plain[12:]}"
    throttling.take(LOOKED_UP, address, at=at)
    case = SupervisionCase.objects.select_related("agency").filter(reference=wanted).first()
    if case is not None:
        throttling.give_back(LOOKED_UP, address)
    return case
