"""Who calls, and with which authority, whichever page is asked for?"""

from collections.abc import Callable, Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from agencies import walls
from config.door import at_the_door
from officers.actions.breaking_glass import used
from officers.authority import Authority
from officers.walls import scope


class Walls:
    """Lets a request reach nothing of any agency until it is known who asks (agencies.walls).

    The pages at the public door tell what a code or a key in hand entitles to, whoever asks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with walls.within(walls.EVERYTHING if at_the_door(request.path) else walls.NOTHING):
            response = self.get_response(request)
            if response.streaming:
                response.streaming_content = _still(walls.current(), response.streaming_content)
        return response


def _still(scope: walls.Scope, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of an answer, each made in the scope of the request although that is over."""
    coming = iter(pieces)
    while True:
        with walls.within(scope):
            piece = next(coming, None)
        if piece is None:
            return
        yield piece


def admit(authority: Authority) -> Authority:
    """The authority, with as much of the database open as it covers."""
    walls.narrow(scope(authority))
    return authority


class CallerAuthority:
    """Gives each signed-in request its `authority`: the appointments read with the account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.authority = SimpleLazyObject(  # type: ignore[attr-defined]
                lambda: admit(_signed_in(request))
            )
        return self.get_response(request)


def _signed_in(request: HttpRequest) -> Authority:
    """The authority of the session's account now; what it opens through a broken glass is told.

    The event is written before anything is shown: an address that cannot be told is not opened.
    """
    authority: Authority = request.user.authority  # type: ignore[union-attr]
    if authority.lent and not at_the_door(request.path):
        used(authority.lent, request.path, by=authority.account, at=timezone.now())
    return authority
