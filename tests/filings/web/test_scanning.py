"""The officer scans the enterprise's code and is shown what is filed there today."""

from datetime import timedelta

import pytest
import time_machine

from filings.models import Filing
from filings.scanned import code_in
from tests import factories

LICENCE = "https://zzapp.gsxt.gov.cn/scan?uniscid=91220202ma0y0a11xr&t=2"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def clock(at):
    """Two hours into the day of the window."""
    with time_machine.travel(at + timedelta(hours=2), tick=False) as traveller:
        yield traveller


@pytest.fixture
def seen(client, inspector):
    """The page for what is scanned."""
    client.force_login(inspector)

    def scan(text):
        answer = client.get("/filings/scan/", {"text": text}, headers=ENGLISH)
        assert answer.status_code == 200
        return answer.content.decode()

    return scan


class TestCode:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (LICENCE, "91220202MA0Y0A11XR"),
            (" 91220202ma0y0a11xr ", "91220202MA0Y0A11XR"),
            ("注册号：220202123456789", "220202123456789"),
            ("https://example.cn/c/AbCdEf", ""),
            ("12345", ""),
        ],
    )
    def test_is_read_out_of_whatever_holds_it(self, text, code):
        assert code_in(text) == code


class TestPage:
    def test_offers_the_check_in_of_today(self, seen, filing_at, client):
        filing = filing_at("approved")

        page = seen(LICENCE)

        assert filing.number in page
        assert f"/filings/{filing.pk}/check_in/" in page
        assert '<option value="subject" selected>' in page

    def test_the_check_in_it_offers_notes_what_was_scanned(self, seen, filing_at, client):
        filing = filing_at("approved")
        seen(LICENCE)

        client.post(
            f"/filings/{filing.pk}/check_in/",
            {"version": filing.version, "scan_of": "subject", "code_shown": "on"},
        )

        stored = Filing.objects.get(pk=filing.pk)
        assert (stored.status, stored.visit.scan_of) == ("on_site", "subject")

    @pytest.mark.parametrize("status", ["draft", "submitted", "recorded", "withdrawn"])
    def test_offers_no_other_filing(self, seen, filing_at, status):
        filing_at(status)
        assert "Nothing is filed here for today" in seen(LICENCE)

    def test_offers_nothing_of_tomorrow(self, seen, filing_at, clock, at):
        filing_at("approved")
        clock.move_to(at - timedelta(days=1))
        assert "Nothing is filed here for today" in seen(LICENCE)

    def test_offers_the_emergency_where_nothing_is_filed(self, seen, subject):
        page = seen(subject.uscc)
        assert f"/filings/emergency/?subject={subject.pk}" in page

    def test_shows_nothing_of_another_agency(self, seen, filing_at, district, subject, at):
        other = factories.agency(district, code="CYYJ", name="昌邑区应急管理局")
        factories.filing(other, subject, status="submitted", submitted_at=at, planned_start=at)
        page = seen(subject.uscc)
        assert "Nothing is filed here for today" in page
        assert "昌邑区应急管理局" not in page

    def test_hints_at_a_joint_visit(self, seen, filing_at, district, subject, at):
        filing_at("approved")
        other = factories.agency(district, code="CYYJ", name="昌邑区应急管理局")
        start = at + timedelta(hours=3)
        factories.filing(other, subject, status="submitted", submitted_at=at, planned_start=start)

        assert "昌邑区应急管理局 plans a visit here" in seen(LICENCE)

    def test_a_code_out_of_sight_is_an_unknown_code(self, seen, elsewhere, subject):
        factories.subject(elsewhere, name="四平机密有限公司", uscc="92220204MA14T2B307")
        there, nowhere = seen("92220204MA14T2B307"), seen("93220283MA0Y77K29P")
        assert "机密" not in there
        for page, code in ((there, "92220204MA14T2B307"), (nowhere, "93220283MA0Y77K29P")):
            assert f"No subject with the code {code} is known to you" in page

    def test_says_when_there_is_no_code(self, seen):
        assert "no unified social credit code in this text" in seen("https://example.cn/")

    def test_is_an_officers(self, client, auditor):
        client.force_login(auditor)
        assert client.get("/filings/scan/").status_code == 403
        assert client.get("/api/v1/filings/scanned/?text=x").status_code == 403

    def test_asks_the_database_as_often_for_three(
        self, client, inspector, agency, subject, item, at, django_assert_max_num_queries
    ):
        for _more in range(3):
            sudden = {"emergency": True, "back_fill_reason": "火情", "planned_start": at}
            factories.filing(agency, subject, items=[item], status="on_site", **sudden)
        client.force_login(inspector)
        with django_assert_max_num_queries(14):
            client.get("/filings/scan/", {"text": subject.uscc})


class TestApi:
    def test_tells_the_same(self, client, inspector, filing_at, subject):
        filing = filing_at("approved")
        client.force_login(inspector)

        said = client.get("/api/v1/filings/scanned/", {"text": LICENCE}).json()

        assert (said["code"], said["subject"]["id"]) == (subject.uscc, subject.pk)
        assert [one["filing"]["number"] for one in said["filings"]] == [filing.number]
        assert said["filings"][0]["joint"] == []

    def test_of_nobody_it_tells_nothing(self, client, inspector, db):
        client.force_login(inspector)
        said = client.get("/api/v1/filings/scanned/", {"text": "93220283MA0Y77K29P"}).json()
        assert said == {"code": "93220283MA0Y77K29P", "subject": None, "filings": []}
