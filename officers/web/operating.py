"""The queue as the administrator sees it: what waits, runs, or is parked, and a hand on each."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from agencies.authority import NotAuthorised
from agencies.filters import JobFilter
from agencies.models import Job
from agencies.query import RefusedParameters, check_parameters
from agencies.schedule import BY, moment_of
from agencies.web.lists import address, paged
from officers.actions.operating import JobNotOpen, cancel_job, retry_job
from officers.roles import Permission
from officers.web.forms import ReasonForm

LABELS = {
    "reports.compile_year": gettext_lazy("Compile of a year"),
    "reports.fold_changes": gettext_lazy("Counting the changes of the last minutes"),
    "reports.forget_facts": gettext_lazy("Letting go of old lists behind compiles"),
    "filings.take_in": gettext_lazy("Import of a file"),
    "filings.dispose": gettext_lazy("Disposal"),
    "filings.propose_disposals": gettext_lazy("Looking for what was kept long enough"),
    "filings.watch_clocks": gettext_lazy("Watching the deadlines"),
    "filings.sweep_rules": gettext_lazy("Looking for what no filing shows"),
    "officers.forget_keys": gettext_lazy("Letting go of spent keys of requests"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One state: how many jobs are in it, and where it leads."""

    label: str
    count: int
    query: str
    here: bool


@require_safe
def jobs(request):
    """Which jobs wait, run or failed?"""
    _require_operator(request)
    found = JobFilter(request.GET, Job.objects.all(), also=("cursor",))
    check_parameters(request.GET, {"cursor", *found.filters})
    if found.errors:
        raise RefusedParameters(found.errors)
    pages = paged(request, found.qs.order_by("-ordered_at", "-id"))
    for job in pages["page"].rows:
        job.label = LABELS.get(job.kind, job.kind)
        job.slot = moment_of(job.key) if job.ordered_by == BY else None
    return render(request, "officers/jobs.html", {**pages, "tabs": _tabs(request)})


def _tabs(request) -> list[Tab]:
    counts = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    chosen = request.GET.get("state", "")
    every = Tab(_("All"), sum(counts.values()), address(request.GET, state=None), not chosen)
    return [every] + [
        Tab(
            state.label,
            counts.get(state, 0),
            address(request.GET, state=state.value),
            chosen == state,
        )
        for state in Job.State
    ]


@require_POST
def cancel(request, pk):
    """Stop a job that waits or runs."""
    _require_operator(request)
    reason = ReasonForm(request.POST)
    if not reason.is_valid():
        messages.error(request, _("Give the reason."))
        return redirect("officers:jobs")
    return _do(request, pk, cancel_job, _("The job is stopped."), **reason.cleaned_data)


@require_POST
def retry(request, pk):
    """Queue a job again."""
    return _do(request, pk, retry_job, _("The job is queued again."))


def _do(request, pk, verb, told, **said):
    _require_operator(request)
    job = get_object_or_404(Job, pk=pk)
    try:
        verb(job, by=request.authority, at=timezone.now(), **said)
    except (JobNotOpen, NotAuthorised) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("officers:jobs")


def _require_operator(request):
    if not request.authority.may(Permission.JOB_MANAGE):
        raise PermissionDenied(_("Only administrators see the queue of jobs."))
