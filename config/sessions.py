"""How long does a session last?  30 minutes without a request, 12 hours in all."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends import db
from django.http import HttpRequest, HttpResponse

BEGAN = "began"
SEEN = "seen"
WRITE_EVERY = 60


class SessionStore(db.SessionStore):
    """Sessions in the database; a sign-in gives a new key and starts both clocks."""

    def cycle_key(self) -> None:
        super().cycle_key()
        self[BEGAN] = self[SEEN] = int(time.time())


class SessionLimits:
    """Signs a caller out whose session was idle too long or has become too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not within_limits(request.session, int(time.time())):
            logout(request)
        return self.get_response(request)


def within_limits(session: db.SessionStore, now: int) -> bool:
    """Whether the session still holds at `now`; notes the visit, at most once a minute."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        session[BEGAN] = session[SEEN] = now
        return True
    if now - began >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE_SECONDS:
        return False
    if now - seen >= WRITE_EVERY:
        session[SEEN] = now
    return True
