"""The list of filings: which ones, in which states, and how one narrows it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Value
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies import keyset
from agencies.filters import StrictFilterSet
from agencies.models import Agency
from agencies.query import RefusedParameters, check_parameters
from agencies.web.lists import address
from filings.filters import FilingFilter
from filings.models import Filing, FilingItem, FilingOfficer
from filings.workflow import Status
from officers.roles import Permission

SIZE = 50
IN_FORM = ("q", "agency", "dated_after", "dated_before")
STATES = ("status", "overdue")
LATE = "overdue"


@dataclass(frozen=True, slots=True)
class Tab:
    """One state to look at: its name, how many filings, where it leads."""

    label: str
    count: int
    query: str
    here: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set outside the form, and the address without it."""

    label: str
    value: str
    query: str


@require_safe
def listing(request):
    """Which filings may I see, narrowed by the filters of the address?"""
    if not request.authority.may(Permission.FILING_READ):
        raise PermissionDenied
    now = timezone.now()
    seen = Filing.objects.visible_to(request.authority)
    found = narrowed(request.GET, seen, request.authority)
    cursor = request.GET.get("cursor", "")
    page = keyset.page(with_row_facts(found.qs), size=SIZE, cursor=cursor)
    context = {
        "page": page,
        "late": late(page.rows, now),
        "tabs": tabs(request.GET, seen, now),
        "chips": chips(found),
        "form": found.form,
        "hidden": [(k, v) for k, v in request.GET.items() if k not in (*IN_FORM, "cursor")],
        "agencies": agencies(request.authority),
        "newer": page.previous and address(request.GET, cursor=page.previous),
        "older": page.next and address(request.GET, cursor=page.next),
        "narrowed": any(value for value in request.GET.values()),
        "may_draft": request.authority.may(Permission.FILING_DRAFT),
    }
    return render(request, "filings/list.html", context)


def narrowed(query: QueryDict, seen, authority, also=()) -> FilingFilter:
    """The filters of the address over the filings seen; `also` are the page's own parameters.

    Raises what names a bad parameter.
    """
    found = FilingFilter(query, seen, authority=authority, also=("cursor", *also))
    check_parameters(query, {"cursor", *also, *found.filters})
    refused = found.errors
    if refused:
        raise RefusedParameters(refused)
    return found


def with_row_facts(rows):
    """The filings with everything a row of a list shows, the latest first."""
    items = FilingItem.objects.select_related("item_version").order_by("pk")
    members = FilingOfficer.objects.select_related("officer").order_by("-lead", "pk")
    rows = rows.select_related("agency", "subject").order_by("-dated_at", "-id")
    return rows.prefetch_related(Prefetch("items", items), Prefetch("members", members))


def late(filings, now) -> set[int]:
    """Which of the filings shown are overdue, by their keys?"""
    return {
        one.pk
        for one in filings
        if one.status in (Status.APPROVED, Status.ON_SITE) and one.planned_end < now
    }


def tabs(query: QueryDict, seen, now) -> list[Tab]:
    """The states that hold filings under the other filters, each with its number."""
    others = query.copy()
    for name in (*STATES, "cursor"):
        others.pop(name, None)
    rows = FilingFilter(others, seen).qs
    counts = _counted(rows.order_by(), now)
    late_ones = counts.pop(LATE, 0)
    chosen, overdue = query.get("status", ""), query.get("overdue", "")
    found = [
        Tab(
            _("All"),
            sum(counts.values()),
            address(others),
            not chosen and overdue != "true",
        )
    ]
    if late_ones or overdue == "true":
        found.append(Tab(_("Overdue"), late_ones, address(others, overdue="true"), bool(overdue)))
    return found + [
        Tab(status.label, counts.get(status, 0), address(others, status=status), status == chosen)
        for status in Status
        if counts.get(status) or status == chosen
    ]


def _counted(rows, now) -> dict[str, int]:
    """How many filings are in each state, and how many are overdue: one question."""
    late_ones = rows.overdue(now).annotate(late=Value(LATE)).values_list("late")
    states = rows.values_list("status").annotate(Count("pk"))
    return dict(states.union(late_ones.annotate(Count("pk")), all=True))


def chips(found: StrictFilterSet, shown=(*IN_FORM, *STATES)) -> list[Chip]:
    """The filters set by an address that the page does not show otherwise, each removable."""
    shown = (*shown, "cursor")
    return [
        Chip(
            str(found.form.fields[name].label or name),
            _words(found.form.fields[name], value),
            address(found.data, **{name: None}),
        )
        for name, value in found.data.items()
        if value and name not in shown and name in found.form.fields
    ]


def _words(field, value: str) -> str:
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, value))


def agencies(authority) -> list[Agency]:
    """The agencies of the caller's regions, to choose among; none for those of one agency."""
    regions = [one.region for one in authority.appointments if one.region is not None]
    inside = [Agency.objects.under(region) for region in regions]
    return sorted(set().union(*inside), key=lambda agency: agency.code)
