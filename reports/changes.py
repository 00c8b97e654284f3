"""Which filings may count otherwise than when a compile was made?  The book tells.

Every change leaves an event in the transaction that made it, and a compile keeps how far each chain
had come in its snapshot.  What is not understood here asks for a full recount.
"""

from typing import Any

from django.db.models import Q

from agencies.models import Chain, Event
from filings.models import Alert, Filing, SupervisionCase
from reports.reading import among

# Events on these change no fact of a filing, or something that every compile asks anew.
ASIDE = {
    "agencies.batch",
    "agencies.checkpoint",
    "agencies.claim",
    "agencies.inspectionitem",
    "agencies.itemversion",
    "agencies.job",
    "agencies.plan",
    "filings.draw",
    "filings.evidence",
    "filings.rating",
    "filings.upload",
    "officers.account",
    "officers.appointment",
    "officers.certificate",
    "officers.officer",
    "officers.token",
    "reports.compilation",
    "reports.seal",
}
CHAINS = 100


def since(heads: dict[str, list[Any]]) -> set[int] | None:
    """The ids of filings with an event after these heads; None when a full recount is needed."""
    touched: dict[str, set[int]] = {}
    for kind, pk in _events(heads):
        touched.setdefault(kind, set()).add(pk)
    filings: set[int] = set()
    for kind, keys in touched.items():
        if kind in ASIDE:
            continue
        if kind not in _FILINGS:
            return None
        filings |= set(_FILINGS[kind](keys))
    return filings


def _events(heads: dict[str, list[Any]]) -> set[tuple[str, int]]:
    """What was written about since the heads: kind and key."""
    grown = [
        (key, heads.get(key, [0])[0])
        for key, length in Chain.objects.values_list("key", "length")
        if length > heads.get(key, [0])[0]
    ]
    found: set[tuple[str, int]] = set()
    for some in (grown[at : at + CHAINS] for at in range(0, len(grown), CHAINS)):
        later = Q()
        for key, length in some:
            later |= Q(chain=key, seq__gt=length)
        rows = Event.objects.filter(later).order_by().values_list("object_type", "object_id")
        found |= {(kind, int(pk) if pk.isdigit() else 0) for kind, pk in rows.iterator()}
    return found


_FILINGS: dict[str, Any] = {
    "filings.filing": lambda keys: keys,
    "filings.alert": lambda keys: _named_by(Alert, keys),
    "filings.supervisioncase": lambda keys: _named_by(SupervisionCase, keys),
    "filings.subject": lambda keys: Filing.objects.filter(subject__in=among(keys)).values_list(
        "pk", flat=True
    ),
}


def _named_by(model: Any, keys: set[int]) -> Any:
    rows = model.objects.filter(pk__in=among(keys), filing__isnull=False)
    return rows.values_list("filing", flat=True)
