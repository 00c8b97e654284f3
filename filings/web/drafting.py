"""How an officer files an inspection: choose whom, say what, hand it in."""

from datetime import datetime, time

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.calendar import SHANGHAI, local_date
from agencies.models import Plan
from agencies.query import check_parameters
from agencies.querysets import in_force_q
from agencies.working_days import WorkingDays
from filings import actions
from filings.models import Filing, FilingOfficer
from filings.policy import StaleFiling, refusal
from filings.rules import FilingIncomplete, problems
from filings.rules.catalogue import CATALOGUE
from filings.web.choosing import agency_of, choose, subject_of
from filings.web.draft_form import DraftForm, stated
from filings.web.fields import lay
from filings.web.once import fresh_key, once
from filings.web.reasons import ReasonFields
from filings.web.showing import changes_since
from filings.web.standing import standing
from filings.workflow import Verb
from officers.models import Officer

RENAMED = {"officers": "partners"}


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request):
    """Whom does the new filing concern, and what does it say?"""
    check_parameters(request.GET, ("q", "subject", "agency"))
    agency = agency_of(request)
    subject = subject_of(request)
    if subject is None:
        return choose(request, agency, reverse("filings:draft"))
    return once(request, lambda: _draft(request, agency, subject))


def _draft(request, agency, subject):
    at = timezone.now()
    me = myself(request, agency)
    form = DraftForm(
        request.POST or None,
        agency=agency,
        me=me,
        at=at,
        initial=beginning(agency, subject, me, at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            said = form.draft(subject)
            filing = actions.draft(agency, said, by=request.authority, at=at)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems, RENAMED)
        else:
            return _go_on(request, filing, at)
    kept = f"new/{subject.pk}/{agency.code}"
    return form_page(request, form, agency=agency, subject=subject, kept=kept)


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request, pk):
    """What should the draft or returned filing say instead?"""
    check_parameters(request.GET, ("q", "subject", "choose", "check", "agency"))
    filing = get_object_or_404(editable(request), pk=pk)
    if (refused := refusal(Verb.REVISE, filing, request.authority)) is not None:
        raise refused
    if request.GET.get("choose"):
        return choose(
            request, filing.agency, reverse("filings:revise", args=[pk]), revising=filing.pk
        )
    return once(request, lambda: _revise(request, filing))


def _revise(request, filing):
    at = timezone.now()
    subject = subject_of(request) or filing.subject
    checked = request.method == "POST" or request.GET.get("check")
    found = problems(filing, at) if checked else []
    reasons = ReasonFields(request.POST or None, filing=filing, found=found)
    form = _revising(request, filing, at)
    changes = []
    if request.method == "POST" and form.is_valid() and reasons.is_valid():
        try:
            actions.require_seen(filing, form.cleaned_data["version"])
            said = form.draft(subject)
            filing = actions.revise(filing, said, by=request.authority, at=at)
            reasons.give(filing, by=request.authority, at=at)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems, RENAMED)
        except StaleFiling:
            filing.refresh_from_db()
            changes = changes_since(filing, form.cleaned_data["version"])
            form.data["version"] = filing.version
        else:
            return _go_on(request, filing, at)
    elif request.method != "POST" and checked:
        lay(form, [one for one in found if one.stops], RENAMED)
    return form_page(
        request,
        form,
        agency=filing.agency,
        subject=subject,
        filing=filing,
        changes=changes,
        reasons=reasons,
        kept=f"revise/{filing.pk}/{filing.version}",
    )


def editable(request):
    """The filings one may see, with what their form shows."""
    return (
        Filing.objects.visible_to(request.authority)
        .select_related("agency__region", "subject__business_region", "visit")
        .prefetch_related(Prefetch("members", FilingOfficer.objects.select_related("officer")))
    )


def myself(request, agency):
    """The officer that the caller is at this agency; None for somebody who is none."""
    return Officer.objects.filter(account=request.user, agency=agency).first()


def _revising(request, filing, at):
    me = myself(request, filing.agency)
    data = initial = None
    if request.method == "POST":
        data = request.POST.copy()
    elif request.GET.get("check"):
        data = stated(filing) | {"key": fresh_key()}
    else:
        initial = stated(filing)
    return DraftForm(data, agency=filing.agency, me=me, at=at, filing=filing, initial=initial)


def beginning(agency, subject, me, at):
    """What a new filing says before anything is typed.

    The next working day, in office hours, by the annual plan that is published for it.
    """
    day = WorkingDays.read().add(local_date(at), 1)
    plans = Plan.objects.filter(in_force_q(day), agency=agency, kind=Plan.Kind.ANNUAL)
    plan = plans.filter(published_on__lte=local_date(at)).order_by("valid_from", "pk").last()
    return {
        "plan_number": plan.number if plan else "",
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


def form_page(request, form, *, agency, subject, **context):
    """The form, with what one wants to know of the subject beside it."""
    filing = context.get("filing")
    start = filing.planned_start if filing else form.initial["planned_start"]
    context |= {
        "form": form,
        "agency": agency,
        "subject": subject,
        "standing": standing(agency, subject, start),
        "rules": {"standing": CATALOGUE["visit_cap_reached"]},
    }
    return render(request, "filings/form.html", context)
