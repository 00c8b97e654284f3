"""Who calls, and with which authority, whichever page is asked for?"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from agencies.calendar import local_date
from officers.authority import Authority


class CallerAuthority:
    """Gives each signed-in request its `authority`: the appointments of today, read when asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            account = request.user
            request.authority = SimpleLazyObject(  # type: ignore[attr-defined]
                lambda: Authority.of(account, local_date(timezone.now()))
            )
        return self.get_response(request)
