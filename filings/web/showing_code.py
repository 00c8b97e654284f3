"""The code of an approved filing on the officer's screen, as a picture and as a notice."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.paper import pdf
from agencies.query import check_parameters
from filings import codes, pictures
from filings.models import Visit
from filings.notice import notice
from filings.policy import shows_code
from filings.rules import problems
from filings.verifying import judge
from filings.web.scanning import check_in_form
from filings.web.showing import with_everything


@require_safe
def shown_code(request, pk):
    """The code, large, with what the enterprise compares it with."""
    filing, address = _found(request, pk)
    at = timezone.now()
    form = check_in_form(filing, request.authority, Visit.ScanOf.FILING)
    context = {
        "filing": filing,
        "address": address,
        "picture": pictures.svg(address, inline=True),
        "verdict": judge(filing, at),
        "at": at,
        "form": form,
        "problems": problems(filing, at) if form else [],
    }
    return render(request, "filings/code.html", context)


@require_safe
def code_picture(request, pk, form):
    """The code as SVG or PNG."""
    filing, address = _found(request, pk)
    if form == "svg":
        answer = HttpResponse(pictures.svg(address), content_type="image/svg+xml")
    else:
        answer = HttpResponse(pictures.png(address), content_type="image/png")
    return _named(answer, filing, form)


@require_safe
def notice_pdf(request, pk):
    """The notice of the inspection, to be printed or sent."""
    filing, address = _found(request, pk)
    content = pdf(notice(filing, address), filing.approved_at or timezone.now())
    return _named(HttpResponse(content, content_type="application/pdf"), filing, "pdf")


def _named(answer, filing, ending):
    name = filing.number or f"filing-{filing.pk}"
    answer["Content-Disposition"] = f'inline; filename="{name}.{ending}"'
    return answer


def _found(request, pk):
    check_parameters(request.GET, ())
    filing = get_object_or_404(with_everything(request.authority), pk=pk)
    token = codes.of(filing)
    if token is None:
        raise Http404
    if not shows_code(filing, request.authority):
        raise PermissionDenied(_("Only the agency that inspects shows the code."))
    return filing, request.build_absolute_uri(reverse("door:code", args=[token]))
