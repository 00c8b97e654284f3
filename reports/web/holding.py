"""The entries of the registers behind a figure."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from officers.roles import Permission
from reports import entries
from reports.definitions import MISSING
from reports.labels import label_of
from reports.web.asking import finished, must_read_filings

SIZE = 100


@require_safe
def held(request, key, code, pk, name):
    """Which entries of the registers does this figure count?"""
    check_parameters(request.GET, ("agency", "after"))
    compilation = finished(request, key, code, pk)
    must_read_filings(request, compilation)
    agency = request.GET.get("agency", "")
    try:
        rows = entries.listed(compilation, name, agency)
    except entries.NoSuchEntries as error:
        raise Http404 from error
    shown, beyond = entries.page(rows, request.GET.get("after", ""), SIZE)
    context = {
        "compilation": compilation,
        "title": label_of("missing", {"code": name}) if name in MISSED else _total(name),
        "agency": agency,
        "count": rows.count(),
        "rows": shown,
        "next": beyond,
        "open": request.authority.may(Permission.REGISTER_READ),
    }
    return render(request, "reports/entries.html", context)


MISSED = {one.name for one in MISSING}


def _total(name: str) -> str:
    return label_of("totals", {"code": name})
