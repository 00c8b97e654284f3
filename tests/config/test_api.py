"""What holds of every resource of the API: scope, filters, fields, pages, number of queries."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from agencies.journal import Actor
from agencies.models import Job
from filings.workflow import Status
from reports import actions
from reports.periods import of_year
from tests import factories

pytestmark = pytest.mark.django_db
BY_ID = ("claim", "filing", "subject")
RESOURCES = ["region", "agency", "item", "claim", "officer", "subject", "filing", "year"]


@pytest.fixture
def as_(client):
    def sign_in(account):
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def shelf(city, agency, item, inspector, partner, at):
    """One more of everything each time it is called; answers where the newest stands."""

    def add():
        subject = factories.subject(agency.region)
        filing = factories.filing(
            agency,
            subject,
            items=[item, factories.item(claimed_by=[agency])],
            officers=[inspector.officer, partner.officer],
            status=Status.SUBMITTED,
            submitted_at=at,
            submitted_by=inspector,
        )
        factories.agency(agency.region, parent=agency)
        compiled = actions.order(of_year(2022), city, by=Actor("吴审"), at=at)
        actions.run(compiled.job_id, clock=lambda: at)
        return {
            "region": city.code,
            "agency": agency.code,
            "item": item.item.code,
            "claim": item.item.claims.get().pk,
            "officer": inspector.officer.pk,
            "subject": subject.pk,
            "filing": filing.pk,
            "year": compiled.pk,
        }

    return add


def detail(name, key):
    return reverse(f"{name}-detail", args=[key])


@pytest.mark.parametrize("name", RESOURCES)
class TestEveryResource:
    def test_is_closed_to_strangers(self, client, name):
        answer = client.get(reverse(f"{name}-list"))
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"

    def test_is_empty_and_absent_for_one_who_may_not_read(self, as_, shelf, administrator, name):
        place, client = shelf(), as_(administrator)
        assert client.get(reverse(f"{name}-list")).json()["results"] == []
        assert client.get(detail(name, place[name])).status_code == 404

    def test_takes_as_many_queries_for_many_rows_as_for_one(
        self, as_, shelf, auditor, name, django_assert_max_num_queries
    ):
        place, client = shelf(), as_(auditor)
        for _ in range(3):
            shelf()
        # session, account and appointments are three; a list takes at most four more
        with django_assert_max_num_queries(7):
            listed = client.get(reverse(f"{name}-list"))
        with django_assert_max_num_queries(11):
            one = client.get(detail(name, place[name]))
        assert listed.json()["results"]
        assert one.status_code == 200

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("nonsense=1", "unknown_parameter"),
            ("fields=nonsense", "unknown_field"),
            ("page_size=１０", "bad_page_size"),
            ("page_size=201", "bad_page_size"),
            ("count=1", "bad_count"),
            ("cursor=abc", "bad_cursor"),
            ("ordering=pk", "unknown_parameter"),
            ("region=%00", None),
        ],
    )
    def test_refuses_by_name(self, as_, auditor, name, query, code):
        answer = as_(auditor).get(f"{reverse(f'{name}-list')}?{query}")
        assert answer.status_code == 400
        body = answer.json()
        assert code is None or body["code"] == code
        if code == "unknown_parameter":
            assert "page_size" in body["detail"]

    def test_pages_and_counts_exactly_on_request(self, as_, shelf, auditor, name):
        client = as_(auditor)
        shelf()
        shelf()
        first = client.get(reverse(f"{name}-list"), {"page_size": 1, "count": "exact"}).json()
        rest, seen = first, list(first["results"])
        while rest["next"]:
            rest = client.get(rest["next"]).json()
            seen += rest["results"]
        assert len(seen) == first["count"] > 1
        assert len({json.dumps(row, sort_keys=True) for row in seen}) == len(seen)

    def test_shows_only_the_fields_asked_for(self, as_, shelf, auditor, name):
        place, client = shelf(), as_(auditor)
        some = "year" if name == "year" else "id" if name in BY_ID else "code"
        row = client.get(reverse(f"{name}-list"), {"fields": some}).json()["results"][0]
        one = client.get(detail(name, place[name]), {"fields": some}).json()
        assert list(row) == list(one) == [some]

    @pytest.mark.parametrize("key", ["１", "0", "01", "9223372036854775808", "1%0a", "%00"])
    def test_a_strange_key_is_not_found(self, as_, auditor, name, key):
        answer = as_(auditor).get(f"{reverse(f'{name}-list')}{key}/")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["agency", "claim", "officer", "subject", "filing", "year"])
def test_another_city_s_rows_are_as_if_absent(as_, shelf, outsider, name):
    place, client = shelf(), as_(outsider)
    keys = {row.get("id") or row.get("code") for row in rows_of(client, name)}
    assert place[name] not in keys
    assert client.get(detail(name, place[name])).status_code == 404


def rows_of(client, name):
    return client.get(reverse(f"{name}-list")).json()["results"]


class TestFilings:
    def test_a_row_names_subject_items_and_officers(self, as_, filing_at, inspector):
        filing = filing_at("approved")
        (row,) = rows_of(as_(inspector), "filing")
        assert (row["number"], row["status"]) == (filing.number, "approved")
        assert row["dated_at"] == "2022-06-15T10:00:00+08:00"
        assert row["subject"]["name"] == "松花江食品有限公司"
        assert row["items"] == [{"code": "JC-0001", "name": "食品生产检查", "version": 1}]
        assert [(o["name"], o["lead"]) for o in row["officers"]] == [
            ("王检", True),
            ("李同", False),
        ]

    def test_one_shows_its_result_and_timeline(self, as_, filing_at, inspector):
        filing = filing_at("closed")
        shown = as_(inspector).get(detail("filing", filing.pk)).json()
        assert shown["result"]["outcome"] == "no_problem"
        assert [event["verb"] for event in shown["events"]] == [
            "draft", "submit", "approve", "check_in", "record", "confirm", "close",
        ]  # fmt: skip
        assert shown["events"][1]["actor"] == "王检"

    def test_the_newest_come_first_in_both_directions(self, as_, agency, subject, inspector, at):
        made = [factories.filing(agency, subject) for _ in range(5)]
        client = as_(inspector)
        first = client.get(reverse("filing-list"), {"page_size": 2}).json()
        second = client.get(first["next"]).json()
        back = client.get(second["previous"]).json()
        ids = [row["id"] for row in first["results"] + second["results"]]
        assert ids == [filing.pk for filing in reversed(made)][:4]
        assert back["results"] == first["results"]

    def test_filters_narrow_the_list(self, as_, filing_at, inspector):
        filing_at("approved")
        client = as_(inspector)
        for query, count in [
            ({"status": "approved", "agency": "CYSJ"}, 1),
            ({"status": "draft"}, 0),
            ({"region": "220200", "dated_after": "2022-06-15"}, 1),
            ({"dated_before": "2022-06-14"}, 0),
            ({"q": "松花江", "item": "JC-0001"}, 1),
        ]:
            answer = client.get(reverse("filing-list"), query | {"count": "exact"}).json()
            assert answer["count"] == count, query

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("status=open", "status"),
            ("dated_after=0001-01-01", "dated_after"),
            ("dated_after=２０２２-01-01", "dated_after"),
            ("agency=9223372036854775808", "agency"),
            ("number=%00", "number"),
            ("q=" + "字" * 65, "q"),
            ("overdue=yes", "overdue"),
            ("status=draft&status=closed", "status"),
        ],
    )
    def test_bad_values_are_refused_by_name(self, as_, inspector, query, name):
        answer = as_(inspector).get(f"{reverse('filing-list')}?{query}")
        assert answer.status_code == 400
        assert answer.json()["problems"][0]["pointer"] == f"?{name}"


class TestOrders:
    def order(self, client, body):
        return client.post(reverse("year-list"), body, content_type="application/json")

    def test_answers_at_once_with_the_job_and_where_it_stands(self, as_, auditor, agency, city):
        client = as_(auditor)
        answer = self.order(client, {"year": 2022, "region": "220200"})
        assert answer.status_code == 202
        again = self.order(client, {"year": 2022, "region": "220200"})
        assert again["Location"] == answer["Location"]
        assert client.get(answer["Location"]).json()["state"] == "queued"
        actions.run(Job.objects.get().pk, clock=lambda: factories.NOW)
        assert client.get(answer["Location"]).json()["state"] == "done"
        year = client.get(detail("year", Job.objects.get().compilation.pk)).json()
        assert year["sentence"]["zh"].startswith("全市已有1个行政执法部门")
        assert year["totals"][0]["value"] == 1
        assert [row["label"] for row in year["tables"][0]["rows"]]

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"year": 1989, "region": "220200"}, "/year", "year_out_of_range"),
            ({"year": 2**63, "region": "220200"}, "/year", "year_out_of_range"),
            ({"year": "2022", "region": "220200"}, "/year", "not_a_number"),
            ({"year": True, "region": "220200"}, "/year", "not_a_number"),
            ({"year": 2022.5, "region": "220200"}, "/year", "not_a_number"),
            ({"year": 2022, "region": "999999"}, "/region", "unknown_code"),
            ({"year": 2022, "region": "２２０２００"}, "/region", "unknown_code"),
            ({"year": 2022}, "/region", "required"),
            ({"year": 2022, "region": "220200", "force": 1}, "/force", "unknown_field"),
        ],
    )
    def test_names_what_is_wrong(self, as_, auditor, body, pointer, code):
        answer = self.order(as_(auditor), body)
        assert answer.status_code == 400
        problem = answer.json()["problems"][0]
        assert (problem["pointer"], problem["code"]) == (pointer, code)
        assert not Job.objects.exists()

    @pytest.mark.parametrize("who", ["supervisor", "clerk", "inspector"])
    def test_is_for_the_auditor_of_the_region(self, as_, request, city, who):
        client = as_(request.getfixturevalue(who))
        assert self.order(client, {"year": 2022, "region": "220200"}).status_code == 403

    def test_the_region_above_is_not_his(self, as_, auditor, city):
        answer = self.order(as_(auditor), {"year": 2022, "region": "220000"})
        assert answer.status_code == 403
        assert answer.json()["code"] == "not_authorised"

    def test_needs_the_token_of_the_form(self, auditor):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(auditor)
        assert self.order(client, {"year": 2022, "region": "220200"}).status_code == 403


def test_the_description_is_valid_and_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "api.yml"))


def test_a_code_shows_the_newest_of_its_rows(as_, auditor, city):
    factories.region("220299", "旧区", parent=city, valid_to=date(2021, 1, 1))
    factories.region("220299", "新区", parent=city, valid_from=date(2021, 1, 1))
    assert as_(auditor).get(detail("region", "220299")).json()["name"] == "新区"
