"""What holds at the public door, where a code is scanned: nobody is known, nothing leaks.

No session is read, so that a page there needs no more than one answer of the database and nobody
who rates is taken for an account.  When the database is out of reach the page says so: a code that
cannot be looked up is never valid.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from filings.verifying import Verdict
from officers.web.caller import cookie_name

Handler = Callable[[HttpRequest], HttpResponse]
DOORS = ("/c/", "/case/", "/own/")


def at_the_door(path: str) -> bool:
    """Whether the address is one of those that a passer-by opens."""
    return path.startswith(DOORS)


class PublicDoor:
    """Keeps sessions out, search engines away and addresses to itself."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not at_the_door(request.path):
            return self.get_response(request)
        signed_in = request.COOKIES.pop(settings.SESSION_COOKIE_NAME, "")
        request.of_staff = bool(signed_in) or cookie_name() in request.COOKIES  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer when the database is out of reach; None for everything else."""
        if not at_the_door(request.path):
            return None
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Nothing can be verified now, said without asking the database for anything."""
    verdict = Verdict.UNAVAILABLE
    at = timezone.localtime()
    if request.path.endswith(".json"):
        found: dict[str, Any] = {
            "verdict": verdict.value,
            "text": str(verdict.label),
            "server_time": at.isoformat(timespec="seconds"),
        }
        answer: HttpResponse = JsonResponse(found, status=503)
    else:
        answer = render(
            request, "door/unavailable.html", {"verdict": verdict, "at": at}, status=503
        )
    answer["Retry-After"] = "10"
    return answer
