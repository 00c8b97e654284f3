"""The queue of those who decide and oversee: what waits, how long, and all it takes to judge."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from filings.clocks import Colour
from filings.models import Filing
from filings.policy import open_verbs
from filings.rules import problems
from filings.rules.catalogue import CATALOGUE
from filings.terms import Clock, ends
from filings.web import presence
from filings.web.listing import with_row_facts
from filings.web.showing import buttons, with_everything
from filings.web.standing import standing
from filings.workflow import Status, Verb
from officers.roles import Permission

SHOWN = 50
SOON = timedelta(days=1)
FIRST = (Verb.APPROVE, Verb.APPROVE_AFTERWARDS, Verb.CONFIRM, Verb.UNLOCK)


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
        "late",
        _("Overdue"),
        Permission.FILING_READ,
        lambda now: Q(status__in=[Status.APPROVED, Status.ON_SITE], planned_end__lt=now),
        "planned_end",
        "planned_end",
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One filing that waits: since when, until when, how urgent, and who has it open."""

    filing: Filing
    since: datetime
    due: datetime
    colour: str
    readers: list[str]


@require_safe
def queue(request):
    """What waits for me, the most urgent first, and everything about the one that is open?"""
    check_parameters(request.GET, ("pile", "open"))
    piles = open_piles(request.authority)
    now = timezone.now()
    waiting = Filing.objects.visible_to(request.authority).filter(origin="native")
    counts = waiting.aggregate(**{one.name: Count("pk", filter=one.holds(now)) for one in piles})
    pile = chosen(piles, counts, request.GET.get("pile", ""))
    held = with_row_facts(waiting.filter(pile.holds(now))).select_related(
        "agency", "subject", "result"
    )
    filings = list(held.order_by(pile.due, "pk")[:SHOWN])
    context = {
        "tabs": [(one, counts[one.name]) for one in piles],
        "pile": pile,
        "rows": rows(filings, pile, now, request.user),
        "count": counts[pile.name],
        "opened": opened(request, now),
    }
    return render(request, "filings/queue.html", context)


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


def rows(filings, pile: Pile, now, reader) -> list[Row]:
    """The filings with their age and urgency, and who else has them open."""
    readers = presence.readers(filings, but=reader)
    found = []
    for filing in filings:
        since, due = _at(filing, pile.since), _at(filing, pile.due)
        if pile.clock is not None:
            due = ends(pile.clock, since)
        found.append(Row(filing, since, due, colour(due, now), readers[filing.pk]))
    return found


def _at(filing, path: str) -> datetime:
    value = filing
    for part in path.split("__"):
        value = getattr(value, part)
    return value


def colour(due: datetime, now: datetime) -> str:
    """Red once the moment has passed, yellow on the day before it."""
    if due <= now:
        return Colour.RED
    return Colour.YELLOW if due - now <= SOON else Colour.BLUE


def opened(request, now) -> dict | None:
    """The filing that is open beside the list, with what the rules find and what may be done."""
    key = request.GET.get("open", "")
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    filing = get_object_or_404(with_everything(request.authority), pk=key)
    presence.mark(filing, request.user)
    verbs = open_verbs(filing, request.authority)
    shown = [one for one in buttons(filing, verbs, now) if one.verb in (*FIRST, Verb.RETURN)]
    return {
        "filing": filing,
        "buttons": shown,
        "judged": filing.status == Status.SUBMITTED,
        "problems": problems(filing, now) if filing.status == Status.SUBMITTED else [],
        "standing": standing(filing.agency, filing.subject, filing.planned_start),
        "rules": {"standing": CATALOGUE["visit_cap_reached"]},
        "readers": presence.readers([filing], but=request.user)[filing.pk],
    }
