"""The page of the alerts: what the rules found, and what was done about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
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
from filings.web.alert_kinds import folded, waiting
from filings.web.listing import address, chips
from officers.roles import Permission

SIZE = 50
APART = ("open",)
NARROWING = ("code", "agency", "severity", "region", "cursor")


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
    kinds = waiting(seen)
    apart = list(folded(kinds)) if _whole(data) else []
    rows = found.qs.exclude(code__in=[one.code for one in apart])
    rows = rows.select_related("agency", "subject", "filing", "handled_by", "setting")
    page = keyset.page(
        rows.order_by("-created_at", "-id"), size=SIZE, cursor=data.get("cursor", "")
    )
    for one in page.rows:
        one.entry = CATALOGUE.get(one.code)
    context = {
        "page": page,
        "open": data["open"] == "true",
        "narrowed": data.get("code", ""),
        "waiting": sum(one.count for one in kinds),
        "gathered": [(one, address(data, code=one.code)) for one in apart],
        "chips": chips(found, APART),
        "newer": page.previous and address(data, cursor=page.previous),
        "older": page.next and address(data, cursor=page.next),
    }
    return render(request, "rules/alerts.html", context)


def _whole(data) -> bool:
    """Whether all that waits is asked for, and not what one narrowed it to."""
    return data["open"] == "true" and not any(data.get(name) for name in NARROWING)


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
    back = request.POST.get("code", "")
    return redirect(f"{reverse('rules:alerts')}{f'?code={back}' if back in CATALOGUE else ''}")
