"""From where, and from which browser, does a request come?"""

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The caller's address: the last one in X-Forwarded-For that is no proxy of ours.

    What a caller itself writes into that header is not believed.
    """
    here = request.META.get("REMOTE_ADDR", "")
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    while here in settings.PROXY_ADDRESSES and passed and passed[-1]:
        here = passed.pop()
    return here


def cookie_name() -> str:
    """The name of the cookie by which a device is known."""
    return "__Host-device" if settings.HTTPS else "device"
