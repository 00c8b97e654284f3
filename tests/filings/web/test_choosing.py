"""The subject is found while one types, by whatever one has of it."""

import pytest
from django.utils import timezone

from filings.models import Visit
from filings.web.choosing import sought
from tests import factories

LICENCE = "http://www.gsxt.gov.cn/index.html?uniscid=91220202ma0y0a11xr&v=2"


@pytest.fixture
def seen(client, inspector):
    """What the list under the box shows for what is typed."""
    client.force_login(inspector)

    def ask(typed, **more):
        answer = client.get("/filings/subjects/", {"q": typed, **more})
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


class TestSearch:
    @pytest.mark.parametrize("typed", ["松花江", "shjsp", "91220202ma0y0a11xr", LICENCE])
    def test_finds_by_name_pinyin_code_and_scan(self, seen, subject, typed):
        subject.search = "songhuajiangshipin shjsp"
        subject.save()

        page = seen(typed)

        assert "松花江食品有限公司" in page
        assert f"/filings/new/?subject={subject.pk}" in page
        assert "<html" not in page

    def test_finds_who_is_near_the_nearest_first(self, seen, district, agency):
        for name, north in (("远处公司", "43.850000"), ("近处公司", "43.837000"), ("外地", "44.5")):
            factories.subject(district, name=name, latitude=north, longitude="126.549000")

        page = seen("", near="43.837500,126.549000")

        assert page.index("近处公司") < page.index("远处公司")
        assert "外地" not in page
        assert "距此56米" in page

    def test_says_that_nobody_is_near_and_refuses_what_is_no_place(self, client, seen, agency):
        assert "附近没有" in seen("", near="0,0")
        assert client.get("/filings/subjects/?near=here").status_code == 400

    def test_reads_the_code_out_of_what_a_scanner_reads(self):
        assert sought(LICENCE) == "91220202MA0Y0A11XR"
        assert sought(" 松花江 ") == "松花江"

    def test_leads_on_to_where_one_came_from(self, seen, subject):
        assert "/filings/emergency/?subject=" in seen("松花江", emergency="1")
        assert "/filings/7/revise/?subject=" in seen("松花江", filing="7")

    def test_says_when_nobody_is_called_that(self, seen, db):
        assert "不存在" in seen("不存在")

    def test_is_an_officers(self, client, auditor):
        client.force_login(auditor)
        assert client.get("/filings/subjects/?q=a").status_code == 403

    def test_offers_the_latest_subjects_first_without_a_search(self, client, inspector, filing_at):
        filing = filing_at("draft")
        client.force_login(inspector)

        page = client.get("/filings/new/")

        assert page.context["lately"] == [filing.subject]


class TestStanding:
    @pytest.fixture
    def beside(self, client, inspector, subject):
        def see():
            client.force_login(inspector)
            page = client.get(f"/filings/new/?subject={subject.pk}")
            return page.context["standing"]

        return see

    @pytest.fixture
    def visited(self, agency, stranger_agency, subject):
        """Visits this year: one by the agency, one by strangers."""
        now = timezone.now()
        for one in (agency, stranger_agency):
            factories.filing(
                one,
                subject,
                status="closed",
                origin="imported",
                source="旧系统",
                source_id=one.code,
                planned_start=now,
                visit=Visit.objects.create(subject=subject, arrived_at=now, recorded_at=now),
            )

    def test_counts_against_the_cap_and_names_who_was_there(self, beside, visited):
        found = beside()

        assert (found.own, found.cap, found.left, found.everyone) == (1, 2, 1, 2)
        assert {one.agency.name for one in found.recent} == {
            "昌邑区市场监督管理局",
            "铁西区市场监督管理局",
        }

    def test_begins_at_nothing(self, beside):
        found = beside()
        assert (found.own, found.everyone, found.recent) == (0, 0, [])
