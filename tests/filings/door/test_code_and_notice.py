"""The code on the officer's screen, as a picture and as the printed notice (R-NOT-1)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from agencies.paper import Part, Sheet, pdf
from filings import codes
from filings.notice import notice
from filings.pictures import svg
from filings.web.showing import with_everything


@pytest.fixture
def get(client, at):
    def do(account, url):
        with time_machine.travel(at + timedelta(hours=2), tick=False):
            client.force_login(account)
            return client.get(url, headers={"Accept-Language": "en"})

    return do


class TestOfficersPage:
    def test_shows_the_code_that_the_enterprise_scans(self, get, filing_at, inspector):
        filing = filing_at("approved")
        answer = get(inspector, f"{filing.get_absolute_url()}code/")

        address = f"http://testserver/c/{codes.of(filing)}"
        assert answer.context["address"] == address
        assert svg(address, inline=True) in answer.content.decode()
        assert "Valid now" in answer.content.decode()

    @pytest.mark.parametrize(
        ("form", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF-")]
    )
    def test_gives_it_out_as_a_file(self, form, begins, get, filing_at, inspector):
        filing = filing_at("approved")
        name = "notice.pdf" if form == "pdf" else f"code.{form}"
        answer = get(inspector, f"{filing.get_absolute_url()}{name}")

        assert answer.content.startswith(begins)
        assert filing.number in answer.headers["Content-Disposition"]

    @pytest.mark.parametrize("page", ["code/", "code.svg", "notice.pdf"])
    def test_is_none_before_the_approval_and_none_for_a_stranger(
        self, page, get, filing_at, inspector, outsider
    ):
        assert (
            get(inspector, f"{filing_at('submitted').get_absolute_url()}{page}").status_code == 404
        )
        assert get(outsider, f"{filing_at('approved').get_absolute_url()}{page}").status_code == 404

    def test_is_reached_from_the_filing(self, get, filing_at, inspector):
        filing = filing_at("approved")
        page = get(inspector, filing.get_absolute_url()).content.decode()

        assert f'href="{filing.get_absolute_url()}code/"' in page


class TestNotice:
    @pytest.mark.parametrize(
        ("language", "title", "printed"),
        [
            ("zh-hans", "行政检查通知书", "严禁逐利检查"),
            ("en", "Notice of an administrative inspection", "to inspect for gain"),
        ],
    )
    def test_says_what_the_law_wants_said(
        self, language, title, printed, filing_at, inspector, authority
    ):
        filing_at("approved")
        filing = with_everything(authority(inspector)).get()
        with translation.override(language):
            sheet = notice(filing, "https://city.example/c/X")

        assert (sheet.title, sheet.number) == (title, filing.number)
        facts = [value for _name, value in sheet.facts]
        assert {"松花江食品有限公司", filing.agency.name, "2022-06-15 11:00"} <= set(facts)
        points = [point for part in sheet.parts for point in part.points]
        assert printed in points
        assert any("产品质量法" in point and "第十八条" in point for point in points)
        assert {row[0] for part in sheet.parts for row in part.rows} == {"王检", "李同"}
        assert "1" in facts[-1]


class TestPaper:
    SHEET = Sheet(
        "通知书 #set page(fill: red)",
        "22-1",
        (("对象", '"引号" $x$ *星*'),),
        (Part("事项", ("一段",), ("一点",), ("甲", "乙"), (("1", "2"), ("3", "4"))),),
        svg("https://city.example/c/X"),
        language="zh",
    )

    def test_is_the_same_file_for_the_same_content_and_day(self, at):
        first = pdf(self.SHEET, at)

        assert first.startswith(b"%PDF-")
        assert first == pdf(self.SHEET, at)
        assert first != pdf(self.SHEET, at + timedelta(days=1))
        assert len(first) > 10_000
