"""Three hundred filings around the edges of 2022, each with its own subject unless said otherwise.

Every group says in its name how many filings it makes.  What the year then adds up to is written
in test_by_hand.py, reckoned on paper from these groups and not by any program.
"""

from datetime import UTC, date, datetime, timedelta

from agencies.models import Claim, ItemVersion
from filings.models import Filing, Result
from tests import factories
from tests.oracle.years import END, START, TICK, Year

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# The first instant of each month of 2022 and of the next year in Beijing, as it is in UTC.
BOUNDS = [
    START,
    *(datetime(2022, n, d, 16, tzinfo=UTC) for n, d in [(1, 31), (2, 28), (3, 31), (4, 30)]),
    *(datetime(2022, n, d, 16, tzinfo=UTC) for n, d in [(5, 31), (6, 30), (7, 31), (8, 31)]),
    *(datetime(2022, n, d, 16, tzinfo=UTC) for n, d in [(9, 30), (10, 31), (11, 30)]),
    END,
]
SECTIONS = "ABCDEFGHIJKLMNOPQRST"


def noon(month, day=15):
    return datetime(2022, month, day, 4, tzinfo=UTC)


class Handmade(Year):
    """The register of `Year`, in which A06 too could inspect and did nothing."""

    def __init__(self):
        super().__init__()
        Claim.objects.create(
            agency=self.agencies[5], item=self.versions[4].item, valid_from=date(2020, 1, 1)
        )
        for group in GROUPS:
            group(self)

    def alone(self, month, **fields):
        """A filing of A01 on a subject of its own."""
        self.subject = factories.subject(self.district, industry=fields.pop("industry", ""))
        place, at = fields.pop("place", 0), fields.pop("at", None) or noon(month)
        return self.file(place, at, **({"plan_number": "P"} | fields))

    def visited(self, *filings, came, left=None, **fields):
        self.visit(*filings, arrived_at=came, recorded_at=came, left_at=left, **fields)


def borders_26(year):
    """One tick before and at the first instant of each month, and of the year after."""
    for bound in BOUNDS:
        year.alone(1, at=bound - TICK)
        year.alone(1, at=bound)


def leap_day_4(year):
    """Around the 29th of February 2024 in Beijing."""
    for at in (
        datetime(2024, 2, 28, 16, tzinfo=UTC) - TICK,
        datetime(2024, 2, 28, 16, tzinfo=UTC),
        datetime(2024, 2, 29, 16, tzinfo=UTC) - TICK,
        datetime(2024, 2, 29, 16, tzinfo=UTC),
    ):
        year.alone(1, at=at)


def midnights_elsewhere_12(year):
    """Midnight in Greenwich on the first of each month: eight in the morning here."""
    for month in range(1, 13):
        year.alone(month, at=datetime(2022, month, 1, tzinfo=UTC))


def states_14(year):
    """Every state without a result, in June."""
    for status in (
        *("approved", "on_site", "recorded", "confirmed", "closed"),
        *("expired", "refused", "terminated", "voided", "withdrawn"),
    ):
        year.alone(6, status=status)
    for status in ("draft", "submitted", "returned", "withdrawn"):
        year.alone(6, status=status, numbered=False)


def outcomes_28(year):
    """Each of seven outcomes: whole, not whole, with a penalty, with both; in July."""
    for outcome in Result.Outcome.values:
        for whole, enforced in ((True, False), (False, False), (True, True), (False, True)):
            closed = year.alone(7, status="closed")
            year.result(closed, outcome, complete_record=whole, enforcement_followed=enforced)


def voided_with_a_result_4(year):
    for _ in range(4):
        year.result(year.alone(8, status="voided"), "no_problem")


def corrected_to_a_penalty_4(year):
    """What was corrected counts as it stands, in August."""
    for _ in range(4):
        mended = year.result(year.alone(8, status="closed"), "no_problem")
        mended.outcome, mended.enforcement_followed = "corrected", True
        mended.save()


def joint_24(year):
    """Five visits of two agencies, four of three, and one whose second filing was withdrawn."""
    for others in [(1,)] * 5 + [(1, 2)] * 4 + [(1,)]:
        first = year.alone(9, status="closed")
        here = [year.file(n, noon(9), status="closed", plan_number="P") for n in others]
        year.visited(first, *here, came=noon(9) + DAY)
    Filing.objects.filter(pk=here[0].pk).update(status="withdrawn")


