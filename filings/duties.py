"""Which deadlines an agency has besides those of its filings: its plans, its list (domain D3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from agencies.calendar import local_date, midnight, year_bounds
from agencies.models import Agency, Claim, LegalBasis, Plan
from agencies.querysets import in_force_q
from filings.clocks import Deadline, clocks, deadline
from filings.models import Filing, SupervisionCase
from filings.rules.timing import Terms
from filings.terms import Clock

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """One open deadline, whose it is, and what it is of: a filing, a case, or what `name` says.

    `about` keeps it from being told of twice.
    """

    deadline: Deadline
    agency: Agency
    filing: Filing | None = None
    case: SupervisionCase | None = None
    name: str = ""
    about: str = ""

    @property
    def order(self) -> tuple[datetime, int, str]:
        """The most urgent first."""
        about = self.filing or self.case
        return self.deadline.due, about.pk if about else 0, self.deadline.clock


def of_filings(filings: list[Filing], now: datetime, terms: Terms) -> Iterator[Owed]:
    """Every open deadline of `filings`."""
    for filing in filings:
        for one in clocks(filing, now, terms):
            yield Owed(one, filing.agency, filing)


def of_agencies(agencies: QuerySet[Agency], now: datetime, terms: Terms) -> Iterator[Owed]:
    """Every open deadline that is no filing's: plans to publish, lists to update."""
    held = agencies.select_related("region")
    for duty in (_annual_plans, _special_plans, _lists):
        yield from duty(held, now, terms)


def _annual_plans(agencies: QuerySet[Agency], now: datetime, terms: Terms) -> Iterator[Owed]:
    """R-PLN-1: who inspects this year and has published no annual plan."""
    day = local_date(now)
    start, end = year_bounds(day.year)
    here = Filing.objects.filter(
        origin="native", agency=OuterRef("pk"), dated_at__gte=start, dated_at__lt=end
    )
    plans = Plan.objects.filter(
        in_force_q(day), agency=OuterRef("pk"), kind=Plan.Kind.ANNUAL, published_on__lte=day
    )
    for agency in agencies.filter(Exists(here) & ~Exists(plans)).order_by("code"):
        due = terms.ends_on(Clock.ANNUAL_PLAN, day.year, agency)
        one = deadline(agency, terms, (Clock.ANNUAL_PLAN, start, due), now)
        yield Owed(one, agency, name=str(day.year), about=f"plan {agency.pk} {day.year}")


def _special_plans(agencies: QuerySet[Agency], now: datetime, terms: Terms) -> Iterator[Owed]:
    """R-PLN-2: special plans that were made and are not published."""
    waiting = Plan.objects.filter(
        in_force_q(local_date(now)),
        agency__in=agencies,
        kind=Plan.Kind.SPECIAL,
        published_on=None,
    )
    for plan in waiting.select_related("agency__region").order_by("pk"):
        running = (Clock.SPECIAL_PLAN, midnight(plan.made_on), None)
        one = deadline(plan.agency, terms, running, now)
        yield Owed(one, plan.agency, name=plan.number, about=f"special plan {plan.pk}")


def _lists(agencies: QuerySet[Agency], now: datetime, terms: Terms) -> Iterator[Owed]:
    """R-ITM-3: claimed items whose last provision has ended."""
    day = local_date(now)
    bases = LegalBasis.objects.filter(item_version__item=OuterRef("item"))
    still = bases.filter(in_force_q(day, "item_version__")).filter(
        Q(valid_to=None) | Q(valid_to__gt=day)
    )
    ended = (
        Claim.objects.in_force(day)
        .filter(Exists(bases) & ~Exists(still), agency__in=agencies)
        .annotate(since=Max("item__versions__bases__valid_to"))
        .exclude(since=None)
    )
    for claim in ended.select_related("agency__region", "item").order_by("agency__code", "pk"):
        one = deadline(
            claim.agency, terms, (Clock.UPDATE_LIST, midnight(_day_before(claim)), None), now
        )
        yield Owed(one, claim.agency, name=claim.item.code, about=f"list {claim.pk}")


def _day_before(claim: Claim) -> date:
    """The last day on which the provision held; the term is counted from the day after."""
    return claim.since - DAY
