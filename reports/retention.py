"""What need not be kept for ever: the facts behind compiles that nobody sealed.

Figures and digests stay; only the lists of filings behind them go, and the newest compile of every
period and region keeps its own, since the next one goes on from it.  What is counted between orders
goes when nobody has ordered for a month.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from reports.folding import ASKED
from reports.models import Compilation, FactPiece, KeptPiece

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Take away the facts of old unsealed compiles; of how many compiles."""
    newer = Compilation.objects.finished().filter(
        period=OuterRef("period"), region=OuterRef("region"), pk__gt=OuterRef("pk")
    )
    old = Compilation.objects.finished().filter(
        Exists(newer), finished_at__lt=at - KEPT_FOR, seal=None, pieces__isnull=False
    )
    keys = list(old.order_by().values_list("pk", flat=True).distinct())
    keys += _unasked(at)
    KeptPiece.objects.filter(compilation__in=keys).delete()
    held = KeptPiece.objects.filter(piece=OuterRef("pk"))
    FactPiece.objects.filter(~Exists(held)).delete()
    return len(keys)


def _unasked(at: datetime) -> list[int]:
    """The interim compiles of what nobody has asked for of late."""
    asked = Compilation.objects.finished().filter(
        period=OuterRef("period"), region=OuterRef("region"), as_of__gte=at - ASKED
    )
    idle = Compilation.every.filter(~Exists(asked), interim=True, pieces__isnull=False)
    return list(idle.order_by().values_list("pk", flat=True).distinct())
