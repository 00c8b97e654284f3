"""A compile as files to take away: its figures, and the list of filings behind them."""

from django.http import Http404
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from reports.exports import FORMATS
from reports.exports.answers import attached
from reports.exports.listing import LISTS, file_name
from reports.web.asking import finished, must_read_filings


@require_safe
def figures(request, key, code, pk, kind):
    """The figures as CSV, XLSX, JSON, Parquet or PDF, in the language of the page."""
    check_parameters(request.GET, ())
    if kind not in FORMATS:
        raise Http404
    compilation = finished(request, key, code, pk)
    content = FORMATS[kind](compilation)
    return attached(content, kind, f"jianbei-{key}-{code}")


@require_safe
def filings(request, key, code, pk, kind):
    """Every filing that was read, with where it stood: counted, or left out and why."""
    check_parameters(request.GET, ())
    if kind not in LISTS:
        raise Http404
    compilation = finished(request, key, code, pk)
    must_read_filings(request, compilation)
    words = file_name(compilation, "filings")
    return attached(LISTS[kind](compilation), kind, words, stream=True)
