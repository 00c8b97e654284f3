"""The filings that make the difference of one figure between two compiles."""

from urllib.parse import urlencode

import numpy as np
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from filings.models import Filing
from reports.behind import NoSuchFigure, behind, page_of
from reports.models import Compilation
from reports.web.asking import must_read_filings, must_read_years
from reports.web.drilling import title_of

SIZE = 50
FIGURE = ("table", "row", "column")
COME, GONE = PARTS = ("come", "gone")


@require_safe
def filings(request):
    """Which filings does the figure count in one compile and not in the other?"""
    must_read_years(request)
    check_parameters(request.GET, ("before", "of", *FIGURE, "part", "after"))
    before, later = _compiled(request, "before", "of")
    place = {name: request.GET.get(name, "") for name in FIGURE}
    there, here = (_counted(one, *place.values()) for one in (before, later))
    if there is None and here is None:
        raise Http404
    there, here = (np.zeros(0, np.int64) if one is None else one for one in (there, here))
    ids = {COME: np.setdiff1d(here, there), GONE: np.setdiff1d(there, here)}
    part = request.GET.get("part") or COME
    if part not in PARTS:
        raise Http404
    shown, beyond = page_of(ids[part], request.GET.get("after", ""), SIZE)
    seen = Filing.objects.visible_to(request.authority).filter(pk__in=shown)
    context = {
        "before": before,
        "later": later,
        "title": title_of(later, *place.values()),
        "query": urlencode({"before": before.pk, "of": later.pk, **place}),
        "part": part,
        "numbers": {name: len(found) for name, found in ids.items()},
        "rows": seen.with_parties().order_by("pk"),
        "next": beyond,
    }
    return render(request, "reports/difference.html", context)


def _compiled(request, *names) -> list[Compilation]:
    """The finished compiles that the parameters name, if their filings are open to the reader."""
    keys = [request.GET.get(name, "") for name in names]
    if not all(key.isascii() and key.isdigit() and len(key) < 19 for key in keys):
        raise Http404
    rows = Compilation.objects.visible_to(request.authority).finished().select_related("region")
    found = rows.in_bulk([int(key) for key in keys])
    if not all(int(key) in found for key in keys):
        raise Http404
    for one in found.values():
        must_read_filings(request, one)
    return [found[int(key)] for key in keys]


def _counted(compilation, table, row, column):
    """The ids of the filings that the figure counts; None where the compile has no such figure."""
    try:
        return behind(compilation, table, row, column).counted
    except NoSuchFigure:
        return None
