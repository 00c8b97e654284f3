"""An auditor orders a year, watches it and reads it."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agencies.calendar import local_date
from reports import actions
from reports.models import Compilation
from tests.journeys.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("size", "language", "sentence"),
    [(DESK, "en-GB", "The city has 1 administrative"), (PHONE, "zh-CN", "全市已有1个行政执法部门")],
    ids=["desk", "phone"],
)
def test_an_auditor_orders_and_reads_the_year(
    window, auditor, filing_at, at, size, language, sentence
):
    filing = filing_at("approved")
    desk = window(size, language)
    page = desk.sign_in(auditor)

    page.locator("[name=year]").fill(str(local_date(at).year))
    page.locator("form.order button").click()
    expect(page.locator("progress")).to_be_visible()
    desk.check()
    actions.run(Compilation.objects.get().job_id, clock=timezone.now)

    expect(page.locator("blockquote")).to_contain_text(sentence)
    desk.check()
    page.locator(".totals a[href*='/totals/filings/']").click()
    expect(page.get_by_role("cell", name="松花江食品有限公司")).to_be_visible()
    expect(page.get_by_role("link", name=filing.number)).to_be_visible()
    desk.check()
