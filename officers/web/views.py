"""The accounts and the roles they hold."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_safe

from officers.models import Account, Appointment
from officers.roles import Permission

SHOWN = 500


@require_safe
def accounts(request):
    """Who can sign in, in which roles, from when to when?"""
    if not request.authority.may(Permission.ACCOUNT_MANAGE):
        raise PermissionDenied
    held = Appointment.objects.select_related("agency", "region").order_by("valid_from", "pk")
    people = Account.objects.prefetch_related(Prefetch("appointments", held)).order_by("username")
    found = list(people[: SHOWN + 1])
    return render(
        request,
        "officers/accounts.html",
        {"accounts": found[:SHOWN], "more": len(found) > SHOWN, "shown": SHOWN},
    )
