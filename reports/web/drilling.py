"""The filings behind one figure, and those it leaves out with the reason."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from filings.models import Filing
from reports.behind import PARTS, NoSuchFigure, behind
from reports.definitions import TABLE, definition_of
from reports.exports.answers import attached
from reports.exports.listing import LISTS, file_name, of_figure
from reports.labels import STANDING, label_of
from reports.measures import STANDINGS
from reports.reasons import REASON, REASONS
from reports.web.asking import finished, must_read_filings

SIZE = 50


@require_safe
def filings(request, key, code, pk, name):
    """Which filings does this figure count, and which not?"""
    check_parameters(request.GET, ("row", "column", "part", "after"))
    compilation = finished(request, key, code, pk)
    must_read_filings(request, compilation)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    part = request.GET.get("part", "") or PARTS[0]
    try:
        found = behind(compilation, name, row, column)
    except NoSuchFigure as error:
        raise Http404 from error
    shown, beyond = found.page(part, request.GET.get("after", ""), SIZE)
    seen = (
        Filing.objects.visible_to(request.authority)
        .filter(pk__in=shown)
        .with_parties()
        .order_by("pk")
    )
    context = {
        "compilation": compilation,
        "title": title_of(compilation, name, row, column),
        "counted": len(found.counted),
        "entries": found.entries,
        "left_out": len(found.left_out),
        "reasons": [(REASON[name], count) for name, count in found.reasons()],
        "definition": definition_of(name, row),
        "lists": LISTS,
        "part": part,
        "name": name,
        "place": {"row": row, "column": column},
        "rows": [(filing, *_standing(found, filing.pk)) for filing in seen],
        "next": beyond,
    }
    return render(request, "reports/behind.html", context)


@require_safe
def listed(request, key, code, pk, name, kind):
    """The same list as a file: each filing with how often it counts, or why it is left out."""
    check_parameters(request.GET, ("row", "column"))
    if kind not in LISTS:
        raise Http404
    compilation = finished(request, key, code, pk)
    must_read_filings(request, compilation)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    try:
        found = behind(compilation, name, row, column)
    except NoSuchFigure as error:
        raise Http404 from error
    words = file_name(compilation, name, row, column)
    blocks = of_figure(compilation, found, kind)
    return attached(blocks, kind, words, stream=True)


def _standing(found, pk) -> tuple[str, str]:
    """Where a filing stood, and why it is left out where it is."""
    place = found.at(pk)
    why = "" if found.times[place] else REASON[REASONS[found.why[place]]]
    return STANDING[STANDINGS[found.standing[place]]], why


def title_of(compilation, name, row, column) -> list[str]:
    """What the figure is called, in as many words as it has."""
    if name not in TABLE:
        return [label_of(name, {"code": row})]
    table = TABLE[name]
    rows = compilation.found()["tables"][name]
    shown = next((one for one in rows if one["code"] == row), {"code": row})
    label = next((one.label for one in table.columns if one.name == column), column)
    return [str(table.label), label_of(name, shown), str(label)]
