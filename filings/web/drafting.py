"""How an officer files an inspection."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from officers.roles import Permission


@require_safe
def draft(request):
    """Whom does the inspection concern?"""
    if not request.authority.may(Permission.FILING_DRAFT):
        raise PermissionDenied
    return render(request, "filings/choose.html")
