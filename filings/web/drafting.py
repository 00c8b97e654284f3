"""How an officer files an inspection: choose whom, say what, hand it in."""

from datetime import datetime, time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.calendar import SHANGHAI, add_working_days, local_date
from agencies.query import check_parameters
from filings import actions
from filings.models import Filing, Subject
from filings.policy import StaleFiling, refusal
from filings.rules import FilingIncomplete, problems
from filings.web.draft_form import DraftForm, stated
from filings.web.fields import lay
from filings.web.showing import changes_since
from filings.workflow import Verb
from officers.models import Officer
from officers.roles import Permission

FOUND = 20
RENAMED = {"officers": "partners"}


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request):
    """Whom does the new filing concern, and what does it say?"""
    check_parameters(request.GET, ("q", "subject", "agency"))
    agency = _agency(request)
    subject = _subject(request.GET.get("subject", ""))
    if subject is None:
        return _choose(request, agency, reverse("filings:draft"))
    at = timezone.now()
    me = Officer.objects.filter(account=request.user, agency=agency).first()
    form = DraftForm(
        request.POST or None, agency=agency, me=me, at=at, initial=_beginning(subject, me, at)
    )
    if request.method == "POST" and form.is_valid():
        try:
            said = form.draft(subject)
            filing = actions.draft(agency, said, by=request.authority, at=at)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems, RENAMED)
        else:
            return _go_on(request, filing, at)
    return _form_page(request, form, agency=agency, subject=subject)


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request, pk):
    """What should the draft or returned filing say instead?"""
    check_parameters(request.GET, ("q", "subject", "choose", "check"))
    filing = get_object_or_404(_editable(request), pk=pk)
    if (refused := refusal(Verb.REVISE, filing, request.authority)) is not None:
        raise refused
    if request.GET.get("choose"):
        return _choose(request, filing.agency, reverse("filings:revise", args=[pk]))
    at = timezone.now()
    subject = _subject(request.GET.get("subject", "")) or filing.subject
    form = _revising(request, filing, at)
    changes = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.require_seen(filing, form.cleaned_data["version"])
            said = form.draft(subject)
            filing = actions.revise(filing, said, by=request.authority, at=at)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems, RENAMED)
        except StaleFiling:
            filing.refresh_from_db()
            changes = changes_since(filing, form.cleaned_data["version"])
            form.data["version"] = filing.version
        else:
            return _go_on(request, filing, at)
    elif request.GET.get("check"):
        lay(form, problems(filing, at), RENAMED)
    return _form_page(
        request, form, agency=filing.agency, subject=subject, filing=filing, changes=changes
    )


def _editable(request):
    return (
        Filing.objects.visible_to(request.authority)
        .select_related("agency__region", "subject__business_region")
        .prefetch_related("members__officer")
    )


def _revising(request, filing, at):
    me = Officer.objects.filter(account=request.user, agency=filing.agency).first()
    data = initial = None
    if request.method == "POST":
        data = request.POST.copy()
    elif request.GET.get("check"):
        data = stated(filing)
    else:
        initial = stated(filing)
    return DraftForm(data, agency=filing.agency, me=me, at=at, filing=filing, initial=initial)


def _agency(request):
    """The agency one files for: the only one, or the one named.  404 for a stranger's."""
    mine = request.authority.agencies(Permission.FILING_DRAFT)
    if not mine:
        raise PermissionDenied(_("Only officers of an agency file inspections."))
    code = request.GET.get("agency", mine[0].code)
    found = next((agency for agency in mine if agency.code == code), None)
    if found is None:
        raise Http404
    return found


def _subject(key: str):
    """The subject of this key; None without a key.  404 for one that does not exist."""
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    return get_object_or_404(Subject.objects.select_related("business_region"), pk=key)


def _choose(request, agency, target):
    """The page on which one finds the subject, by name, pinyin or code."""
    wanted = request.GET.get("q", "").strip()
    found = []
    if wanted:
        near = Case(When(business_region__path__startswith=agency.region.path, then=0), default=1)
        rows = Subject.objects.called(wanted).select_related("business_region")
        found = list(rows.order_by(near, "name", "pk")[: FOUND + 1])
    context = {
        "agency": agency,
        "agencies": request.authority.agencies(Permission.FILING_DRAFT),
        "wanted": wanted,
        "subjects": found[:FOUND],
        "more": len(found) > FOUND,
        "target": target,
        "revising": request.GET.get("choose", ""),
    }
    return render(request, "filings/choose.html", context)


def _beginning(subject, me, at):
    """What a new filing says before anything is typed: the next working day, in office hours."""
    day = add_working_days(local_date(at), 1)
    return {
        "place": subject.business_address,
        "lead": me,
        "planned_start": datetime.combine(day, time(9), SHANGHAI),
        "planned_end": datetime.combine(day, time(17), SHANGHAI),
    }


def _go_on(request, filing, at):
    """Hand the saved filing in when that was asked for; else show it."""
    if "submit" not in request.POST:
        messages.success(request, _("The draft is saved."))
        return redirect(filing)
    try:
        actions.submit(filing, by=request.authority, at=at)
    except FilingIncomplete:
        messages.warning(request, _("The draft is saved, but cannot be submitted yet."))
        return redirect(reverse("filings:revise", args=[filing.pk]) + "?check=1")
    messages.success(request, _("The filing is submitted; the approver sees it now."))
    return redirect(filing)


def _form_page(request, form, **context):
    return render(request, "filings/form.html", {"form": form, **context})
