"""The people of the demonstration: one per role, the same at every start."""

import json
import stat
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth import authenticate

from agencies.calendar import SHANGHAI, local_date
from agencies.models import Event
from config.demonstration import (
    BY,
    QUARTERS,
    YEAR,
    bring_up_to_date,
    compiles,
    publish,
    sign_ins,
)
from filings import actions
from filings.models import Filing
from officers.authority import Authority
from officers.models import Account, Officer
from officers.roles import Role
from reports import actions as years
from reports.models import Seal
from reports.periods import parse
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path, agency):
    factories.officer(agency, name="王检")
    return tmp_path / "new" / "demo_accounts.json"


class TestSignIns:
    def test_one_person_per_role_can_sign_in_and_act(self, path, agency, at):
        people = sign_ins(path, at=at)
        assert Counter(person.role for person in people) == Counter([*Role, Role.SECURITY])
        for person in people:
            account = authenticate(username=person.username, password=person.password)
            assert Authority.of(account, local_date(at)).roles() == {person.role}
        assert Officer.objects.get().account.username == "officer"
        assert Event.objects.filter(verb="appoint").count() == len(people)

    def test_a_second_start_prints_the_same(self, path, at):
        first = sign_ins(path, at=at)
        assert sign_ins(path, at=at) == first
        assert Account.objects.count() == len(first)

    def test_a_lost_file_gives_new_passwords_that_work(self, path, at):
        sign_ins(path, at=at)
        path.unlink()
        person = sign_ins(path, at=at)[0]
        assert authenticate(username=person.username, password=person.password)

    def test_the_file_is_its_owners_alone(self, path, at):
        sign_ins(path, at=at)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert len(json.loads(path.read_text())) == len(Role) + 1

    def test_a_file_of_an_earlier_version_is_completed(self, path, at):
        path.parent.mkdir()
        path.write_text(json.dumps({"officer": "Old-Password-1"}))
        people = {person.username: person.password for person in sign_ins(path, at=at)}
        assert people["officer"] == "Old-Password-1"
        assert json.loads(path.read_text()) == people


class TestToday:
    """What is on the desks of officer and approver on a day long after the year shown."""

    TODAY = datetime(2026, 11, 27, 14, 30, 20, tzinfo=SHANGHAI)

    @pytest.fixture
    def register(self, path, agency, district):
        factories.item(claimed_by=[agency])
        seat = Officer.objects.get()
        mates = [factories.officer(agency) for _one in range(2)]
        for one in (seat, *mates):
            one.certificates.update(valid_to=date(2024, 12, 31))
        for _one in range(8):
            factories.subject(district)
        return sign_ins(path, at=self.TODAY)

    def test_every_stage_of_a_filing_is_there_and_dated_today(self, register):
        assert bring_up_to_date(at=self.TODAY) == 6
        states = Filing.objects.values_list("status", flat=True)
        assert Counter(states) == Counter(
            ["draft", "submitted", "approved", "approved", "on_site", "recorded"]
        )
        assert not Filing.objects.exclude(dated_at=self.TODAY).exists()
        numbers = Filing.objects.exclude(number=None).values_list("number", flat=True)
        assert all("2026" in number for number in numbers)
        assert len(numbers) == 4

    def test_the_officer_can_go_to_the_approved_and_the_approver_decide_the_submitted(
        self, register
    ):
        bring_up_to_date(at=self.TODAY)
        officer, approver = (
            Authority.of(Account.objects.get(username=name), local_date(self.TODAY))
            for name in ("officer", "approver")
        )
        approved = Filing.objects.filter(status="approved").first()
        actions.check_in(approved, actions.Arrival(code_shown=True), by=officer, at=self.TODAY)
        waiting = Filing.objects.get(status="submitted")
        assert actions.approve(waiting, by=approver, at=self.TODAY).number

    def test_another_start_on_the_day_adds_nothing_and_the_next_day_files_again(self, register):
        bring_up_to_date(at=self.TODAY)
        events = Event.objects.count()
        assert bring_up_to_date(at=self.TODAY + timedelta(hours=2)) == 0
        assert Event.objects.count() == events
        assert bring_up_to_date(at=self.TODAY + timedelta(days=1)) == 2

    def test_who_was_certified_at_the_end_of_2022_stays_the_same(self, register):
        last = date(2022, 12, 31)
        before = set(Officer.objects.certified(last).values_list("pk", flat=True))
        bring_up_to_date(at=self.TODAY)
        assert set(Officer.objects.certified(last).values_list("pk", flat=True)) == before
        assert Officer.objects.certified(local_date(self.TODAY)).count() == 3

    def test_a_rule_that_stops_a_filing_never_stops_the_start(self, register):
        Officer.objects.exclude(account__username="officer").update(left_on=date(2025, 1, 1))
        assert bring_up_to_date(at=self.TODAY) == 6
        assert set(Filing.objects.values_list("status", flat=True)) == {"draft"}


class TestYears:
    def test_there_is_what_a_comparison_and_a_reader_of_published_years_need(self, city, district):
        asked = [(period.key, region.code) for period, region in compiles(city)]
        assert asked[:3] == [(f"{YEAR}", city.code), *((key, city.code) for key in QUARTERS)]
        assert (f"{YEAR}", district.code) in asked[3:]

    def test_a_quarter_is_sealed_once_and_the_year_is_left_open(self, city, at):
        for key in (f"{YEAR}", *QUARTERS):
            ordered = years.order(parse(key, last_year=YEAR), city, by=BY, at=at)
            years.run(ordered.job_id, clock=lambda: at)
        for _turn in range(2):
            publish(city, at=at)
        assert [one.period for one in Seal.objects.published()] == [QUARTERS[0]]
