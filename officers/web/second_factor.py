"""The code after the password, and taking an authenticator into use."""

import io

import segno
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from officers.actions import second_factor as actions
from officers.actions.throttling import TooManyAttempts
from officers.models import SecondFactor
from officers.web.forms import CodeForm

PASSED = "second_factor"


@require_http_methods(["GET", "POST"])
def second_step(request):
    """Which code does your authenticator show?"""
    if not SecondFactor.objects.filter(account=request.user).exclude(confirmed_at=None).exists():
        return redirect("home")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.check(request.user, form.cleaned_data["code"], at=timezone.now())
        except actions.WrongCode as wrong:
            form.add_error("code", str(wrong))
        except TooManyAttempts as refused:
            form.add_error(None, str(refused))
            status = 429
        else:
            request.session.cycle_key()
            request.session[PASSED] = request.user.pk
            return redirect(_next(request))
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "officers/second_step.html", context, status=status)


@require_http_methods(["GET", "POST"])
def second_factor(request):
    """Scan this, and prove that it worked."""
    try:
        factor = actions.begin(request.user, at=timezone.now())
    except actions.AlreadyEnrolled:
        return render(request, "officers/second_factor_held.html")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.confirm(request.user, form.cleaned_data["code"], at=timezone.now())
        except actions.WrongCode as wrong:
            form.add_error("code", str(wrong))
        else:
            request.session[PASSED] = request.user.pk
            return render(request, "officers/recovery_codes.html", {"codes": codes})
    context = {"form": form, "secret": actions.spoken_secret(factor)}
    return render(request, "officers/second_factor.html", context)


@require_safe
def picture(request):
    """The QR code of an enrolment that is not finished; 404 once it is."""
    factor = SecondFactor.objects.filter(account=request.user, confirmed_at=None).first()
    if factor is None:
        raise Http404
    out = io.BytesIO()
    segno.make(actions.enrolment_address(factor), error="m").save(
        out, kind="svg", scale=6, light="#ffffff"
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def _next(request):
    asked = request.POST.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else resolve_url("home")
