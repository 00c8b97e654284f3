"""The emergency road on the phone: begin at the door, file in full afterwards (R-SIT-2)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.query import check_parameters
from filings import actions
from filings.policy import StaleFiling, refusal
from filings.rules import FilingIncomplete
from filings.web.choosing import agency_of, choose, subject_of
from filings.web.draft_form import DraftForm, stated
from filings.web.drafting import RENAMED, beginning, editable, form_page, myself
from filings.web.fields import MomentField, lay, words
from filings.web.once import once
from filings.web.showing import changes_since
from filings.workflow import Verb

USUAL_LENGTH = timezone.timedelta(hours=2)


class EmergencyForm(DraftForm):
    """The filing, and why nobody could wait for its approval."""

    reason = words(gettext_lazy("Why it could not wait"), 300, rows=2, required=True)
    reported_to = words(gettext_lazy("Reported by word of mouth to"), 60, required=True)
    arrived_at = MomentField(label=gettext_lazy("Arrived at"))
    planned_start = None

    def draft(self, subject):
        self.cleaned_data["planned_start"] = self.cleaned_data["arrived_at"]
        return super().draft(subject)

    def emergency(self) -> actions.Emergency:
        said = self.cleaned_data
        return actions.Emergency(said["reason"], said["reported_to"], said["arrived_at"])


class BackFilingForm(DraftForm):
    """The emergency in full, and what kept it from being filed in time."""

    fault = words(gettext_lazy("Fault of network or system, if any"), 300)
    planned_start = MomentField(label=gettext_lazy("Arrived at"), disabled=True)


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request):
    """Who is visited without a filing, why, and since when?"""
    check_parameters(request.GET, ("q", "subject", "agency"))
    agency = agency_of(request)
    subject = subject_of(request)
    if subject is None:
        return choose(request, agency, reverse("filings:emergency"), emergency=True)
    return once(request, lambda: _begin(request, agency, subject))


def _begin(request, agency, subject):
    at = timezone.now()
    me = myself(request, agency)
    first = beginning(agency, subject, me, at) | {
        "arrived_at": at,
        "planned_end": at + USUAL_LENGTH,
        "trigger": "emergency",
        "plan_number": "",
    }
    form = EmergencyForm(request.POST or None, agency=agency, me=me, at=at, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            filing = actions.open_emergency(
                agency, form.draft(subject), form.emergency(), by=request.authority, at=at
            )
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems, RENAMED)
        else:
            messages.success(request, _("The inspection has begun; file it in full afterwards."))
            return redirect(filing)
    kept = f"emergency/{subject.pk}/{agency.code}"
    return form_page(
        request, form, agency=agency, subject=subject, kept=kept, verb=Verb.OPEN_EMERGENCY
    )


@require_http_methods(["GET", "HEAD", "POST"])
def back_file(request, pk):
    """What does the emergency say in full?"""
    check_parameters(request.GET, ())
    filing = get_object_or_404(editable(request), pk=pk)
    if (refused := refusal(Verb.BACK_FILE, filing, request.authority)) is not None:
        raise refused
    return once(request, lambda: _back_file(request, filing))


def _back_file(request, filing):
    at = timezone.now()
    me = myself(request, filing.agency)
    form = BackFilingForm(
        request.POST.copy() or None,
        agency=filing.agency,
        me=me,
        at=at,
        filing=filing,
        initial=stated(filing) | {"fault": filing.fault},
    )
    changes = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.require_seen(filing, form.cleaned_data["version"])
            said = form.draft(filing.subject)
            fault = form.cleaned_data["fault"]
            actions.back_file(filing, said, by=request.authority, at=at, fault=fault)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems, RENAMED)
        except StaleFiling:
            filing.refresh_from_db()
            changes = changes_since(filing, form.cleaned_data["version"])
            form.data["version"] = filing.version
        else:
            messages.success(request, _("The emergency is filed; the approver sees it now."))
            return redirect(filing)
    return form_page(
        request,
        form,
        agency=filing.agency,
        subject=filing.subject,
        filing=filing,
        changes=changes,
        kept=f"back-file/{filing.pk}/{filing.version}",
        verb=Verb.BACK_FILE,
    )
