"""The filings behind one figure, and those it leaves out with the reason."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from filings.models import Filing
from reports.behind import PARTS, NoSuchFigure, behind
from reports.definitions import TABLE
from reports.labels import STANDING, label_of
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
    listed = (
        Filing.objects.visible_to(request.authority)
        .filter(pk__in=shown)
        .with_parties()
        .order_by("pk")
    )
    context = {
        "compilation": compilation,
        "title": _title(compilation, name, row, column),
        "counted": len(found.counted),
        "entries": found.entries,
        "left_out": len(found.left_out),
        "reasons": [(STANDING[name], count) for name, count in found.reasons()],
        "part": part,
        "place": {"row": row, "column": column},
        "rows": [(filing, STANDING[found.standing[filing.pk]]) for filing in listed],
        "next": beyond,
    }
    return render(request, "reports/behind.html", context)


def _title(compilation, name, row, column) -> list[str]:
    if name not in TABLE:
        return [label_of(name, {"code": row})]
    table = TABLE[name]
    rows = compilation.found()["tables"][name]
    shown = next((one for one in rows if one["code"] == row), {"code": row})
    label = next((one.label for one in table.columns if one.name == column), column)
    return [str(table.label), label_of(name, shown), str(label)]
