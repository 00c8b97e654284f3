"""The compiled years: which there are, what one says, and the order of another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import keyset
from agencies.calendar import local_date
from agencies.models import Job
from agencies.query import RefusedParameters, check_parameters
from officers.roles import Permission
from reports import actions, due, pictures, policy, sentence
from reports.exports import FORMATS
from reports.exports.listing import LISTS
from reports.filters import CompilationFilter
from reports.models import Compilation
from reports.web import figures as showing
from reports.web.asking import finished, must_read_years
from reports.web.forms import OrderForm

SIZE = 50
ROWS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def years(request):
    """Which years are compiled, and which one should be next?"""
    must_read_years(request)
    at = timezone.now()
    form = None
    if request.authority.may(Permission.YEAR_COMPILE):
        form = OrderForm(
            request.POST or None,
            authority=request.authority,
            on=local_date(at),
            last=actions.last_year(at),
        )
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Only an auditor orders the compile of a year."))
        if form.is_valid():
            return redirect(_order(request, form, at))
    found = _narrowed(request)
    aside = ("figures", "heads", "seal__leaves", "seal__changes", "seal__manifest")
    rows = found.qs.select_related("region", "job", "seal").defer(*aside).latest_first()
    page = keyset.page(rows, size=SIZE, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "form": form, "due": due.unpublished(at)}
    return render(request, "reports/years.html", context)


def _narrowed(request):
    visible = Compilation.objects.visible_to(request.authority)
    found = CompilationFilter(request.GET, visible, authority=request.authority, also=("cursor",))
    check_parameters(request.GET, {"cursor", *found.filters})
    if found.errors:
        raise RefusedParameters(found.errors)
    return found


def _order(request, form, at):
    """The ordered compile."""
    region = form.cleaned_data["region"]
    by = policy.orderer(request.authority, region)
    ordered = actions.order(form.cleaned_data["year"], region, by=by, at=at)
    messages.success(request, _("The compile is ordered; this page shows how far it is."))
    return ordered


@require_safe
def year(request, key, code, pk=None):
    """What does the year of this region say, in its latest compile or in the one asked for?"""
    check_parameters(request.GET, ())
    compilations = _compilations(request, key, code)
    newest = compilations[0]
    done = [one for one in compilations if one.finished_at]
    chosen = next((one for one in compilations if one.pk == pk), None) if pk else None
    if pk and chosen is None:
        raise Http404
    shown = chosen or (done[0] if done else newest)
    if shown.finished_at:
        shown.refresh_from_db(fields=["figures"])
    others = [one for one in compilations if one.pk != shown.pk]
    context = {
        "compilation": shown,
        "newest": newest,
        "others": others,
        "rival": next((one for one in others if one.finished_at), None),
        "live": shown.job.state in (Job.State.QUEUED, Job.State.RUNNING),
        "newer_is_live": newest.pk != shown.pk and newest.finished_at is None,
        "may_order": request.authority.may(Permission.YEAR_COMPILE),
    }
    if shown.finished_at is None:
        return _progress(request, context)
    return render(request, "reports/year.html", context | _said(request, shown))


def _progress(request, context):
    answer = render(request, "reports/progress.html", context)
    if context["live"]:
        # The page asks for itself again, without a script, until the compile is done.
        answer["Refresh"] = "2"
    return answer


def _compilations(request, key, code):
    must_read_years(request)
    visible = Compilation.objects.visible_to(request.authority)
    rows = visible.filter(period=key, region__code=code).select_related("region", "job", "seal")
    found = list(rows.defer("figures", "seal__leaves").order_by("-id")[:SIZE])
    if not found:
        raise Http404
    return found


def _said(request, compilation):
    figures = compilation.found()
    reads = policy.reads_filings(request.authority, compilation.region)
    linked = reads and compilation.keeps_facts
    chief, beside = showing.totals(compilation, figures, linked=linked)
    return {
        **sentence.both(figures),
        "chief": chief,
        "beside": beside,
        "linked": linked,
        "waterfall": showing.waterfall(compilation, figures, linked=linked),
        "tiles": showing.tiles(compilation, figures, linked=linked),
        "tables": showing.tables(compilation, figures, linked=linked),
        "indicators": showing.indicators(compilation, figures, linked=linked),
        "missing": showing.missing(compilation, figures, linked=linked),
        "checks": showing.checks(figures),
        "formats": FORMATS,
        "lists": LISTS,
        "seal": getattr(compilation, "seal", None),
        "may_seal": policy.may_seal(request.authority, compilation.region),
    }


@require_POST
def cancel(request, key, code, pk):
    """Stop a compile that waits or runs; nothing of it is published."""
    compilation = next((one for one in _compilations(request, key, code) if one.pk == pk), None)
    if compilation is None:
        raise Http404
    by = policy.orderer(request.authority, compilation.region)
    if actions.cancel(compilation, by=by, at=timezone.now()):
        messages.success(request, _("The compile is cancelled."))
    else:
        messages.error(request, _("The compile had ended already."))
    return redirect("reports:compilation", key, code, pk)


@require_safe
def picture(request, key, code, pk, name):
    """One drawing of one compile as a file."""
    check_parameters(request.GET, ())
    compilation = finished(request, key, code, pk)
    drawn = pictures.picture(compilation, compilation.found(), name)
    if drawn is None:
        raise Http404
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="{key}-{code}-{name}.svg"'
    return answer


@require_safe
def table(request, key, code, pk, name):
    """Every row of one table of one compile, a page of the long ones at a time."""
    check_parameters(request.GET, ("after",))
    after = _place(request.GET.get("after", ""))
    compilation = finished(request, key, code, pk)
    figures = compilation.found()
    if name not in figures["tables"]:
        raise Http404
    reads = policy.reads_filings(request.authority, compilation.region)
    linked = reads and compilation.keeps_facts
    part = slice(after, after + ROWS)
    shown = showing.table(compilation, figures, name, linked=linked, part=part)
    if after and not shown.bars:
        raise Http404
    context = {
        "compilation": compilation,
        "table": shown,
        "newer": f"?after={max(after - ROWS, 0)}" if after else None,
        "older": f"?after={after + ROWS}" if after + len(shown.bars) < shown.rows else None,
    }
    return render(request, "reports/table.html", context)


def _place(text: str) -> int:
    """How many rows lie before the page asked for.  404 for what is no such number."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Http404
    return int(text)
