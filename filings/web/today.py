"""An officer's day: what is on today and this week, what is due, what waits for me."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.calendar import local_date, midnight
from agencies.query import check_parameters
from filings.clocks import Deadline, clocks
from filings.models import Filing, FilingOfficer
from filings.opinions import Standing, standings
from filings.rules.timing import Terms
from filings.web.listing import with_row_facts
from filings.web.showing import has_code
from filings.workflow import Status
from officers.roles import Permission, Role

MOST = 200
AT_MINE = (Status.DRAFT, Status.RETURNED)
OPEN = (
    *AT_MINE,
    Status.SUBMITTED,
    Status.APPROVED,
    Status.ON_SITE,
    Status.RECORDED,
    Status.CONFIRMED,
)


@dataclass(frozen=True, slots=True)
class Card:
    """One filing of mine: what is due of it, and whether its code can be shown."""

    filing: Filing
    due: list[Deadline]
    late: bool
    has_code: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Filings that ask for the same."""

    name: str
    label: str
    cards: list[Card]


@require_safe
def today(request):
    """What do I do today, and what next?"""
    check_parameters(request.GET, ())
    if not request.authority.may(Permission.FILING_DRAFT):
        raise PermissionDenied(_("Only officers of an agency file inspections."))
    now = timezone.now()
    context = {
        "groups": groups(mine(request), now),
        "ratings": ratings(request.authority, local_date(now)),
        "now": now,
    }
    return render(request, "filings/today.html", context)


def ratings(authority, today) -> list[Standing]:
    """How the visits of each of my agencies were rated, where five or more were."""
    agencies = {held.agency_id: held.agency for held in authority.appointments if held.agency}
    return standings(agencies.values(), today)


def mine(request):
    """The filings that are not over in which the caller takes part or which he drafted."""
    takes_part = FilingOfficer.objects.filter(filing=OuterRef("pk"), officer__account=request.user)
    rows = Filing.objects.visible_to(request.authority).filter(
        Q(created_by=request.user) | Exists(takes_part), status__in=OPEN, origin="native"
    )
    return with_row_facts(rows).with_clocks().order_by("planned_start", "pk")[:MOST]


def groups(filings, now) -> list[Group]:
    """The groups that hold anything, the most pressing first."""
    terms = Terms.read()
    cards = [card(filing, now, terms) for filing in filings]
    held: dict[str, list[Card]] = {}
    for one in cards:
        held.setdefault(belongs(one, now), []).append(one)
    for name in ("now", "due"):
        held.get(name, []).sort(key=lambda one: one.due[0].due if one.due else now)
    labels = {
        "now": _("On site now"),
        "today": _("Today"),
        "late": _("Window over"),
        "due": _("Results due"),
        "mine": _("For me to finish"),
        "week": _("The next seven days"),
        "waiting": _("With the approver"),
        "later": _("Later"),
    }
    return [Group(name, label, held[name]) for name, label in labels.items() if name in held]


def card(filing, now, terms) -> Card:
    """The filing with the deadlines that are its officers' to keep."""
    due = [one for one in clocks(filing, now, terms) if one.owner == Role.OFFICER]
    late = filing.status == Status.APPROVED and filing.planned_end < now
    return Card(filing, due, late, has_code(filing))


def belongs(one: Card, now) -> str:
    """The name of the group in which one looks for this filing."""
    filing = one.filing
    if filing.status in AT_MINE:
        return "mine"
    if filing.status == Status.ON_SITE:
        return "now"
    if filing.status == Status.APPROVED:
        return _planned(one, now)
    return "due" if one.due else "waiting" if filing.status != Status.CONFIRMED else "later"


def _planned(one: Card, now) -> str:
    tomorrow = midnight(local_date(now) + timedelta(days=1))
    if one.late:
        return "late"
    if one.filing.planned_start < tomorrow:
        return "today"
    return "week" if one.filing.planned_start < now + timedelta(days=7) else "later"
