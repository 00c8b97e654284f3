"""The page of what runs out: whose duty it is, when it is too late, and who hears of it then."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from filings.casework import works
from filings.clocks import Colour
from filings.due import due
from filings.terms import Clock
from filings.web.listing import address, agencies
from officers.roles import Permission, Role

SHOWN = 200
OWNERS = (Role.OFFICER, Role.CLERK, Role.APPROVER, Role.SUPERVISOR, Role.ENVIRONMENT)


@require_safe
def deadlines(request):
    """What runs out next among the filings and cases I may see?"""
    if not any(map(request.authority.may, (Permission.FILING_READ, Permission.CASE_WORK))):
        raise PermissionDenied
    found = due(request.GET, request.authority, timezone.now())
    colours = [
        (one, address(request.GET, colour=one.value), request.GET.get("colour") == one)
        for one in Colour
    ]
    context = {
        "rows": [(one, _page(one, request.authority)) for one in found.rows[:SHOWN]],
        "count": len(found.rows),
        "cut_off": found.cut_off or len(found.rows) > SHOWN,
        "guessed": any(one.deadline.provisional for one in found.rows),
        "colours": colours,
        "all": address(request.GET, colour=None),
        "clocks": Clock,
        "owners": [role for role in Role if role in OWNERS],
        "agencies": agencies(request.authority),
    }
    return render(request, "filings/deadlines.html", context)


def _page(owed, authority) -> str:
    """Where one does what is due: a case in its office, or as the head of the agency."""
    if owed.filing:
        return owed.filing.get_absolute_url()
    if owed.case is None:
        return reverse("registers:one", args=["agencies", owed.agency.pk])
    name = "filings:case" if works(authority, owed.case) else "filings:reply"
    return reverse(name, args=[owed.case.pk])
