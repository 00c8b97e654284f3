"""The API tokens of an account: what they are for, when they were used, and their end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.authority import NotAuthorised
from officers.actions import tokens as actions
from officers.models import ApiToken


@require_safe
def tokens(request):
    """Which programs may act as me?"""
    rows = ApiToken.objects.filter(account=request.user).select_related("agency")
    found = rows.order_by("-created_at", "-pk")
    return render(request, "officers/tokens.html", {"tokens": found, "now": timezone.now()})


@require_POST
def revoke(request, pk):
    """End a token; one of somebody else does not exist for those who may not manage it."""
    token = get_object_or_404(ApiToken.objects.select_related("account", "agency"), pk=pk)
    try:
        actions.revoke(token, by=request.authority, at=timezone.now())
    except NotAuthorised as refused:
        raise Http404 from refused
    messages.success(request, _("The token is revoked."))
    if token.account_id == request.user.pk:
        return redirect("officers:tokens")
    return redirect("officers:account", token.account_id)
