"""The year is lawful: asked of the database, not of the code that made it."""

from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from django.db.models import Count, Exists, F, OuterRef, Q

from agencies import journal, uscc
from agencies.calendar import local_date, year_bounds
from agencies.models import Agency, Event, InspectionItem
from agencies.working_days import WorkingDays
from filings import codes, numbers
from filings.clocks import clocks
from filings.models import Filing, FilingItem, FilingOfficer, NumberCounter, Result, Subject, Visit
from filings.rules import Case, judge
from officers.models import Officer
from tests.config.synthesis.conftest import END, PLAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


class TestTheNumbersOfTheYear:
    def test_are_exact(self):
        start, end = year_bounds(PLAN.year)
        assert Agency.objects.in_force(END).count() == PLAN.agencies
        assert InspectionItem.objects.in_force(END).count() == PLAN.items
        assert Officer.objects.in_service(END).count() == PLAN.officers
        assert Subject.objects.count() == PLAN.subjects
        assert Filing.objects.counted().dated_between(start, end).count() == PLAN.filings

    @pytest.mark.parametrize(
        ("rows", "wanted"),
        [
            (Agency, PLAN.agencies),
            (InspectionItem, PLAN.items),
            (Officer, PLAN.officers),
            (Filing, PLAN.filings),
        ],
    )
    def test_are_not_those_of_all_rows(self, rows, wanted):
        assert rows.objects.count() > wanted

    def test_reach_from_the_first_second_to_the_last(self):
        start, end = year_bounds(PLAN.year)
        dates = list(Filing.objects.order_by("dated_at").values_list("dated_at", flat=True))
        assert (dates[0], dates[-1]) == (start, end - timedelta(seconds=1))


class TestFilings:
    def test_have_numbers_without_a_gap(self):
        serials = defaultdict(list)
        for filing in Filing.objects.filter(number__isnull=False).select_related("agency__region"):
            assert numbers.is_well_formed(filing.number)
            serial = int(filing.number.split("-")[3])
            composed = numbers.compose(
                filing.agency.region.code, filing.agency.code, PLAN.year, serial
            )
            assert filing.number == composed
            assert filing.code_digest == codes.digest(codes.token(filing.number))
            serials[filing.agency_id].append((filing.approved_at, serial))
        for issued in serials.values():
            assert [serial for _, serial in sorted(issued)] == list(range(1, len(issued) + 1))
        last = dict(NumberCounter.objects.values_list("agency_id", "last"))
        assert last == {agency: len(issued) for agency, issued in serials.items()}

    def test_keep_every_hard_rule_that_is_asked_on_submission(self):
        filings = Filing.objects.filter(number__isnull=False).select_related("agency", "subject")
        broken = [
            (filing.number, problem.code)
            for filing in filings[::4]
            for problem in judge(Case.of(filing, filing.submitted_at))
            if problem.severity == "hard"
        ]
        assert broken == []

    def test_name_two_certified_officers_of_their_agency(self):
        wrong = FilingOfficer.objects.exclude(officer__agency=F("filing__agency"))
        assert not wrong.exists()
        checked = FilingOfficer.objects.exclude(filing__status="draft")
        assert not checked.exclude(
            certificate__officer=F("officer"),
            certificate__status="active",
            certificate__valid_to__gt="2023-03-01",
        ).exists()
        counts = Filing.objects.annotate(
            officers=Count("members__officer", distinct=True),
            leads=Count("members", filter=Q(members__lead=True), distinct=True),
        )
        assert not counts.exclude(officers__gte=2, leads=1).exists()

    def test_announce_items_that_their_agency_claimed(self):
        claimed = Agency.objects.filter(
            pk=OuterRef("filing__agency"), claims__item=OuterRef("item_version__item")
        )
        assert not FilingItem.objects.exclude(Exists(claimed)).exists()
        assert not Filing.objects.filter(items=None).exists()

    def test_stay_within_their_agencys_territory(self):
        filings = Filing.objects.select_related("agency__region", "subject__business_region")
        assert all(
            filing.subject.business_region.path.startswith(filing.agency.region.path)
            for filing in filings
        )

    def test_are_made_by_agencies_in_force(self):
        for filing in Filing.objects.select_related("agency"):
            agency, day = filing.agency, local_date(filing.planned_end)
            assert agency.valid_from <= local_date(filing.planned_start)
            assert agency.valid_to is None or day < agency.valid_to

    def test_are_planned_for_working_days_after_their_approval(self):
        worked = WorkingDays().worked
        for filing in Filing.objects.filter(emergency=False):
            assert worked(local_date(filing.dated_at))
            assert worked(local_date(filing.planned_start))
            assert worked(local_date(filing.planned_end))
            assert filing.planned_start > (filing.approved_at or filing.dated_at)

    def test_follow_their_steps_in_time(self):
        filings = Filing.objects.filter(status="closed", emergency=False)
        for filing in filings.select_related("visit", "result"):
            steps = [
                filing.created_at,
                filing.submitted_at,
                filing.approved_at,
                filing.planned_start,
                filing.visit.arrived_at,
                filing.visit.left_at,
                filing.result.recorded_at,
                filing.result.confirmed_at,
                filing.closed_at,
            ]
            assert steps == sorted(steps)
            assert filing.visit.arrived_at <= filing.planned_end
            rectified = filing.result.rectified_on
            assert rectified is None or rectified <= local_date(filing.closed_at)

    def test_are_filed_after_the_visit_only_in_an_emergency(self):
        late = Filing.objects.filter(visit__arrived_at__lt=F("submitted_at"))
        assert late.exists()
        assert not late.exclude(emergency=True, approval_kind="after").exists()


