"""Where a person who has just signed in begins to work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from officers.authority import Authority
from officers.roles import Role


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send the caller to the work of the first role held, or say that none is held."""
    place = workplace(request.authority)  # type: ignore[attr-defined]
    return redirect(place) if place else render(request, "home.html")


def workplace(authority: Authority) -> str | None:
    """The address of the work that goes with the roles held; None without any."""
    held = authority.roles()
    places = {
        Role.APPROVER: reverse("filings:queue"),
        Role.OFFICER: reverse("filings:today"),
        Role.SUPERVISOR: reverse("filings:queue"),
        Role.ENVIRONMENT: reverse("filings:cases"),
        Role.AUDITOR: reverse("reports:list"),
        Role.CLERK: reverse("registers:home"),
        Role.ADMINISTRATOR: reverse("officers:jobs"),
        Role.SECURITY: reverse("officers:accounts"),
    }
    return next((place for role, place in places.items() if role in held), None)
