"""Which filings may count otherwise than when a compile was made?  The book tells.

Every change leaves an event in the transaction that made it, and a compile keeps how far each chain
had come in its snapshot.  What is not understood here asks for a full recount.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.db.models.functions import Cast

from agencies.models import Chain, Event
from filings.models import Alert, Filing, SupervisionCase
from reports.gathering import named
from reports.likeness import different
from reports.reading import GROUP, read, read_alike

# Events on these change no fact of a filing, or something that every compile asks anew.
ASIDE = {
    "agencies.checkpoint",
    "agencies.claim",
    "agencies.inspectionitem",
    "agencies.itemversion",
    "agencies.job",
    "agencies.plan",
    "filings.draw",
    "filings.evidence",
    "filings.upload",
    "officers.account",
    "officers.appointment",
    "officers.breakglass",
    "officers.certificate",
    "officers.device",
    "officers.nomination",
    "officers.officer",
    "officers.apitoken",
    "reports.compilation",
    "reports.seal",
}
CHAINS = 100
NUMBER = Case(
    When(object_id__regex=r"^[0-9]{1,18}$", then=Cast("object_id", BigIntegerField())),
    default=Value(0),
    output_field=BigIntegerField(),
)


class Changed(NamedTuple):
    """The ids of the filings and of the ratings that something was written about."""

    filings: np.ndarray
    ratings: np.ndarray


def since(heads: dict[str, list[Any]]) -> Changed | None:
    """What has an event after these heads; None when only a full recount can tell."""
    filings = [np.zeros(0, np.int64)]
    found = _events(heads)
    ratings = different(found.pop("filings.rating", np.zeros(0, np.int64)))
    for kind, keys in found.items():
        if kind in ASIDE:
            continue
        if kind not in _FILINGS:
            return None
        filings += _FILINGS[kind](different(keys))
    return Changed(different(np.concatenate(filings)), ratings)


def _events(heads: dict[str, list[Any]]) -> dict[str, np.ndarray]:
    """What was written about since the heads: the keys of each kind, 0 for what is no number."""
    grown = [
        (key, heads.get(key, [0])[0])
        for key, length in Chain.objects.values_list("key", "length")
        if length > heads.get(key, [0])[0]
    ]
    found: dict[str, list[np.ndarray]] = {}
    for some in (grown[at : at + CHAINS] for at in range(0, len(grown), CHAINS)):
        later = Q()
        for key, length in some:
            later |= Q(chain=key, seq__gt=length)
        events = Event.objects.order_by().filter(later).annotate(key=NUMBER)
        rows, kinds = read_alike(events, {"key": "i8"}, ["object_type"])
        for place, (kind,) in enumerate(kinds):
            found.setdefault(kind, []).append(rows["key"][rows[GROUP] == place])
    return {kind: np.concatenate(keys) for kind, keys in found.items()}


def _of(rows: Any, path: str, keys: np.ndarray) -> list[np.ndarray]:
    return [read(some, {"key": "i8"})["key"] for some in named(rows, path, keys)]


_FILINGS: dict[str, Callable[[np.ndarray], list[np.ndarray]]] = {
    "filings.filing": lambda keys: [keys],
    "filings.alert": lambda keys: _of(_leading(Alert), "pk", keys),
    "filings.supervisioncase": lambda keys: _of(_leading(SupervisionCase), "pk", keys),
    "filings.subject": lambda keys: _of(
        Filing.objects.order_by().annotate(key=F("pk")), "subject", keys
    ),
}


def _leading(model: Any) -> Any:
    """The rows that belong to a filing, with its id."""
    rows = model.objects.order_by().filter(filing__isnull=False)
    return rows.annotate(key=F("filing_id"))
