"""Signing in at the city's own identity provider."""

from authlib.integrations.base_client.errors import OAuthError
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from joserfc.errors import JoseError
from requests import RequestException

from officers import provider
from officers.actions import signing_in
from officers.models import Account
from officers.web.caller import address

BACKEND = "officers.backend.AccountBackend"
FAILED = (OAuthError, JoseError, RequestException, KeyError, ValueError)


@login_not_required
@require_safe
def leave(request):
    """On the way to the provider."""
    if not provider.is_on():
        raise Http404
    back = request.build_absolute_uri(reverse("officers:provider_back"))
    try:
        return provider.client().authorize_redirect(request, back)
    except FAILED:
        return _failed(request, 502)


@login_not_required
@require_safe
def back(request):
    """Back from the provider: whose account is it?  Nobody's is made."""
    if not provider.is_on():
        raise Http404
    try:
        told = provider.client().authorize_access_token(request)
        subject = told["userinfo"]["sub"]
    except FAILED:
        return _failed(request, 400)
    matched = Account.objects.filter(provider_subject=subject, is_active=True)
    account = matched.select_related("second_factor").first()
    if account is None:
        return _failed(request, 403)
    signing_in.signed_in_elsewhere(account, address(request), at=timezone.now())
    login(request, account, backend=BACKEND)
    return redirect("home")


def _failed(request, status):
    return render(request, "officers/provider_failed.html", status=status)
