"""The filings behind one figure, as the API tells them."""

from django.http import Http404

from filings.models import Filing
from reports import entries, policy
from reports.api.serializers import BehindPageSerializer, EntryPageSerializer
from reports.behind import PARTS, NoSuchFigure, behind
from reports.labels import STANDING

PARAMETERS = ("table", "row", "column", "part", "after")
SIZE = 100


def page(request, compilation):
    """One page of the filings that the figure named by the parameters counts or leaves out."""
    asked = {name: request.query_params.get(name, "") for name in PARAMETERS}
    readable = policy.reads_filings(request.authority, compilation.region)
    if compilation.finished_at is None or not readable:
        raise Http404
    try:
        found = behind(compilation, asked["table"], asked["row"], asked["column"])
    except NoSuchFigure as error:
        raise Http404 from error
    shown, beyond = found.page(asked["part"] or PARTS[0], asked["after"], SIZE)
    return BehindPageSerializer(
        {
            "figure": found.entries,
            "counted": len(found.counted),
            "left_out": len(found.left_out),
            "reasons": [
                {"standing": name, "label": str(STANDING[name]), "count": count}
                for name, count in found.reasons()
            ],
            "results": _rows(request.authority, shown, found.standing),
            "next": beyond,
        }
    ).data


def held(request, compilation):
    """One page of the entries of the registers that the figure named by the parameters counts."""
    asked = request.query_params
    readable = policy.reads_filings(request.authority, compilation.region)
    if compilation.finished_at is None or not readable:
        raise Http404
    try:
        rows = entries.listed(compilation, asked.get("figure", ""), asked.get("agency", ""))
    except entries.NoSuchEntries as error:
        raise Http404 from error
    shown, beyond = entries.page(rows, asked.get("after", ""), SIZE)
    return EntryPageSerializer({"count": rows.count(), "results": shown, "next": beyond}).data


def _rows(authority, ids, standing):
    columns = ("pk", "number", "agency__code", "subject__name", "dated_at")
    seen = Filing.objects.visible_to(authority).filter(pk__in=ids)
    rows = seen.order_by("pk").values_list(*columns)
    return [
        {
            "id": pk,
            "number": number,
            "agency": agency,
            "subject": subject,
            "dated_at": dated_at,
            "standing": standing[pk],
            "reason": str(STANDING[standing[pk]]),
        }
        for pk, number, agency, subject, dated_at in rows
    ]
