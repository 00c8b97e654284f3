"""Who receives the result signs on the officer's phone, or will not."""

import pytest
from playwright.sync_api import expect

from filings.models import Result
from tests.journeys.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(window, filing_at, inspector):
    """The page that asks how the result was told, and its filing."""
    filing = filing_at("recorded")
    phone = window(PHONE, "zh-CN")
    page = phone.sign_in(inspector)
    page.goto(f"/filings/{filing.pk}/deliver/")
    phone.check()
    return filing, page, phone


def test_a_signature_is_drawn_and_kept(asked):
    filing, page, phone = asked
    page.get_by_role("textbox", name="接收人").fill("刘总")
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 90, steps=5)
    page.mouse.up()
    page.locator("main form button[type=submit]").click()

    phone.check()
    assert Result.objects.get().delivery_channel == "on_the_spot"
    assert filing.evidence.get().name == "刘总.png"


def test_who_will_not_sign_is_asked_why(asked):
    filing, page, phone = asked
    expect(page.locator("[name=note]")).to_be_hidden()
    page.locator("[name=channel]").select_option("unsigned")
    expect(page.locator("canvas")).to_be_hidden()
    page.get_by_role("textbox", name="接收人").fill("刘总")
    page.locator("[name=note]").fill("不认可结果")
    page.locator("[name=witness]").fill("居委会马主任")
    page.locator("main form button[type=submit]").click()

    phone.check()
    assert Result.objects.get().delivery_note == "不认可结果"
    assert not filing.evidence.exists()
