"""The accounts and the roles they hold."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.calendar import local_date
from agencies.query import check_parameters
from agencies.web.lists import paged
from officers.models import Account, Appointment
from officers.roles import Permission
from officers.web.seen import seen_of


@require_safe
def accounts(request):
    """Who can sign in, in which roles, from when to when, and who waits for a second word?"""
    if not request.authority.may(Permission.ACCOUNT_MANAGE):
        raise PermissionDenied
    check_parameters(request.GET, ("q", "cursor"))
    asked = request.GET.get("q", "").strip()
    held = Appointment.objects.select_related("agency", "region").order_by("valid_from", "pk")
    people = Account.objects.prefetch_related(Prefetch("appointments", held))
    if asked:
        people = people.filter(Q(username__icontains=asked) | Q(name__icontains=asked))
    waiting = Appointment.objects.waiting(local_date(timezone.now())).order_by("pk")
    waiting = list(waiting.select_related("account", "agency", "region", "granted_by"))
    for one in waiting:
        one.seen = seen_of(one.account)
    context = {
        **paged(request, people.order_by("username")),
        "asked": asked,
        "waiting": waiting,
    }
    return render(request, "officers/accounts.html", context)
