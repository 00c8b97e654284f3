"""What stands beside the form: who was at the subject lately, and how many visits are left."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from agencies import walls
from agencies.calendar import local_date
from agencies.models import Agency
from filings.models import Filing, Subject
from filings.rules.history import VISITED, earlier_checks
from filings.rules.settings import Settings

RECENT = 5
CAP = "visit_cap_reached"


@dataclass(frozen=True, slots=True)
class Standing:
    """The visits of one year at a subject: by this agency, of so many allowed, and by anyone."""

    year: int
    own: int
    cap: int
    everyone: int
    recent: list[Filing]

    @property
    def left(self) -> int:
        return max(self.cap - self.own, 0)


def standing(agency: Agency, subject: Subject, start: datetime) -> Standing:
    """How the agency stands with the subject in the year of `start` (R-FRQ-4)."""
    day = local_date(start)
    settings = Settings.on(day, agency.region)
    methods = settings.param(CAP, "methods")
    exempt = settings.param(CAP, "exempt_triggers")
    planned = Filing(agency=agency, subject=subject, planned_start=start, planned_end=start)
    this_year = [
        one
        for one in earlier_checks(planned, subject, timezone.now())
        if one.day.year == day.year and one.method in methods
    ]
    own = {o.visit for o in this_year if o.agency == agency.pk and o.trigger not in exempt}
    by_class = settings.param(CAP, "by_class")
    return Standing(
        year=day.year,
        own=len(own),
        cap=by_class.get(subject.credit_class, settings.param(CAP, "visits")),
        everyone=len({one.visit for one in this_year}),
        recent=recent(subject),
    )


@walls.opened()
def recent(subject: Subject) -> list[Filing]:
    """The latest visits at the subject by any agency: when and by whom, nothing more of them."""
    rows = Filing.objects.filter(subject=subject, status__in=VISITED).select_related("agency")
    return list(rows.order_by("-planned_start", "-pk")[:RECENT])
