"""What is left to do between the password and the work: code, new password, enrolment."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import PROBLEM_TYPE, body
from officers.models import SecondFactor
from officers.passwords import is_due
from officers.policy import needs_second_factor
from officers.web.second_factor import PASSED

CODE = "officers:second_step"
PASSWORD = "officers:password"  # noqa: S105 - the name of a page
ENROLMENT = "officers:second_factor"
ALWAYS_OPEN = {"officers:sign_out", "officers:sign_in", "set_language"}
OPEN_WHILE = {
    CODE: {CODE},
    PASSWORD: {PASSWORD},
    ENROLMENT: {ENROLMENT, "officers:second_factor_picture", PASSWORD},
}


class SignInSteps:
    """Leads a signed-in caller to the step that is left; every other page waits for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The way to the step that is left; None when there is none or this is its page."""
        if not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        in_api = request.path.startswith("/api/")
        if name in ALWAYS_OPEN or not (in_api or getattr(view, "login_required", True)):
            return None
        step = pending(request)
        if step is None or name in OPEN_WHILE[step]:
            return None
        if in_api:
            detail = _("Finish signing in on the site first.")
            found = body(request, 403, code="sign_in_incomplete", detail=detail)
            return JsonResponse(found, status=403, content_type=PROBLEM_TYPE)
        back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return redirect(f"{reverse(step)}?{back}")


def pending(request: HttpRequest) -> str | None:
    """The page of the step that the caller has still to take, if any."""
    account = request.user
    factor: SecondFactor | None = getattr(account, "second_factor", None)
    enrolled = factor is not None and factor.confirmed_at is not None
    if enrolled and request.session.get(PASSED) != account.pk:
        return CODE
    if is_due(account, timezone.now()):
        return PASSWORD
    required = settings.SECOND_FACTOR == "required"
    if required and not enrolled and needs_second_factor(request.authority):
        return ENROLMENT
    return None