def emergencies_20(year):
    """Four times: filed before leaving, after, unlocked, at the last instant, and never."""
    urgent = {"emergency": True, "back_fill_reason": "突发", "approval_kind": "after"}
    came, left = noon(10) - 2 * HOUR, noon(10)
    for scan in ("filing", "subject", "none", "none"):
        for filed, fields in (
            (left - HOUR, {}),
            (left + HOUR, {}),
            (left + HOUR, {"unlocked_at": left + HOUR}),
            (left, {}),
        ):
            made = year.alone(10, status="closed", back_filed_at=filed, **urgent, **fields)
            year.visited(made, came=came, left=left)
        never = year.alone(10, status="on_site", numbered=False, **urgent)
        year.visited(never, came=came, left=left, scan_of=scan)


def timings_20(year):
    """Four times: a tick before arriving, on arriving, on leaving, a tick after; and no leaving."""
    at = noon(11)
    for _ in range(4):
        for came, left in (
            (at + TICK, at + HOUR),
            (at, at + HOUR),
            (at - HOUR, at),
            (at - HOUR, at - TICK),
            (at - HOUR, None),
        ):
            made = year.alone(11, status="closed")
            year.visited(made, came=came, left=left, code_shown=True, scan_of="filing")


def items_20(year):
    """Five filings each with no item, with I1, with I1 and I2, with I1, I2 and I4; in December."""
    for items in ([], [0], [1, 2], [0, 2, 4]):
        for _ in range(5):
            year.alone(12, items=items)


def kinds_22(year):
    """Every trigger, every method and every type once, in February."""
    for trigger in Filing.Trigger.values:
        year.alone(2, trigger=trigger)
    for method in ItemVersion.Method.values:
        year.alone(2, method=method)
    for kind in Filing.CheckType.values:
        year.alone(2, check_type=kind)


def industries_22(year):
    """Every section, none, and one that does not exist; in March."""
    for section in (*SECTIONS, "", "Z"):
        year.alone(3, industry=f"{section}01" if section else "")


def imported_10(year):
    """Two outside the year, at its edges, and eight inside."""
    for at in (START - TICK, END, START, END - TICK, *map(noon, (1, 2, 3, 4, 5, 6))):
        year.import_(0, at)


def repeated_21(year):
    """Subjects filed upon once, twice … six times, in April."""
    for times in range(1, 7):
        year.alone(4)
        for _ in range(times - 1):
            year.file(0, noon(4), plan_number="P")


def capped_10(year):
    """Subjects visited once, twice and three times, and four visits upon complaints; in May."""
    for times in (1, 2, 3):
        made = [year.alone(5, status="closed")]
        made += [year.file(0, noon(5), status="closed", plan_number="P") for _ in range(times - 1)]
        for filing in made:
            year.visited(filing, came=noon(5) + DAY)
    for _ in range(4):
        year.visited(year.alone(5, status="closed", trigger="complaint"), came=noon(5) + DAY)


def published_16(year):
    """Four times: on the last day, the day after, withheld, not at all; in January."""
    last = date(2022, 2, 14)
    for _ in range(4):
        for fields in (
            {"published_on": last},
            {"published_on": last + DAY},
            {"publication_withheld": "涉密"},
            {},
        ):
            closed = year.alone(1, status="closed")
            year.result(closed, "no_problem", publish_by=last, **fields)


def planless_4(year):
    for _ in range(4):
        year.alone(6, plan_number="")


def other_agencies_19(year):
    """Ten of another city, four of an agency that begins later, five of one that has ended."""
    for place, times in ((6, 10), (3, 4), (4, 5)):
        for _ in range(times):
            year.alone(12, place=place)


GROUPS = [
    borders_26, leap_day_4, midnights_elsewhere_12, states_14, outcomes_28, voided_with_a_result_4,
    corrected_to_a_penalty_4, joint_24, emergencies_20, timings_20, items_20, kinds_22,
    industries_22, imported_10, repeated_21, capped_10, published_16, planless_4, other_agencies_19,
]  # fmt: skip
