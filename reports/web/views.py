"""The compiled years."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from officers.roles import Permission


@require_safe
def years(request):
    """Which years are compiled?"""
    if not request.authority.may(Permission.YEAR_READ):
        raise PermissionDenied
    return render(request, "reports/years.html")
