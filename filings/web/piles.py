"""The piles of the queue: which filings wait, for whom, since when and until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filings.terms import Clock
from filings.workflow import Status, Verb
from officers.roles import Permission


@dataclass(frozen=True, slots=True)
class Pile:
    """One kind of waiting filing: whose it is, which ones, since when, and by when.

    By when is a moment of the filing itself (`due`), or the end of a clock that runs since then.
    """

    name: str
    label: Promise
    needs: Permission
    holds: Callable[[datetime], Q]
    since: str
    due: str
    together: Verb | None = None
    clock: Clock | None = None


PILES = (
    Pile(
        "approve",
        _("To approve"),
        Permission.FILING_DECIDE,
        lambda now: Q(status=Status.SUBMITTED),
        "submitted_at",
        "planned_start",
        Verb.APPROVE,
    ),
    Pile(
        "second",
        _("Second reviews"),
        Permission.FILING_ENDORSE,
        lambda now: Q(status=Status.SUBMITTED, second_review="asked"),
        "submitted_at",
        "planned_start",
    ),
    Pile(
        "afterwards",
        _("Emergencies to approve"),
        Permission.FILING_DECIDE,
        lambda now: Q(emergency=True, number=None, back_filed_at__isnull=False),
        "back_filed_at",
        "back_filed_at",
        Verb.APPROVE_AFTERWARDS,
        Clock.APPROVE_AFTERWARDS,
    ),
    Pile(
        "confirm",
        _("Results to confirm"),
        Permission.FILING_CONFIRM,
        lambda now: Q(status=Status.RECORDED, number__isnull=False),
        "result__recorded_at",
        "result__recorded_at",
        Verb.CONFIRM,
        Clock.CONFIRM,
    ),
    Pile(
        "unlock",
        _("Emergencies not filed yet"),
        Permission.FILING_UNLOCK,
        lambda now: Q(emergency=True, number=None, back_filed_at=None, unlocked_at=None),
        "dated_at",
        "dated_at",
        clock=Clock.BACK_FILE,
    ),
    Pile(
        "admit",
        _("Arrivals not recorded"),
        Permission.FILING_UNLOCK,
        lambda now: Q(status=Status.APPROVED, planned_end__lt=now, unlocked_at=None),
        "planned_end",
        "planned_end",
        clock=Clock.CHECK_IN_LATE,
    ),
    Pile(
        "late",
        _("Overdue"),
        Permission.FILING_READ,
        lambda now: Q(status__in=[Status.APPROVED, Status.ON_SITE], planned_end__lt=now),
        "planned_end",
        "planned_end",
    ),
)


def open_piles(authority) -> list[Pile]:
    """The piles that are the caller's to work on.  Raises PermissionDenied without any."""
    decides = authority.may(Permission.FILING_DECIDE) or authority.may(Permission.FILING_UNLOCK)
    if not decides:
        raise PermissionDenied
    return [one for one in PILES if authority.may(one.needs)]


def chosen(piles, counts, name: str) -> Pile:
    """The pile asked for, or the first that holds anything.  404 for one that is not there."""
    if name:
        found = next((one for one in piles if one.name == name), None)
        if found is None:
            raise Http404
        return found
    return next((one for one in piles if counts[one.name]), piles[0])
