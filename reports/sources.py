"""What each table tells of a filing: words, flags, and columns that differ from row to row."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Left

from filings.models import Filing, Subject, Visit
from reports.facts import (
    BITS,
    FOLLOW_UP,
    INDUSTRY,
    KEPT,
    METHOD,
    NEVER,
    OUTCOME,
    STATUS,
    TRIGGER,
    TYPE,
    Words,
)
from reports.reading import GROUP, INSTANT, read_alike

BEGINNING, END = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Source:
    """What one table tells of a filing: words, flags, and columns that differ from row to row."""

    columns: dict[str, tuple[Any, str]]
    words: dict[str, tuple[Any, Words]] = field(default_factory=dict)
    flags: dict[str, Q] = field(default_factory=dict)

    def read(self, rows: Any) -> tuple[np.ndarray, np.ndarray]:
        """The columns of the rows, and for each row what it tells in words and flags."""
        told = {f"told_{name}": path for name, (path, _) in self.words.items()}
        told |= {f"is_{name}": condition for name, condition in self.flags.items()}
        sent = {f"sent_{name}": path for name, (path, _) in self.columns.items()}
        kinds = {f"sent_{name}": kind for name, (_, kind) in self.columns.items()}
        found, keys = read_alike(rows.order_by().annotate(**told, **sent), kinds, list(told))
        alike = np.zeros(len(keys), KEPT)
        for place, key in enumerate(keys):
            for (name, (_, words)), code in zip(self.words.items(), key, strict=False):
                alike[name][place] = words.place(code)
            ups = zip(self.flags, key[len(self.words) :], strict=True)
            alike["flags"][place] = sum(BITS[name] for name, up in ups if up)
        return found, alike[found[GROUP]]


def _instant(*paths: str, none: datetime) -> tuple[Any, str]:
    return Coalesce(*paths, Value(none)), INSTANT


FILING = Source(
    {
        "id": (F("pk"), "i8"),
        "agency": (F("agency_id"), "i4"),
        "subject": (F("subject_id"), "i4"),
        "visit": (Coalesce("visit_id", Value(NEVER)), "i4"),
        "dated": (F("dated_at"), INSTANT),
        "submitted": _instant("submitted_at", none=END),
        "filed": _instant("back_filed_at", "submitted_at", none=END),
    },
    {
        "status": (F("status"), STATUS),
        "type": (F("check_type"), TYPE),
        "trigger": (F("trigger"), TRIGGER),
        "method": (F("method"), METHOD),
    },
    {
        "native": Q(origin=Filing.Origin.NATIVE),
        "numbered": Q(number__isnull=False),
        "emergency": Q(emergency=True),
        "unlocked": Q(unlocked_at__isnull=False),
        "unannounced": Q(unannounced=True),
        "planned": ~Q(plan_number=""),
    },
)
SUBJECT = Source(
    {"key": (F("pk"), "i8")},
    {"industry": (Left("industry", 1), INDUSTRY)},
    {f"class_{code}": Q(credit_class=code) for code in Subject.CreditClass.values},
)
VISIT = Source(
    {
        "key": (F("pk"), "i8"),
        "arrived": _instant("arrived_at", none=BEGINNING),
        "left": _instant("left_at", none=BEGINNING),
    },
    flags={
        "arrived": Q(arrived_at__isnull=False),
        "code_shown": Q(code_shown=True),
        "certificates_shown": Q(certificates_shown=True),
        "scanned": Q(scan_of__in=[Visit.ScanOf.FILING, Visit.ScanOf.SUBJECT]),
        "joint": Q(joint=True),
    },
)
RESULT = Source(
    {"key": (F("filing_id"), "i8")},
    {"outcome": (F("outcome"), OUTCOME), "follow_up": (F("follow_up"), FOLLOW_UP)},
    {
        "has_result": Q(pk__isnull=False),
        "complete": Q(complete_record=True),
        "enforced": Q(enforcement_followed=True),
        "published": Q(published_on__isnull=False),
        "withheld": ~Q(publication_withheld=""),
        "delivered": Q(delivered_at__isnull=False),
        "rectified": Q(rectified_on__isnull=False),
        "published_in_time": Q(published_on__lte=F("publish_by")),
    },
)
