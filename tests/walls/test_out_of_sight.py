"""What duplicates, caps, crowding and joint offers tell of another agency's filings (domain C4).

Of a plan that could be joined an agency learns who, when and which items; of all else a number at
most.  Never a number of a filing, its officers, place, plan, reason, result or key.
"""

from datetime import timedelta

import pytest
import time_machine

from filings.models import Filing, Result
from filings.querysets import FilingQuerySet
from tests import factories

pytestmark = pytest.mark.django_db
MARK = "K-暗"
KEY = 7_654_300


@pytest.fixture
def neighbour(district):
    """Another agency of the same district, with an approver and a clerk."""
    made = factories.agency(district, code="LINJU", name="邻居局")
    factories.plan(made, f"JH-{MARK}")
    return made


@pytest.fixture
def theirs(neighbour, said, at):
    """A filing of the neighbour at the same subject so many days away, marked in every text."""

    def make(days, status="recorded", **fields):
        officer = factories.officer(neighbour, name=f"{MARK}员{days}")
        item = factories.item(name=f"邻项{days}", claimed_by=[neighbour])
        number = f"{MARK}号{days}"
        values = {
            "status": status,
            "pk": KEY + days,
            "number": number,
            "code_digest": number,
            "submitted_at": at - timedelta(days=40),
            "approved_at": at - timedelta(days=40),
            "planned_start": at + timedelta(days=days),
            "place": f"{MARK}处",
            "plan_number": f"JH-{MARK}",
            "trigger_source": MARK,
            "on_site_reason": MARK,
        }
        made = factories.filing(
            neighbour, said.subject, officers=[officer], items=[item], **(values | fields)
        )
        if status == "recorded":
            Result.objects.create(filing=made, outcome="pending", recorded_at=made.planned_start)
        return made

    return make


@pytest.fixture(autouse=True)
def _now(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def told(client, inspector, reviewer, filing_at, theirs):
    """Everything that the people of the first agency are answered about their own filing."""

    def of(status="submitted"):
        mine = filing_at(status)
        here, there = f"/filings/{mine.pk}/", f"/api/v1/filings/{mine.pk}/"
        paths = [
            *("/filings/today/", "/filings/", "/filings/deadlines/", "/api/v1/filings/"),
            *(here, there, f"{there}problems/", f"{there}joint/", f"{there}deadlines/"),
            *(f"/filings/subjects/?q={mine.subject.name}", "/search/?q=K-", "/filings/queue/"),
            *(f"/filings/queue/?pile=approve&open={mine.pk}", "/api/v1/alerts/", f"{here}revise/"),
            f"/api/v1/filings/?subject={mine.subject_id}",
        ]
        answers = []
        for who in (inspector, reviewer):
            client.force_login(who)
            answers += [client.get(path) for path in paths]
            answers.append(client.post(f"{here}submit/", {"version": mine.version}))
        assert sum(one.status_code == 200 for one in answers) > len(paths)
        return "\n".join(one.content.decode() for one in answers)

    return of


def test_crowding_and_caps_tell_a_number_and_nothing_else(theirs, told):
    keys = [str(theirs(days).pk) for days in (0, 1, 2, 3, -20, -25)]
    text = told()
    assert MARK not in text
    assert [one for one in keys if one in text] == []
    assert "R-DUP-1" in text


def test_a_plan_that_could_be_joined_tells_who_when_and_which_items(theirs, told, neighbour):
    other = theirs(0, status="approved")
    text = told()
    assert neighbour.name in text
    assert "邻项0" in text
    hidden = [other.number, f"{MARK}员0", other.place, other.plan_number, str(other.pk)]
    assert [one for one in hidden if one in text] == []


def test_a_plan_kept_unannounced_tells_nothing(theirs, told):
    theirs(0, status="approved", unannounced=True)
    assert MARK not in told()


def test_a_filing_alike_of_another_agency_is_no_duplicate_and_not_named(
    theirs, told, filing_at, item
):
    other = theirs(0, status="submitted", number=None, code_digest="", unannounced=True)
    mine = filing_at("draft")
    Filing.objects.filter(pk=other.pk).update(
        planned_start=mine.planned_start, planned_end=mine.planned_end
    )
    other.items.update(item_version=item)
    text = told()
    assert "duplicate_filing" not in text
    assert MARK not in text


@pytest.mark.usefixtures("second_wall_removed")
def test_a_leak_is_met(theirs, told, monkeypatch):
    theirs(-20)
    monkeypatch.setattr(FilingQuerySet, "visible_to", lambda self, authority: self)
    assert MARK in told()
