"""Years to count twice: one made by hand of edge cases, and random ones around the edges."""

import random
from datetime import UTC, date, datetime, timedelta

from agencies.calendar import month_bounds
from agencies.models import Claim, ItemVersion
from filings.models import (
    Alert,
    Draw,
    DrawnSubject,
    Filing,
    FilingItem,
    FilingOfficer,
    Limit,
    Rating,
    Result,
    RuleSetting,
    SupervisionCase,
    Visit,
)
from tests import factories

START = datetime(2021, 12, 31, 16, tzinfo=UTC)
END = datetime(2022, 12, 31, 16, tzinfo=UTC)
TICK = timedelta(microseconds=1)
JUNE = datetime(2022, 6, 15, 2, tzinfo=UTC)


class Year:
    """The register of one city with everything that begins or ends on a border of 2022."""

    def __init__(self):
        self.province = factories.region("220000", "吉林省")
        self.city = factories.region("220200", "吉林市", parent=self.province, kind="prefecture")
        self.district = factories.region("220202", "昌邑区", parent=self.city)
        self.empty_county = factories.region("220221", "永吉县", parent=self.city)
        factories.region("220299", "旧区", parent=self.city, valid_to=date(2022, 1, 1))
        self.elsewhere = factories.region(
            "220300", "四平市", parent=self.province, kind="prefecture"
        )
        self.agencies = [
            self._agency("A01", self.district),
            self._agency("A02", self.city, valid_to=date(2022, 7, 1)),
            self._agency("A03", self.district),
            self._agency("A04", self.city, valid_from=date(2023, 1, 1)),
            self._agency("A05", self.city, valid_to=date(2022, 1, 1)),
            self._agency("A06", self.city, valid_to=date(2022, 12, 31)),
            self._agency("B01", self.elsewhere),
        ]
        self.subject = factories.subject(self.district, name="示例商行")
        self.versions = self._items()
        self._officers()
        self.made = 0

    def _agency(self, code, region, **fields):
        return factories.agency(region, code=code, name=f"{code}执法局", **fields)

    def _items(self):
        first = factories.item(code="I1", name="旧名", valid_to=date(2022, 7, 1))
        second = ItemVersion.objects.create(
            item=first.item, version=2, name="新名", level="city", valid_from=date(2022, 7, 1)
        )
        ended = factories.item(code="I2", name="二", valid_to=date(2022, 12, 31))
        coming = factories.item(code="I3", name="三", valid_from=date(2023, 1, 1))
        plain = factories.item(code="I4", name="四")
        for version, begin, end in [
            (second, date(2020, 1, 1), None),
            (ended, date(2020, 1, 1), None),
            (plain, date(2020, 1, 1), date(2022, 12, 31)),
        ]:
            Claim.objects.create(
                agency=self.agencies[0], item=version.item, valid_from=begin, valid_to=end
            )
        return [first, second, ended, coming, plain]

    def _officers(self):
        self.officers = []
        for place, joined, left in [
            (0, date(2020, 1, 1), None),
            (0, date(2020, 1, 1), date(2022, 12, 31)),
            (0, date(2020, 1, 1), date(2023, 1, 1)),
            (1, date(2022, 12, 31), None),
            (1, date(2023, 1, 1), None),
            (6, date(2020, 1, 1), None),
        ]:
            officer = factories.officer(self.agencies[place], joined_on=joined, left_on=left)
            self.officers.append(officer)
        self.officers[0].certificates.update(valid_to=date(2022, 12, 30))
        self.handler = factories.account("handler")

    def file(self, place, dated_at, *, status="approved", numbered=True, items=(), **fields):
        """A filing by the agency at `place`, in one state, with the stamps that state needs."""
        self.made += 1
        if status not in ("draft", "withdrawn"):
            fields["submitted_at"] = dated_at
        if numbered:
            fields |= {
                "number": f"N{self.made:06d}",
                "code_digest": f"{self.made:064x}",
                "approved_at": dated_at,
            }
        if status == "closed":
            fields["closed_at"] = dated_at
        return factories.filing(
            self.agencies[place],
            self.subject,
            status=status,
            dated_at=dated_at,
            items=[self.versions[i] for i in items],
            **fields,
        )

    def import_(self, place, dated_at):
        self.made += 1
        source = {"source": "old", "source_id": str(self.made), "raw": {}}
        return factories.filing(
            self.agencies[place],
            self.subject,
            origin="imported",
            status="closed",
            dated_at=dated_at,
            **source,
        )

    def visit(self, *filings, level=None, **fields):
        made = Visit.objects.create(subject=self.subject, joint=len(filings) > 1, **fields)
        Filing.objects.filter(pk__in=[f.pk for f in filings]).update(visit=made)
        if level:
            day = date(2021, 11, 20) + timedelta(days=self.made * 37 % 430)
            Rating.objects.create(agency=filings[0].agency, level=level, rated_on=day)

    def result(self, filing, outcome, **fields):
        return Result.objects.create(filing=filing, outcome=outcome, recorded_at=JUNE, **fields)


