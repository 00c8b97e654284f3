"""Everything the rules look at, read once in a fixed number of queries.

The law counts the visits of every agency, whoever files; a problem tells no more than their number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from agencies import walls
from agencies.calendar import local_date
from agencies.models import Agency, Claim, ItemVersion
from agencies.working_days import WorkingDays
from filings.models import Conflict, Filing, FilingOfficer, Subject, SupervisionCase
from filings.rules.history import Earlier, earlier_checks, permit_checks, superior_checks
from filings.rules.law import Law
from filings.rules.settings import Settings
from officers.models import Certificate, Officer

LONGEST_READ = timedelta(days=366)


@dataclass(frozen=True)
class Case:
    """A filing as judged at the instant `at`, with all that the rules compare it to.

    `earliest` is the first day a daily inspection may begin by the lead time; None where none is
    asked for.
    """

    filing: Filing
    at: datetime
    agency: Agency
    subject: Subject
    settings: Settings
    days: list[date]
    officers: list[Officer]
    versions: list[ItemVersion]
    claims: list[Claim]
    earliest: date | None = None
    law: Law = field(default_factory=Law)
    in_conflict: frozenset[int] = frozenset()
    recusal_asked: frozenset[int] = frozenset()
    repeated: frozenset[int] = frozenset()
    permitted: frozenset[int] = frozenset()
    earlier: list[Earlier] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    @classmethod
    @walls.opened()
    def of(cls, filing: Filing, at: datetime, parties: Filing | None = None) -> Case:
        """Read the case afresh from the database; its `parties` unless they were just read."""
        parties = parties or with_parties().get(pk=filing.pk)
        agency, subject, days = parties.agency, parties.subject, planned_days(filing)
        settings = Settings.on(days[0], agency.region)
        law = Law.of(filing, agency, subject, days)
        months = settings.param("superior_checked_lately", "days")
        items = (
            filing.items.select_related("item_version__item")
            .prefetch_related("item_version__bases")
            .annotate(
                repeated=superior_checks(filing, agency, subject, months),
                permitted=permit_checks(
                    filing, settings.param("checked_for_permit", "after_triggers")
                ),
            )
        )
        versions = [one.item_version for one in items]
        members = _members(filing, days)
        return cls(
            filing=filing,
            at=at,
            agency=agency,
            subject=subject,
            settings=settings,
            days=days,
            officers=[member.officer for member in members],
            versions=versions,
            claims=list(
                Claim.objects.filter(
                    agency__in=[agency.pk, agency.principal_id],
                    item__in=[version.item_id for version in versions],
                )
            ),
            earliest=_earliest(filing, at, settings.param("lead_time_short", "working_days")),
            law=law,
            in_conflict=frozenset(one.officer_id for one in members if one.conflicted),
            recusal_asked=frozenset(one.officer_id for one in members if one.asked),
            repeated=frozenset(one.item_version_id for one in items if one.repeated),
            permitted=frozenset(one.item_version_id for one in items if one.permitted),
            earlier=earlier_checks(filing, subject, at, law.months()),
            reasons=dict(filing.reasons.values_list("code", "text")),
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

    def meets(self, start: date, end: date | None) -> bool:
        """Whether some planned day lies from `start` up to, not including, `end`."""
        return any(start <= day and (end is None or day < end) for day in self.days)

    def param(self, code: str, name: str) -> Any:
        """The threshold `name` of the rule that gives `code`, as in force for this filing."""
        return self.settings.param(code, name)

    def exempt(self, code: str) -> bool:
        """Whether the trigger frees this filing from the rule that gives `code` (R-FRQ-3)."""
        return self.filing.emergency or self.filing.trigger in self.param(code, "exempt_triggers")


def _earliest(filing: Filing, at: datetime, ahead: int) -> date | None:
    """R-APP-3: the day that lies so many working days after the submission, or after today."""
    return WorkingDays.read().add(local_date(filing.submitted_at or at), ahead) if ahead else None


def with_parties() -> QuerySet[Filing]:
    """Filings with the agency and the subject that the rules compare."""
    return Filing.objects.select_related(
        "agency__region", "agency__principal", "subject__business_region"
    )


def _members(filing: Filing, days: list[date]) -> Any:
    conflicts = Conflict.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=days[0]),
        officer=OuterRef("officer"),
        subject=filing.subject_id,
        valid_from__lte=days[-1],
    )
    certificates = Prefetch("officer__certificates", Certificate.objects.order_by("-valid_to"))
    rows = FilingOfficer.objects.filter(filing=filing).select_related("officer")
    asked = SupervisionCase.objects.filter(
        kind="recusal",
        answered_at=None,
        filing__subject=filing.subject_id,
        filing__members__officer=OuterRef("officer"),
    )
    found = rows.annotate(conflicted=Exists(conflicts), asked=Exists(asked))
    return found.prefetch_related(certificates).order_by("pk")


def planned_days(filing: Filing) -> list[date]:
    """Every day of the planned window in Asia/Shanghai; the first day alone if it is reversed.

    Of a window longer than a year, only the last of the further days.
    """
    first, last = local_date(filing.planned_start), local_date(filing.planned_end)
    span = max((last - first).days, 0)
    days = [first + timedelta(days=n) for n in range(min(span, LONGEST_READ.days) + 1)]
    return days if span <= LONGEST_READ.days else [*days, last]
