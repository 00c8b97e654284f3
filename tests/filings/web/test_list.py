"""The list of filings as each person sees it."""

from datetime import timedelta

import pytest

from filings.models import Filing
from filings.web import listing
from filings.workflow import Status
from tests import factories
from tests.factories import NOW


@pytest.fixture
def signed_in(client, inspector):
    client.force_login(inspector)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def many(agency, subject, item, inspector, partner):
    people = (inspector.officer, partner.officer)
    return [
        factories.filing(
            agency, subject, officers=people, items=[item], dated_at=NOW + timedelta(minutes=n // 2)
        )
        for n in range(5)
    ]


def shown(answer):
    return [filing.pk for filing in answer.context["page"].rows]


class TestList:
    def test_shows_the_filings_of_the_own_agency_alone(
        self, signed_in, many, stranger_agency, subject
    ):
        factories.filing(stranger_agency, subject)

        assert shown(signed_in.get("/filings/")) == [one.pk for one in reversed(many)]

    def test_is_closed_to_an_administrator(self, client, administrator):
        client.force_login(administrator)

        assert client.get("/filings/").status_code == 403

    def test_counts_each_state_and_narrows_to_it(self, signed_in, many):
        many[0].status = "withdrawn"
        many[0].save()

        answer = signed_in.get("/filings/?status=withdrawn&q=松花江")

        assert shown(answer) == [many[0].pk]
        found = {tab.query: (tab.count, tab.here) for tab in answer.context["tabs"]}
        words = "q=%E6%9D%BE%E8%8A%B1%E6%B1%9F"
        assert found[f"?{words}"] == (5, False)
        assert found[f"?{words}&status=withdrawn"] == (1, True)

    def test_marks_and_counts_what_is_overdue(self, signed_in, filing_at):
        filing = filing_at("approved")

        answer = signed_in.get("/filings/?overdue=true")

        assert shown(answer) == [filing.pk]
        assert 'status-overdue">Overdue' in answer.content.decode()

    def test_lets_a_supervisor_choose_among_the_agencies_of_the_region(
        self, client, supervisor, many, stranger_agency, inspector, at
    ):
        Filing.objects.update(status=Status.SUBMITTED, submitted_at=at, submitted_by=inspector)
        client.force_login(supervisor)

        answer = client.get("/filings/?agency=CYSJ")

        assert [one.code for one in answer.context["agencies"]] == ["CYSJ"]
        assert len(shown(answer)) == 5

    def test_shows_the_filters_of_a_link_and_how_to_remove_them(self, signed_in, many):
        answer = signed_in.get("/filings/?type=daily&dated_after=2022-01-01")

        assert [(c.label, c.value, c.query) for c in answer.context["chips"]] == [
            ("Type", "Daily inspection", "?dated_after=2022-01-01")
        ]

    def test_says_what_to_do_when_there_is_nothing(self, signed_in):
        assert "File the first inspection" in signed_in.get("/filings/").content.decode()
        assert "Show all filings" in signed_in.get("/filings/?q=none").content.decode()

    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ("colour=red", "colour"),
            ("status=lost", "status"),
            ("dated_after=2022-02-30", "dated_after"),
            ("agency=NONE", "agency"),
            ("cursor=yesterday", "cursor"),
            ("status=draft&status=closed", "status"),
            ("q=%00", "q"),
        ],
    )
    def test_names_what_it_cannot_read(self, signed_in, many, query, named):
        answer = signed_in.get(f"/filings/?{query}")

        assert answer.status_code == 400
        assert named in answer.content.decode()

    def test_asks_the_database_a_fixed_number_of_times(
        self, signed_in, many, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(8):
            signed_in.get("/filings/")


class TestPaging:
    def test_walks_to_the_end_and_back_without_loss(self, signed_in, many, monkeypatch):
        monkeypatch.setattr(listing, "SIZE", 2)
        every = [one.pk for one in reversed(many)]

        first = signed_in.get("/filings/")
        second = signed_in.get("/filings/" + first.context["older"])
        third = signed_in.get("/filings/" + second.context["older"])
        again = signed_in.get("/filings/" + third.context["newer"])

        assert shown(first) + shown(second) + shown(third) == every
        assert shown(again) == shown(second)
        assert first.context["newer"] is None
        assert third.context["older"] is None

    def test_stays_in_place_while_new_filings_arrive(
        self, signed_in, many, monkeypatch, agency, subject
    ):
        monkeypatch.setattr(listing, "SIZE", 2)
        first = signed_in.get("/filings/")
        factories.filing(agency, subject, dated_at=NOW + timedelta(days=1))

        second = signed_in.get("/filings/" + first.context["older"])

        assert shown(second) == [many[2].pk, many[1].pk]

    def test_keeps_the_filters_in_the_address(self, rf):
        query = rf.get("/filings/?status=draft&cursor=a&q=").GET

        assert listing.address(query, cursor="b") == "?status=draft&cursor=b"
