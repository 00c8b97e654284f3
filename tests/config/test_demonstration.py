"""The people of the demonstration: one per role, the same at every start."""

import json
import stat

import pytest
from django.contrib.auth import authenticate

from agencies.calendar import local_date
from agencies.models import Event
from config.demonstration import sign_ins
from officers.authority import Authority
from officers.models import Account, Officer
from officers.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path, agency):
    factories.officer(agency, name="王检")
    return tmp_path / "new" / "demo_accounts.json"


class TestSignIns:
    def test_one_person_per_role_can_sign_in_and_act(self, path, agency, at):
        people = sign_ins(path, at=at)
        assert [person.role for person in people] == list(Role)
        for person in people:
            account = authenticate(username=person.username, password=person.password)
            assert Authority.of(account, local_date(at)).roles() == {person.role}
        assert Officer.objects.get().account.username == "officer"
        assert Event.objects.filter(verb="appoint").count() == len(Role)

    def test_a_second_start_prints_the_same(self, path, at):
        first = sign_ins(path, at=at)
        assert sign_ins(path, at=at) == first
        assert Account.objects.count() == len(Role)

    def test_a_lost_file_gives_new_passwords_that_work(self, path, at):
        sign_ins(path, at=at)
        path.unlink()
        person = sign_ins(path, at=at)[0]
        assert authenticate(username=person.username, password=person.password)

    def test_the_file_is_its_owners_alone(self, path, at):
        sign_ins(path, at=at)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert len(json.loads(path.read_text())) == len(Role)
