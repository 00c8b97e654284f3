"""What stands behind one figure, as the API tells it: page by page, or all of it as a file."""

from django.http import Http404

from filings.models import Filing
from reports import entries, policy
from reports.api.serializers import BehindPageSerializer, EntryPageSerializer
from reports.behind import PARTS, Behind, NoSuchFigure, behind
from reports.exports.answers import attached
from reports.exports.listing import LISTS, file_name, of_entries, of_figure
from reports.measures import STANDINGS
from reports.reasons import REASON, REASONS

FIGURE = ("table", "row", "column")
PARAMETERS = (*FIGURE, "part", "after")
SIZE = 100


def page(request, compilation):
    """One page of the filings that the figure named by the parameters counts or leaves out."""
    found = _behind(request, compilation)
    asked = request.query_params
    shown, beyond = found.page(asked.get("part") or PARTS[0], asked.get("after", ""), SIZE)
    return BehindPageSerializer(
        {
            "figure": found.entries,
            "counted": len(found.counted),
            "left_out": len(found.left_out),
            "reasons": [
                {"reason": name, "label": str(REASON[name]), "count": count}
                for name, count in found.reasons()
            ],
            "results": _rows(request.authority, shown, found),
            "next": beyond,
        }
    ).data


def filings(request, compilation, kind):
    """The list behind the figure as a file; every filing that was read where none is named."""
    if not request.query_params.get("table"):
        _must_read(request, compilation)
        words = file_name(compilation, "filings")
        return attached(LISTS[kind](compilation), kind, words, stream=True)
    found = _behind(request, compilation)
    words = file_name(compilation, *(request.query_params.get(name, "") for name in FIGURE))
    return attached(of_figure(compilation, found, kind), kind, words, stream=True)


def held(request, compilation):
    """One page of the entries of the registers that the figure named by the parameters counts."""
    rows = _entries(request, compilation)
    shown, beyond = entries.page(rows, request.query_params.get("after", ""), SIZE)
    return EntryPageSerializer({"count": rows.count(), "results": shown, "next": beyond}).data


def held_file(request, compilation, kind):
    """The same entries as a file."""
    rows = _entries(request, compilation)
    words = [request.query_params.get(name, "") for name in ("figure", "agency")]
    return attached(of_entries(rows, kind), kind, file_name(compilation, *words), stream=True)


def _behind(request, compilation) -> Behind:
    _must_read(request, compilation)
    try:
        return behind(compilation, *(request.query_params.get(name, "") for name in FIGURE))
    except NoSuchFigure as error:
        raise Http404 from error


def _entries(request, compilation):
    _must_read(request, compilation)
    asked = request.query_params
    try:
        return entries.listed(compilation, asked.get("figure", ""), asked.get("agency", ""))
    except entries.NoSuchEntries as error:
        raise Http404 from error


def _must_read(request, compilation):
    """Answer as if absent where there are no figures yet, or to one who may not read filings."""
    readable = policy.reads_filings(request.authority, compilation.region)
    if compilation.finished_at is None or not readable:
        raise Http404


def _rows(authority, ids, found):
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
            **_told(found, pk),
        }
        for pk, number, agency, subject, dated_at in rows
    ]


def _told(found, pk):
    """Where a filing stands, how often it counts, and why it does not where it is left out."""
    place = found.at(pk)
    times = int(found.times[place])
    why = "" if times else REASONS[found.why[place]]
    return {
        "standing": STANDINGS[found.standing[place]],
        "times": times,
        "reason": why,
        "told": str(REASON[why]) if why else "",
    }
