"""Everything the rules look at, read once in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agencies.calendar import local_date
from agencies.models import Claim, ItemVersion
from filings.models import Filing
from officers.models import Certificate, Officer

LONGEST_WINDOW = timedelta(days=30)


@dataclass(frozen=True)
class Case:
    """A filing as judged at the instant `at`: its planned days, officers, items and claims."""

    filing: Filing
    at: datetime
    days: list[date]
    officers: list[Officer]
    versions: list[ItemVersion]
    claims: list[Claim]

    @classmethod
    def of(cls, filing: Filing, at: datetime) -> Case:
        """Read the case afresh from the database."""
        members = filing.members.select_related("officer").prefetch_related("officer__certificates")
        items = filing.items.select_related("item_version__item")
        versions = [one.item_version for one in items]
        wanted = [version.item_id for version in versions]
        return cls(
            filing=filing,
            at=at,
            days=planned_days(filing),
            officers=[member.officer for member in members],
            versions=versions,
            claims=list(Claim.objects.filter(agency=filing.agency_id, item__in=wanted)),
        )

    def certificate(self, officer: Officer) -> Certificate | None:
        """A certificate of `officer` that is valid on every planned day (R-OFF-2)."""
        for held in officer.certificates.all():
            if all(held.is_valid(day) for day in self.days):
                return held
        return None

    def covered(self, start: date, end: date | None) -> bool:
        """Whether the days from `start` up to, not including, `end` hold every planned day."""
        return start <= self.days[0] and (end is None or self.days[-1] < end)


def planned_days(filing: Filing) -> list[date]:
    """Every day of the planned window in Asia/Shanghai; the first day alone if it is reversed."""
    first, last = local_date(filing.planned_start), local_date(filing.planned_end)
    span = min(max((last - first).days, 0), LONGEST_WINDOW.days + 1)
    return [first + timedelta(days=offset) for offset in range(span + 1)]
