"""How does a page answer a refusal that no view has answered itself?"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.errors import TITLES, listed, status_of


class PageRefusals:
    """Renders a refusal as a page with every problem named; the API has its own handler."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page with the status of the table; None for what is a fault of ours."""
        status = status_of(error)
        if status is None or request.path.startswith("/api/"):
            return None
        problems = listed(error)
        context = {
            "title": TITLES[status],
            "detail": "" if problems else str(error),
            "problems": problems,
        }
        return render(request, "refused.html", context, status=status)
