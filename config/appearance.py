"""Whether pages are light or dark: as the device is, or as the reader chose."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "appearance"
AS_THE_DEVICE, LIGHT, DARK = "device", "light", "dark"
CHOICES = (AS_THE_DEVICE, LIGHT, DARK)
KEPT = 365 * 24 * 3600


def chosen(request: HttpRequest) -> str:
    """What the reader asked for; what the device does when nothing readable was asked."""
    asked = request.COOKIES.get(COOKIE, "")
    return asked if asked in CHOICES else AS_THE_DEVICE


@require_POST
@login_not_required
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie and lead back to the page it was made on."""
    asked = request.POST.get("appearance", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    answer.set_cookie(
        COOKIE,
        asked if asked in CHOICES else AS_THE_DEVICE,
        max_age=KEPT,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return answer