class TestLifeInTheYear:
    def test_every_state_that_a_year_leaves_behind_occurs(self):
        wanted = {
            "closed", "terminated", "refused", "expired", "withdrawn", "returned", "draft",
        }  # fmt: skip
        assert wanted <= set(Filing.objects.values_list("status", flat=True))

    def test_a_fifth_of_the_inspections_find_something(self):
        found = Result.objects.filter(outcome__in=["corrected", "pending"])
        assert 0.15 < found.count() / Result.objects.count() < 0.26
        assert not found.filter(findings=None).exists()
        assert not Result.objects.filter(outcome="no_problem").exclude(findings=None).exists()

    def test_nothing_is_overdue_when_it_is_loaded(self):
        later = year_bounds(PLAN.year + 4)[0]
        running = Filing.objects.running().with_clocks()
        assert [one for filing in running for one in clocks(filing, later)] == []
        assert not Filing.objects.overdue(later).exists()

    def test_every_order_was_obeyed_before_its_filing_was_closed(self):
        orders = Result.objects.filter(follow_up="rectification")
        assert orders.filter(rectified_on__gt=F("rectify_by")).exists()
        assert not orders.filter(rectified_on=None).exists()

    def test_two_agencies_share_some_visits(self):
        joint = Visit.objects.annotate(
            agencies=Count("filings__agency", distinct=True),
            subjects=Count("filings__subject", distinct=True),
        )
        assert joint.filter(joint=True).exists()
        assert not joint.filter(joint=True).exclude(agencies=2, subjects=1).exists()
        assert not joint.filter(joint=False).exclude(agencies=1).exists()
        assert not Filing.objects.exclude(visit=None).exclude(visit__subject=F("subject")).exists()

    def test_a_few_agencies_do_most_of_the_work_and_some_subjects_see_it_often(self):
        agencies = Counter(Filing.objects.values_list("agency", flat=True))
        busiest = sum(count for _, count in agencies.most_common(PLAN.agencies // 5))
        assert busiest > 0.4 * Filing.objects.count()
        subjects = Counter(Filing.objects.values_list("subject", flat=True))
        assert max(subjects.values()) > 3 * Filing.objects.count() / len(subjects)

    def test_visits_are_numbered_in_the_year(self):
        filing = Filing.objects.exclude(nth_of_agency=None).order_by("-nth_of_agency").first()
        same = Filing.objects.filter(
            agency=filing.agency, subject=filing.subject, number__isnull=False
        )
        assert sorted(same.values_list("nth_of_agency", flat=True)) == list(
            range(1, same.count() + 1)
        )


class TestSubjects:
    def test_say_that_they_are_invented(self):
        assert not Subject.objects.exclude(source="synthetic", name__endswith="（演示）").exists()

    def test_bear_well_formed_codes(self):
        held = Subject.objects.exclude(uscc=None).values_list("uscc", flat=True)
        assert [code for code in held if uscc.fault(code)] == []
        assert all(code[2:6] == "2202" for code in held)


class TestTheBook:
    def test_tells_of_every_piece(self):
        events = Event.objects.filter(chain=journal.SYSTEM, verb="load")
        assert events.count() >= 4
        assert list(journal.breaks(journal.SYSTEM)) == []
