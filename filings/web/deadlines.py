"""The page of what runs out: whose duty it is, when it is too late, and who hears of it then."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from filings.clocks import Colour
from filings.due import due
from filings.terms import Clock
from filings.web.listing import address, agencies
from officers.roles import Permission, Role

SHOWN = 200


@require_safe
def deadlines(request):
    """What runs out next among the filings I may see?"""
    if not request.authority.may(Permission.FILING_READ):
        raise PermissionDenied
    found = due(request.GET, request.authority, timezone.now())
    colours = [
        (one, address(request.GET, colour=one.value), request.GET.get("colour") == one)
        for one in Colour
    ]
    context = {
        "rows": found.rows[:SHOWN],
        "count": len(found.rows),
        "cut_off": found.cut_off or len(found.rows) > SHOWN,
        "guessed": any(one.deadline.provisional for one in found.rows),
        "colours": colours,
        "all": address(request.GET, colour=None),
        "clocks": Clock,
        "owners": [role for role in Role if role in (Role.OFFICER, Role.CLERK, Role.APPROVER)],
        "agencies": agencies(request.authority),
    }
    return render(request, "filings/deadlines.html", context)
