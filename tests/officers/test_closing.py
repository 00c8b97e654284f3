"""Dissolving an agency leaves nobody in service or office there."""

from datetime import timedelta

import pytest

from agencies.actions import dissolve
from agencies.calendar import local_date
from agencies.journal import breaks
from agencies.models import Event
from officers.authority import Authority
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def end(agency, supervisor, authority, at):
    def do(days=0):
        on = local_date(at) + timedelta(days=days)
        return dissolve(agency, on=on, by=authority(supervisor), at=at, reason="机构改革")

    return do


def test_ends_service_and_offices_on_its_day(inspector, clerk, end, at):
    today = local_date(at)
    end(days=10)
    assert Authority.of(clerk, today).roles() == {"clerk"}
    later = today + timedelta(days=10)
    assert Authority.of(clerk, later).roles() == Authority.of(inspector, later).roles() == set()
    inspector.officer.refresh_from_db()
    assert inspector.officer.left_on == later


def test_leaves_what_stands_elsewhere(inspector, outsider, end, at):
    end()
    today = local_date(at)
    assert Authority.of(outsider, today).roles() == {"officer"}
    assert Authority.of(inspector, today).roles() == set()


def test_undoes_an_office_that_was_to_begin_later(clerk, agency, end, at):
    day = local_date(at) + timedelta(days=30)
    factories.appointment(clerk, "officer", agency=agency, valid_from=day)
    end()
    assert Authority.of(clerk, day + timedelta(days=1)).roles() == set()


def test_is_told_office_by_office(inspector, clerk, reviewer, agency, end):
    end()
    assert Event.objects.filter(verb="revoke", reason="机构改革").count() == 3
    assert Event.objects.filter(chain=agency.code, verb="leave").count() == 1
    assert list(breaks()) == []


def test_leaves_everything_when_it_is_refused(inspector, agency, district, end, at):
    factories.agency(district, code="UNDER", parent=agency)
    with pytest.raises(Exception, match="cannot hold"):
        end()
    inspector.officer.refresh_from_db()
    assert inspector.officer.left_on is None
    assert Authority.of(inspector, local_date(at)).roles() == {"officer"}
