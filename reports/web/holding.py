"""The entries of the registers behind a figure."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from officers.roles import Permission
from reports import entries
from reports.definitions import MISSING
from reports.exports.answers import attached
from reports.exports.listing import file_name, of_entries
from reports.exports.lists import WRITERS
from reports.labels import label_of
from reports.web.asking import finished, must_read_filings

SIZE = 100


@require_safe
def held(request, key, code, pk, name):
    """Which entries of the registers does this figure count?"""
    check_parameters(request.GET, ("agency", "after"))
    compilation, agency, rows = _asked(request, (key, code, pk), name)
    shown, beyond = entries.page(rows, request.GET.get("after", ""), SIZE)
    context = {
        "compilation": compilation,
        "title": label_of("missing", {"code": name}) if name in MISSED else _total(name),
        "name": name,
        "agency": agency,
        "count": rows.count(),
        "rows": shown,
        "next": beyond,
        "lists": WRITERS,
        "open": request.authority.may(Permission.REGISTER_READ),
    }
    return render(request, "reports/entries.html", context)


@require_safe
def listed(request, key, code, pk, name, kind):
    """The same entries as a file."""
    check_parameters(request.GET, ("agency",))
    if kind not in WRITERS:
        raise Http404
    compilation, agency, rows = _asked(request, (key, code, pk), name)
    words = file_name(compilation, name, agency)
    return attached(of_entries(rows, kind), kind, words, stream=True)


def _asked(request, compiled, name):
    compilation = finished(request, *compiled)
    must_read_filings(request, compilation)
    agency = request.GET.get("agency", "")
    try:
        return compilation, agency, entries.listed(compilation, name, agency)
    except entries.NoSuchEntries as error:
        raise Http404 from error


MISSED = {one.name for one in MISSING}


def _total(name: str) -> str:
    return label_of("totals", {"code": name})