def handmade():
    """The year 2022 in which every definition has a case on each side of it."""
    year = Year()
    year.file(0, START - TICK)
    year.file(0, START, items=[0, 1, 4])
    year.file(0, END - TICK, items=[1])
    year.file(0, END, items=[1])
    for bound in month_bounds(2022)[1:3]:
        year.file(1, bound - TICK, check_type="special")
        year.file(1, bound, trigger="complaint")
    year.file(4, JUNE, items=[2])
    year.file(6, JUNE, items=[4])
    year.file(0, JUNE, status="withdrawn")
    year.file(0, JUNE, status="withdrawn", numbered=False)
    for status in ("draft", "submitted", "returned"):
        year.file(0, JUNE, status=status, numbered=False, items=[1])
    year.import_(0, JUNE)
    year.import_(0, END - TICK)
    year.import_(0, END)
    together = [year.file(0, JUNE, status="closed"), year.file(1, JUNE, status="recorded")]
    year.visit(*together, level=5)
    year.result(together[0], "no_problem")
    year.result(together[1], "corrected")
    alone = year.file(5, JUNE, status="closed", double_random=True)
    year.visit(alone, level=2)
    gone = year.file(0, JUNE, status="withdrawn")
    year.visit(gone, level=1)
    third = year.file(0, JUNE)
    year.visit(third, level=3)
    return year


def scattered(seed, size=150):
    """A random year whose filings crowd around the borders of months and years."""
    dice = random.Random(seed)
    year = Year()
    bounds = [*month_bounds(2022), START, END]
    jitter = [timedelta(0), TICK, -TICK, timedelta(hours=8), timedelta(days=-3)]
    shapes = [("approved", True), ("closed", True), ("withdrawn", True), ("draft", False)]
    for _ in range(size):
        when = dice.choice(bounds) + dice.choice(jitter)
        place = dice.choice([0, 0, 1, 5, 6])
        if dice.random() < 0.1:
            year.import_(place, when)
            continue
        status, numbered = dice.choice(shapes)
        filing = year.file(
            place,
            when,
            status=status,
            numbered=numbered,
            check_type=dice.choice(Filing.CheckType.values),
            trigger=dice.choice(Filing.Trigger.values),
            items=dice.sample(range(5), dice.randrange(4)),
        )
        if dice.random() < 0.5:
            year.result(filing, dice.choice(Result.Outcome.values))
        if dice.random() < 0.5:
            year.visit(filing, level=dice.randrange(1, 6))
    assert FilingItem.objects.exists()
    return year


def edges(seed, size=300):
    """Three hundred filings, each with another mixture of what decides where it is counted."""
    dice = random.Random(seed)
    year = Year()
    firms = [
        factories.subject(year.district, industry=code, credit_class=one)
        for code, one in (("", ""), ("A01", "A"), ("H62", "B"), ("T9", "D"), ("Z1", "A"))
    ]
    bounds = [*month_bounds(2022), START, END]
    jitter = [timedelta(0), TICK, -TICK, timedelta(hours=8), timedelta(days=-3)]
    for number in range(size):
        when = dice.choice(bounds) + dice.choice(jitter)
        place = dice.choice([0, 0, 1, 2, 5, 6])
        if number % 20 == 0:
            year.import_(place, when)
            continue
        filing = year.file(
            place,
            when,
            status=dice.choice(STATES),
            check_type=dice.choice(Filing.CheckType.values),
            trigger=dice.choice(Filing.Trigger.values),
            method=dice.choice(ItemVersion.Method.values),
            plan_number=dice.choice(["", "P-1"]),
            unannounced=dice.random() < 0.3,
            items=dice.sample(range(5), dice.randrange(4)),
        )
        filing.subject = dice.choice(firms)
        if dice.random() < 0.3:
            _emergency(filing, dice)
        filing.save()
        _course(year, filing, dice)
    _draw(year, firms)
    _plans(year)
    _caps(year)
    together = list(Filing.objects.filter(visit=None, number__isnull=False)[:6])
    for pair in zip(together[::2], together[1::2], strict=True):
        year.visit(*pair, level=dice.randrange(1, 6), arrived_at=JUNE, recorded_at=JUNE)
    return year


STATES = [
    "approved",
    "on_site",
    "recorded",
    "confirmed",
    "closed",
    "expired",
    "refused",
    "terminated",
    "voided",
    "withdrawn",
]


def _emergency(filing, dice):
    filing.emergency, filing.back_fill_reason, filing.approval_kind = True, "突发", "after"
    filing.back_filed_at = filing.dated_at + timedelta(hours=dice.choice([-5, 0, 30]))
    if dice.random() < 0.3:
        filing.unlocked_at = filing.dated_at


