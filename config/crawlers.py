"""What machines ask of every site at its root: where they may look, and its mark."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

# Codes and the enterprise's own pages say themselves that they are not to be listed; a page that
# may not be read could not say so.
ROBOTS = """User-agent: *
Allow: /published/
Allow: /static/
Allow: /c/
Allow: /own/
Allow: /case/
Allow: /sign-in/
Disallow: /
"""


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines may look: what is published, and nothing that needs an account."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for whatever asks for it under its old name."""
    return redirect(static("img/mark.svg"))
