"""The other direction of the scan: the officer reads the enterprise's own code at the door."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from filings.models import Visit
from filings.policy import refusal
from filings.scanned import scanned
from filings.web.verb_forms import CheckInForm
from filings.workflow import Verb
from officers.roles import Permission


@require_safe
def scan(request):
    """What is filed today for the holder of the code that was scanned or typed?"""
    check_parameters(request.GET, ("text",))
    if not request.authority.may(Permission.FILING_CHECK_IN):
        raise PermissionDenied(_("Only officers of an agency check in at a door."))
    text = request.GET.get("text", "").strip()
    found = scanned(text, request.authority, timezone.now()) if text else None
    context = {
        "text": text,
        "found": found,
        "awaited": [(one, _form(one.filing, request)) for one in found.filings] if found else [],
    }
    return render(request, "filings/scan.html", context)


def _form(filing, request):
    return check_in_form(filing, request.authority, Visit.ScanOf.SUBJECT)


def check_in_form(filing, authority, scan_of):
    """The check-in with the scan noted; None where it is not to be done now."""
    if refusal(Verb.CHECK_IN, filing, authority) is not None:
        return None
    form = CheckInForm(filing=filing, name=f"check_in_{filing.pk}")
    form.initial["scan_of"] = scan_of
    return form
