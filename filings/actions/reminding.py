"""Who is told of what is overdue besides the filings: cases to answer, plans to publish."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from agencies import journal
from agencies.calendar import SHANGHAI
from agencies.models import Agency
from filings.casework import case_clocks
from filings.clocks import Deadline
from filings.duties import of_agencies
from filings.models import Alert, Severity, SupervisionCase
from filings.rules.catalogue.clocks import code
from filings.rules.timing import Terms
from filings.terms import Clock

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many alerts one round raised and how many it passed on."""

    raised: int = 0
    passed_on: int = 0


@dataclass(frozen=True, slots=True)
class Overdue:
    """A deadline that has run out at an agency, and what tells it apart from others."""

    deadline: Deadline
    agency: Agency
    about: str
    facts: dict[str, Any]


def remind(at: datetime, terms: Terms) -> Reminded:
    """One round; doing it twice tells of nothing twice."""
    told = [_tell(one, at) for one in (*_cases(at, terms), *_duties(at, terms))]
    return Reminded(told.count("overdue"), told.count("pass_on"))


def _cases(at: datetime, terms: Terms) -> Iterator[Overdue]:
    """The alert tells which duty is overdue, and nothing of the matter."""
    for case in SupervisionCase.objects.may_run().with_entries().order_by("pk").iterator(CHUNK):
        for one in case_clocks(case, at, terms):
            if one.escalation is not None:
                about = f"case {case.pk} until {minute(one.due)}"
                yield Overdue(one, case.agency, about, {"case": case.pk})


def _duties(at: datetime, terms: Terms) -> Iterator[Overdue]:
    for owed in of_agencies(Agency.objects.all(), at, terms):
        if owed.deadline.escalation is not None:
            yield Overdue(owed.deadline, owed.agency, owed.about, {"name": owed.name})


@transaction.atomic
def _tell(one: Overdue, at: datetime) -> str:
    """What the book says was done: `overdue`, `pass_on`, or nothing."""
    said = words(one.deadline, at, str(one.facts.get("name", "")))
    alert, new = Alert.objects.get_or_create(
        about=one.about, code=said.pop("code"), defaults=said | {"agency": one.agency}
    )
    if not new and (alert.handled_at is not None or alert.heard_by == one.deadline.escalation):
        return ""
    if not new:
        alert.heard_by = one.deadline.escalation or alert.heard_by
        alert.save(update_fields=["heard_by"])
    verb = "overdue" if new else "pass_on"
    facts = {"clock": one.deadline.clock, "due": one.deadline.due, **one.facts}
    by = journal.Actor(journal.SYSTEM, "clock")
    journal.append(
        one.agency.code, verb, alert, by=by, at=at, heard_by=one.deadline.escalation, **facts
    )
    return verb


def words(deadline: Deadline, at: datetime, name: str = "") -> dict[str, Any]:
    """The alert of an overdue deadline; `name` says what of the agency it is of."""
    text = _("Overdue: %(clock)s, due before %(due)s (%(rule)s).")
    if name:
        text = _("Overdue: %(clock)s (%(name)s), due before %(due)s (%(rule)s).")
    return {
        "code": code(deadline.clock),
        "severity": Severity.WARN,
        "heard_by": deadline.escalation or deadline.owner,
        "text": text,
        "numbers": {
            "clock": _in_english(deadline.clock),
            "due": minute(deadline.due),
            "rule": deadline.rule,
            **({"name": name} if name else {}),
        },
        "created_at": at,
    }


def minute(due: datetime) -> str:
    """The minute of an instant in Asia/Shanghai, as alerts say it."""
    return f"{timezone.localtime(due, SHANGHAI):%Y-%m-%d %H:%M}"


def _in_english(clock: str) -> str:
    with translation.override("en"):
        return str(Clock(clock).label)
