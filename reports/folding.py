"""What came since is counted into a compile beside those that people order, a little at a time.

The next order goes on from it and finds the day counted already.  There is one such compile for
each period and region that somebody asked for of late.  It moves on in its place, nobody sees it,
and it is no figure of anybody: only an order publishes, leaves events and can be sealed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from reports import pieces, recompile
from reports.compiler import Found
from reports.definitions import VERSION
from reports.models import Compilation, KeptPiece

ASKED = timedelta(days=31)


def fold(*, clock: Callable[[], datetime]) -> int:
    """Count what came since for all who asked of late; for how many periods there was something."""
    folded = 0
    for period, region in _asked(clock()):
        base = base_of(period, region)
        began = clock()
        found = recompile.adjusted(base, anyway=False) if base else None
        if found is not None and _hold(found, as_of=began, at=clock()):
            folded += 1
    return folded


def base_of(period: str, region: int) -> Compilation | None:
    """The newest compile of this period and region from which another can go on."""
    held = Exists(KeptPiece.objects.filter(compilation=OuterRef("pk")))
    rows = Compilation.every.finished().filter(
        held | Q(row_count=0), period=period, region=region, definitions_version=VERSION
    )
    return rows.order_by("-as_of", "-id").first()


def still(base: Compilation) -> bool:
    """Whether the compile is where it was when it was read; holds it there till the commit."""
    if not base.interim:
        return True
    here = Compilation.every.select_for_update().filter(pk=base.pk, as_of=base.as_of)
    return bool(here.values_list("pk"))


def _asked(at: datetime) -> list[tuple[str, int]]:
    """The periods and regions of which somebody had a compile made of late."""
    rows = Compilation.objects.finished().filter(as_of__gte=at - ASKED)
    return list(rows.order_by("period", "region").values_list("period", "region").distinct())


@transaction.atomic
def _hold(found: Found, *, as_of: datetime, at: datetime) -> bool:
    """Keep what was found as the place from which the next goes on; False when that moved."""
    base = found.base
    if base is None or not still(base):
        return False
    same = Compilation.every.select_for_update().filter(
        period=base.period, region=base.region, interim=True
    )
    held = same.first() or Compilation(interim=True, period=base.period, region=base.region)
    held.year, held.first_on, held.last_on = base.year, base.first_on, base.last_on
    held.ordered_by, held.ordered_at = base.ordered_by, base.ordered_at
    found.write(held, as_of=as_of, at=at)
    held.save()
    if held.pk == base.pk:
        pieces.replace(held, found.parts)
    else:
        pieces.drop(held)
        pieces.keep(held, found.parts, base.pk)
    return True
