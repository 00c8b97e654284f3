"""The devices of an account that sign what is noted without a connection."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.query import check_parameters
from officers.actions import devices as actions
from officers.models import Device


@require_safe
def devices(request):
    """Which of my devices sign for me?"""
    check_parameters(request.GET, ())
    rows = Device.objects.filter(account=request.user).order_by("-registered_at", "-pk")
    return render(request, "officers/devices.html", {"devices": rows})


@require_POST
def revoke(request, pk):
    """A lost device signs no more."""
    device = get_object_or_404(Device.objects.filter(account=request.user), pk=pk)
    actions.revoke(device, by=request.authority, at=timezone.now())
    messages.success(request, _("The device is revoked; what it signs counts as unsigned."))
    return redirect("officers:devices")
