"""Which entries of the registers stand behind a figure that counts no filings?

The registers are dated, so what counted on the last day of the period is asked of them again; an
entry that was put right since is told as it is now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from agencies.models import Agency, Claim, InspectionItem, ItemVersion
from agencies.query import row_after
from reports.definitions import MISSING, TABLE, TOTALS
from reports.gathering import filings_of
from reports.models import Compilation
from reports.registers import entries, idle_officers, unfiled_draws, unfiled_plans

NAMES = {one.name for one in (*TOTALS, *MISSING) if not one.measure} - {"mean_rating"}
OF_AGENCY = {column.name for column in TABLE["certificates"].columns}
SHELVES = {"agency": "agencies", "inspectionitem": "items", "officer": "officers"}


class NoSuchEntries(LookupError):
    """No entries of a register stand behind a figure of this name."""

    code = "no_such_entries"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register: its key and code, what it is called, on which shelf it stands."""

    pk: int
    code: str
    name: str
    shelf: str


def listed(compilation: Compilation, figure: str, agency: str = "") -> QuerySet[Any]:
    """The rows behind the figure, of one agency when its code is given.  Raises NoSuchEntries."""
    if figure not in NAMES or (agency and figure not in OF_AGENCY):
        raise NoSuchEntries(figure)
    region, period = compilation.region, compilation.days
    known = entries(region, period.last)
    if figure in known:
        rows = known[figure]
    elif figure == "officers_idle":
        rows = idle_officers(region, period, filings_of(region, period).counted())
    elif figure == "drawn_unfiled":
        rows = unfiled_draws(region, period, filings_of(region, period).counted())
    elif figure == "plans_unfiled":
        rows = unfiled_plans(region, period, filings_of(region, period).counted())
    else:
        rows = _unused(compilation, figure)
    if agency and figure == "items_claimed":
        own = Claim.objects.in_force(period.last).filter(agency__code=agency)
        rows = rows.filter(claims__in=own.filter(agency__in=Agency.objects.under(region)))
    elif agency:
        rows = rows.filter(agency__code=agency)
    return rows.distinct().order_by("pk")


def _unused(compilation: Compilation, figure: str) -> QuerySet[Any]:
    """The agencies or items whose row of the compile says 0 where they had the power."""
    table, model = (
        ("by_agency", Agency) if figure == "agencies_idle" else ("by_item", InspectionItem)
    )
    rows = compilation.found()["tables"][table]
    idle = [row["code"] for row in rows if row["count"] == 0 and "name" in row]
    return model._default_manager.filter(code__in=idle)


def page(rows: QuerySet[Any], after: str, size: int) -> tuple[list[Entry], int | None]:
    """The next entries, and the key after which the following page begins.  Raises BadParameter."""
    kind = rows.model._meta.model_name
    found = list(_joined(rows.filter(pk__gt=row_after(after)))[: size + 1])
    shown = [_entry(one, kind) for one in found[:size]]
    return shown, shown[-1].pk if len(found) > size else None


def every(rows: QuerySet[Any]) -> Iterator[Entry]:
    """All entries, a few thousand at a time."""
    kind = rows.model._meta.model_name
    return (_entry(one, kind) for one in _joined(rows).iterator(chunk_size=2000))


def _joined(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with what their entries tell of others."""
    joined = {"drawnsubject": ("subject", "draw"), "plan": ("agency",)}
    kind = rows.model._meta.model_name
    if kind == "inspectionitem":
        return rows.prefetch_related(
            Prefetch("versions", ItemVersion.objects.order_by("-version"), "newest_first")
        )
    return rows.select_related(*joined.get(kind, ()))


def _entry(one: Any, kind: str) -> Entry:
    if kind == "drawnsubject":
        return Entry(one.pk, str(one.draw), one.subject.name, "")
    if kind == "inspectionitem":
        newest = one.newest_first[0].name if one.newest_first else ""
        return Entry(one.pk, one.code, newest, SHELVES[kind])
    if kind == "plan":
        return Entry(one.pk, one.number, f"{one.name} · {one.agency.name}", "")
    return Entry(one.pk, one.code, one.name, SHELVES[kind])
