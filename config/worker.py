"""The service worker at the root, and the page it shows when there is no connection."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SCRIPT = Path(settings.BASE_DIR) / "config" / "static" / "js" / "worker.js"


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The script, from the root so that it may answer for every page."""
    answer = HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """What to say without a connection, the same for everybody and in both languages."""
    return render(request, "offline.html")
