"""What an enterprise does with a phone: scans, reads, rates; scans a withdrawn or a wrong code."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from filings import actions, codes, letters
from filings.actions import Reach
from filings.models import Rating
from tests.journeys.browser.conftest import DESK

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 780}
AXE = Axe()
SAID = {
    "zh-CN": {
        "valid": "现在有效", "rate": "评价本次检查", "level": "4", "send": "提交评价",
        "thanks": "感谢", "withdrawn": "检查已撤回", "wrong": "无法核验",
    },
    "en-GB": {
        "valid": "Valid now", "rate": "Rate the visit", "level": "4", "send": "Send the rating",
        "thanks": "Thank you", "withdrawn": "the inspection was withdrawn",
        "wrong": "cannot be verified",
    },
}  # fmt: skip


@pytest.fixture
def at():
    """Three hours ago, so that the officers have arrived by now."""
    return timezone.now() - timedelta(hours=3)


def faults(page):
    """What axe finds wrong with the page."""
    found = AXE.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{page.url}: {one['id']}: {n['html']}" for one in found for n in one["nodes"]]


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_scan_valid_rate_thanks(window, filing_at, language, size, scheme):
    said, filing = SAID[language], filing_at("on_site")
    opened = window(size, language, scheme)
    page = opened.page
    page.goto(f"/c/{codes.of(filing)}")
    assert said["valid"] in page.inner_text("h1")
    broken = faults(page)

    page.click(f".begin button:has-text('{said['rate']}')")
    broken += faults(page)
    page.check("input[name=level][value='4']")
    page.check("input[name=tags][value=courteous]")
    page.click(f"button:has-text('{said['send']}')")
    assert said["thanks"] in page.inner_text("h1")
    broken += faults(page)

    assert broken == []
    opened.check()
    assert (Rating.objects.get().level, Rating.objects.get().doubtful) == (4, False)


@pytest.mark.parametrize("language", SAID)
def test_withdrawn_and_wrong(window, filing_at, language):
    said, gone = SAID[language], codes.of(filing_at("voided"))
    opened = window(PHONE, language)
    for path, told, status in (
        (f"/c/{gone}", said["withdrawn"], 200),
        ("/c/" + "A" * 32, said["wrong"], 404),
    ):
        answer = opened.page.goto(path)
        assert answer.status == status
        assert told in opened.page.inner_text("h1")
        assert opened.page.locator(".verdict-valid").count() == 0
        assert faults(opened.page) == []


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_every_public_page_breaks_no_rule(window, filing_at, size, scheme):
    token = codes.of(filing_at("approved"))
    opened = window(size, "zh-CN", scheme)
    found = []
    for path in (
        f"/c/{token}",
        f"/c/{token}/tell",
        f"/c/{token}/rate",
        "/case/",
        "/own/",
        "/published/",
    ):
        opened.page.goto(path)
        found += faults(opened.page)
        opened.check()
    assert found == []


def test_own_pages_from_code_to_rating(window, filing_at, subject, clerk, authority, at):
    filing = filing_at("on_site")
    actions.set_contact(
        subject, Reach("firm@example.com"), by=authority(clerk), at=at, reason="营业执照"
    )
    opened = window(PHONE, "zh-CN")
    page = opened.page
    page.goto(f"/c/{codes.of(filing)}")
    page.click(".begin a")
    page.fill("[name=uscc]", subject.uscc)
    page.fill("[name=contact]", "firm@example.com")
    page.click("main button[type=submit]")
    letters.settle()
    page.fill("[name=code]", re.search(r"(?<!\d)\d{6}(?!\d)", mail.outbox[-1].body)[0])
    page.click("main button[type=submit]")
    assert filing.number in page.inner_text("main")
    assert faults(page) == []

    page.click("main .button-primary")
    page.check("input[name=level][value='5']")
    page.click("main .button-primary")
    assert "感谢" in page.inner_text("h1")
    assert page.context.cookies() == []
    opened.check()
    assert reverse("door:rate", args=[codes.of(filing)]) in page.url
