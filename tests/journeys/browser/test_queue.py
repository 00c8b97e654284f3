"""An approver clears the queue without a mouse."""

import re

import pytest
from playwright.sync_api import expect

from filings.models import Filing
from tests.journeys.browser.conftest import DESK

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_queue_is_cleared_by_the_keyboard(window, filing_at, reviewer):
    first, second = filing_at("submitted"), filing_at("submitted")
    desk = window(DESK, "en-GB")
    page = desk.sign_in(reviewer)

    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("#open h2").first).to_be_visible()
    desk.check()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The filing is approved and has its number.")).to_be_visible()

    expect(page).to_have_url(re.compile("/filings/queue/"))
    desk.check()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_role("button", name="all that are ticked").click()
    expect(page.get_by_text("1 of 1 done.")).to_be_visible()
    desk.check()
    assert set(Filing.objects.values_list("pk", "status")) == {
        (first.pk, "approved"),
        (second.pk, "approved"),
    }
