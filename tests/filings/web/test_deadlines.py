"""What runs out is listed for those whose filings it concerns, on the page and in the API."""

from datetime import timedelta

import pytest
import time_machine

from filings import actions
from filings.actions import Matter

pytestmark = pytest.mark.django_db
PAGE, API = "/filings/deadlines/", "/api/v1/filings/deadlines/"


@pytest.fixture
def sixth_day(at):
    """Tuesday 21 June: the result of a visit on the 15th is overdue since midnight."""
    with time_machine.travel(at + timedelta(days=6), tick=False):
        yield


@pytest.fixture
def read(client, sixth_day):
    def get(reader, **query):
        client.force_login(reader)
        return client.get(API, query)

    return get


def test_names_owner_colour_and_who_hears_of_it(read, filing_at, inspector):
    filing = filing_at("on_site")
    (row,) = read(inspector).json()["rows"]
    assert (row["clock"], row["colour"], row["owner"]) == ("result", "red", "officer")
    assert (row["escalation"], row["filing"]) == ("approver", filing.pk)
    assert row["due"] == "2022-06-21T00:00:00+08:00"


def test_the_page_shows_the_same(client, filing_at, inspector, sixth_day):
    filing = filing_at("on_site")
    client.force_login(inspector)
    page = client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()
    assert filing.get_absolute_url() in page
    assert "Record the result" in page
    for told in ("Due", "Whose duty", "goes up to"):
        assert f'data-label="{told}"' in page
    assert "Nothing runs out" in client.get(
        f"{PAGE}?colour=blue", headers={"Accept-Language": "en"}
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"clock": "result"}, 1),
        ({"clock": "publish"}, 1),
        ({"owner": "approver"}, 2),
        ({"colour": "blue"}, 1),
        ({"agency": "CYSJ"}, 4),
        ({"agency": "NONE"}, 0),
    ],
)
def test_is_narrowed(read, filing_at, inspector, query, count):
    filing_at("on_site")
    filing_at("recorded")
    assert len(read(inspector, **query).json()["rows"]) == count


@pytest.mark.parametrize("query", [{"clock": "tea"}, {"colour": "pink"}, {"who": "me"}])
def test_refuses_what_it_does_not_know_by_name(read, client, inspector, query):
    answer = read(inspector, **query)
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["pointer"] == f"?{next(iter(query))}"
    assert client.get(PAGE, query).status_code == 400


def test_strangers_see_nothing_of_it(read, filing_at, outsider, administrator, client):
    filing_at("on_site")
    assert read(outsider).json() == {"rows": [], "cut_off": False}
    client.force_login(administrator)
    assert client.get(PAGE).status_code == 403


@pytest.fixture
def complaint(filing_at, supervisor, authority, at):
    """A complaint of Wednesday the 15th that was put to the agency the same day."""
    matter = Matter("complaint", text="收费")
    case = actions.bring(filing_at("approved"), matter, address="10.0.0.1", at=at)
    told = {"by": authority(supervisor), "at": at + timedelta(hours=1)}
    actions.take_case(case, **told)
    actions.ask_agency(case, "收过费吗？", **told)
    return case


def test_cases_run_out_for_the_office_and_for_the_head(
    read, complaint, supervisor, reviewer, inspector
):
    def cases(reader, **query):
        return [one for one in read(reader, **query).json()["rows"] if one["case"]]

    office, head = cases(supervisor), cases(reviewer)

    assert {one["clock"] for one in office} == {"answer", "reply"}
    assert [(one["clock"], one["owner"], one["case"]) for one in head] == [
        ("reply", "approver", complaint.pk)
    ]
    assert cases(inspector) == []
    assert [one["clock"] for one in cases(supervisor, clock="answer")] == ["answer"]
    assert cases(supervisor, agency="NONE") == []


@pytest.mark.parametrize(("who", "address"), [("supervisor", "cases"), ("reviewer", "replies")])
def test_the_page_leads_to_the_case(client, complaint, who, address, request, sixth_day):
    client.force_login(request.getfixturevalue(who))
    page = client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()

    assert f"/filings/{address}/{complaint.pk}/" in page
    assert "Complaint" in page
