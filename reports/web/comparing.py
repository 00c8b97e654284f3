"""The page on which two compiles stand side by side."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from reports import behind, comparing, policy
from reports.definitions import TABLE
from reports.drawing import Swing, swings
from reports.models import Compilation
from reports.web.asking import must_read_years
from reports.web.charts import Cell
from reports.web.figures import NOTHING, link

CHOICES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in both compiles: what it is called, both values, the difference and its bar."""

    label: str
    before: Cell
    after: Cell
    change: Cell
    swing: Swing


@dataclass(frozen=True, slots=True)
class Part:
    """One table of differences; `more` tells how many rows differ beyond those shown."""

    label: str
    lines: list[Line]
    more: int = 0


@require_safe
def compare(request):
    """What has changed from one year to another, or from one version to the next?"""
    must_read_years(request)
    check_parameters(request.GET, ("before", "after"))
    rows = Compilation.objects.visible_to(request.authority).exclude(finished_at=None)
    before, after = _chosen(request, rows)
    choices = _choices(rows, before, after)
    context = {
        "before": before or (choices[1] if len(choices) > 1 and after is None else None),
        "after": after or (choices[0] if choices and before is None else None),
        "choices": choices,
        "compared": before is not None and after is not None,
    }
    if context["compared"]:
        linked = policy.reads_filings(request.authority, after.region)
        linked = linked and policy.reads_filings(request.authority, before.region)
        context["heads"] = _heads(before, after)
        context["parts"] = _parts(before, after, linked=linked)
    return render(request, "reports/compare.html", context)


def _choices(rows, *chosen) -> list[Compilation]:
    """The newest compiles to choose from, and the chosen ones whether or not among them."""
    columns = ("period", "region__name", "as_of", "digest", "seal__version", "seal__sealed_at")
    shown = rows.select_related("region", "seal").only(*columns)
    found = list(shown.order_by("-period", "-pk")[:CHOICES])
    kept = {one.pk for one in found}
    return found + [one for one in chosen if one is not None and one.pk not in kept]


def _heads(before, after) -> tuple[str, str]:
    """What the two columns are called: by as much as tells them apart."""
    for words in ("{0.period}", "{0.period} · {0.region.name}"):
        found = words.format(before), words.format(after)
        if found[0] != found[1]:
            return found
    said = [date_format(localtime(one.as_of), "Y-m-d H:i:s") for one in (before, after)]
    return f"{before.period} · {said[0]}", f"{after.period} · {said[1]}"


def _chosen(request, rows) -> tuple[Compilation | None, ...]:
    """The compile before and the one after; None for one that was not chosen."""
    keys = [request.GET.get(name, "") for name in ("before", "after")]
    asked = [key for key in keys if key]
    if not all(key.isascii() and key.isdigit() and len(key) < 19 for key in asked):
        raise Http404
    wanted = rows.select_related("region").defer("heads").in_bulk([int(key) for key in asked])
    if not all(int(key) in wanted for key in asked):
        raise Http404
    return tuple(wanted.get(int(key)) if key else None for key in keys)


def _parts(before, after, *, linked) -> list[Part]:
    pair, both = (before, after), (before.found(), after.found())
    parts = [
        Part(_("Totals"), _lines(pair, comparing.totals(*both), linked=linked)),
        Part(_("Indicators"), _lines(pair, comparing.indicators(*both), linked=linked)),
    ]
    for name in comparing.COMPARED:
        found, differing = comparing.table(name, *both)
        if found:
            lines = _lines(pair, found, linked=linked)
            parts.append(Part(str(TABLE[name].label), lines, max(differing - len(lines), 0)))
    return parts


def _lines(pair, found, *, linked) -> list[Line]:
    return [
        Line(
            one.label,
            _cell(pair[0], one.place, one.before, linked=linked),
            _cell(pair[1], one.place, one.after, linked=linked),
            Cell(_signed(one.change), _way(pair, one) if linked else None),
            swing,
        )
        for one, swing in zip(found, swings([float(one.change or 0) for one in found]), strict=True)
    ]


def _cell(compilation, place, value, *, linked) -> Cell:
    if value is None:
        return Cell(NOTHING)
    shown = f"{value:,}"
    if not linked:
        return Cell(shown)
    return Cell(shown, link(compilation, place.table, place.row, place.column, value))


def _way(pair, difference) -> str | None:
    """To the filings that one of two compiles of the same period and region counts more."""
    alike = pair[0].period == pair[1].period and pair[0].region_id == pair[1].region_id
    place = difference.place
    if not (alike and difference.change and behind.opens(place.table, place.row, place.column)):
        return None
    keys = {"before": pair[0].pk, "of": pair[1].pk}
    figure = {"table": place.table, "row": place.row, "column": place.column}
    return f"{reverse('reports:difference')}?{urlencode(keys | figure)}"


def _signed(change) -> str:
    """The difference as people write it, with a true minus sign."""
    if change is None:
        return NOTHING
    return f"{change:+,}".replace("-", "−") if change else "0"
