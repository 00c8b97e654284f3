"""The page of the alerts: what the rules found, and what was done about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies import keyset
from agencies.query import RefusedParameters, check_parameters
from filings.actions import handle_alert
from filings.filters import AlertFilter
from filings.models import Alert
from filings.rules import FilingIncomplete
from filings.rules.catalogue import CATALOGUE
from filings.web.listing import address
from officers.roles import Permission

SIZE = 50


@require_safe
def alerts(request):
    """What did the rules find that nobody has looked at yet, or that was looked at?"""
    if not request.authority.may(Permission.ALERT_HANDLE):
        raise PermissionDenied
    data = request.GET.copy()
    data.setdefault("open", "true")
    seen = Alert.objects.visible_to(request.authority)
    found = AlertFilter(data, seen, also=("cursor",))
    check_parameters(data, {"cursor", *found.filters})
    if found.errors:
        raise RefusedParameters(found.errors)
    rows = found.qs.select_related("agency", "subject", "filing", "handled_by", "setting")
    page = keyset.page(
        rows.order_by("-created_at", "-id"), size=SIZE, cursor=data.get("cursor", "")
    )
    for one in page.rows:
        one.entry = CATALOGUE.get(one.code)
    context = {
        "page": page,
        "open": data["open"] == "true",
        "waiting": seen.open().count(),
        "newer": page.previous and address(data, cursor=page.previous),
        "older": page.next and address(data, cursor=page.next),
    }
    return render(request, "rules/alerts.html", context)


@require_POST
def handle(request, pk):
    """Note what was done about the alert."""
    alert = get_object_or_404(
        Alert.objects.visible_to(request.authority).select_related("agency"), pk=pk
    )
    try:
        handle_alert(alert, request.POST.get("result", ""), by=request.authority, at=timezone.now())
    except FilingIncomplete as refused:
        messages.error(request, " ".join(one.message for one in refused.problems))
    else:
        messages.success(request, _("The alert is handled, and the book says so."))
    return redirect("rules:alerts")