def _course(year, filing, dice):
    """A visit around the submission, a result of some kind, an alert and an officer, or not."""
    if dice.random() < 0.6:
        came = filing.dated_at + timedelta(hours=dice.choice([-2, 0, 1, 24]))
        left = came + timedelta(hours=dice.choice([1, 2])) if dice.random() < 0.8 else None
        year.visit(
            filing,
            level=dice.choice([None, 1, 2, 3, 4, 5]),
            arrived_at=came,
            recorded_at=came,
            left_at=left,
            code_shown=dice.random() < 0.5,
            certificates_shown=dice.random() < 0.5,
            scan_of=dice.choice(["filing", "subject", "none"]),
        )
    if dice.random() < 0.6:
        outcome = dice.choice(Result.Outcome.values)
        published = dice.choice([None, date(2022, 12, 1)])
        withheld = "" if published else dice.choice(["", "涉密"])
        follow = dice.choice(["none", "daily_supervision", "transferred", "copied", "other"])
        year.result(
            filing,
            outcome,
            follow_up="none" if outcome == "no_problem" else follow,
            complete_record=dice.random() < 0.8,
            enforcement_followed=dice.random() < 0.2,
            published_on=published,
            publication_withheld=withheld,
            publish_by=dice.choice([None, date(2022, 11, 30), date(2022, 12, 1)]),
            rectified_on=dice.choice([None, date(2022, 12, 2)]),
        )
    if dice.random() < 0.2:
        handler = year.handler if dice.random() < 0.5 else None
        Alert.objects.create(
            code=dice.choice(["visit_cap_reached", "fruitless_streak"]),
            severity="warn",
            agency=filing.agency,
            subject=filing.subject,
            filing=filing,
            about=f"filing {filing.pk}",
            text="提示",
            created_at=filing.dated_at,
            handled_at=handler and filing.dated_at,
            handled_by=handler,
            result="已核" if handler else "",
        )
    if dice.random() < 0.3:
        _case(year, filing, dice)
    if dice.random() < 0.3:
        officer = dice.choice(year.officers)
        FilingOfficer.objects.create(filing=filing, officer=officer, lead=True)


def _case(year, filing, dice):
    """A complaint, or what became of a bad rating; half of them answered."""
    answered = dice.random() < 0.5
    kind = dice.choice(SupervisionCase.Kind.values)
    SupervisionCase.objects.create(
        kind=kind,
        level=1 if kind == "bad_rating" else None,
        office="justice",
        reference=f"C{filing.pk:09d}",
        agency=filing.agency,
        filing=filing,
        text="意见",
        opened_at=filing.dated_at,
        due_at=filing.dated_at,
        outcome=dice.choice(SupervisionCase.Outcome.values) if answered else "",
        answer="已核" if answered else "",
        answered_at=filing.dated_at if answered else None,
        answered_by=year.handler if answered else None,
    )


def _draw(year, firms):
    """Every firm drawn by the first two agencies, one of them set aside."""
    for place, agency in enumerate(year.agencies[:2]):
        made = Draw.objects.create(
            agency=agency,
            name="抽查",
            year=2022 + place,
            pool="[]",
            candidates=len(firms),
            public_source="公报",
            public_on=date(2022, 1, 1),
            frozen_at=START,
            frozen_by="x",
        )
        for order, firm in enumerate(firms):
            aside = {"set_aside_at": START, "set_aside_order": 1, "reason": "停业"}
            DrawnSubject.objects.create(
                draw=made, subject=firm, place=order, stratum="B", **(aside if order == 4 else {})
            )


def _plans(year):
    """Plans that are named by filings, that are not, and that hold on a border of the year."""
    for place, number, begin, end in [
        (0, "P-1", date(2022, 1, 1), date(2023, 1, 1)),
        (0, "P-2", date(2021, 1, 1), date(2022, 1, 1)),
        (1, "P-1", date(2022, 1, 1), date(2022, 7, 1)),
        (3, "P-1", date(2022, 12, 31), date(2024, 1, 1)),
        (5, "P-9", date(2022, 1, 1), date(2023, 1, 1)),
        (6, "P-9", date(2022, 1, 1), date(2023, 1, 1)),
    ]:
        factories.plan(year.agencies[place], number=number, valid_from=begin, valid_to=end)


def _limit(year, code, *, items=(), agencies=(), **fields):
    told = {"name": code, "source": "公报", "valid_from": date(2020, 1, 1)} | fields
    made = Limit.objects.create(code=code, region=year.city, **told)
    made.items.set(items)
    made.agencies.set(agencies)


def _caps(year):
    """Published caps of every kind, and the general one set otherwise in the district."""
    for code, fields in [
        ("L1", {"most": 1}),
        ("L2", {"most": 3, "together": True}),
        ("L3", {"most": 1, "credit_class": "A"}),
        ("L4", {"most": 2, "items": [year.versions[1].item]}),
        ("L5", {"most": 2, "agencies": year.agencies[:2], "together": True}),
        ("L6", {"most": 1, "months": 24}),
        ("L7", {"least": 1}),
        ("L8", {"most": 1, "valid_to": date(2022, 12, 31)}),
    ]:
        _limit(year, code, **fields)
    everywhere = {"code": "visit_cap_reached", "source": "x", "valid_from": date(2022, 1, 1)}
    RuleSetting.objects.create(
        region=year.district,
        severity="reason",
        params={"visits": 4, "by_class": {"A": 1}},
        **everywhere,
    )
    RuleSetting.objects.create(region=year.elsewhere, severity="off", params={}, **everywhere)
