"""What an officer's phone still does without a connection."""

import pytest
from playwright.sync_api import expect

from filings.models import Filing
from tests.journeys.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(window):
    """A phone that will lose its connection, and may complain of it."""
    opened = window(PHONE, "zh-CN")
    yield opened
    opened.context.set_offline(False)


def test_a_code_once_loaded_is_shown_without_a_connection(phone, inspector, filing_at):
    filing = filing_at("approved")
    page = phone.sign_in(inspector)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("link", name="出示检查码").click()
    expect(page.locator(".qr svg")).to_be_visible()
    phone.check()

    phone.context.set_offline(True)
    page.reload()

    expect(page.locator(".qr svg")).to_be_visible()
    expect(page.get_by_role("figure").get_by_text(filing.number)).to_be_visible()
    page.goto("/filings/")
    expect(page.get_by_role("heading", name="没有网络")).to_be_visible()
    expect(page.get_by_role("link", name="松花江食品有限公司")).to_be_visible()


def test_a_draft_is_sent_once_when_the_connection_is_back(phone, inspector, item, subject):
    page = phone.sign_in(inspector)
    page.goto(f"/filings/new/?subject={subject.pk}")
    page.get_by_label("食品生产检查").check()
    page.get_by_label("检查地点").fill("冷库")
    phone.context.set_offline(True)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("已保存在本机。")).to_be_visible()
    assert not Filing.objects.exists()

    phone.context.set_offline(False)

    expect(page.locator("h1")).to_have_text("松花江食品有限公司")
    filing = Filing.objects.get()
    assert (filing.place, filing.items.count()) == ("冷库", 1)
    page.goto("/filings/today/")
    expect(page.locator("[data-unsent]")).to_be_hidden()


def test_a_draft_outlives_the_browser_and_is_sent_once(phone, inspector, item, subject):
    page = phone.sign_in(inspector)
    page.goto(f"/filings/new/?subject={subject.pk}")
    page.get_by_label("食品生产检查").check()
    page.get_by_label("检查地点").fill("冷库")
    phone.context.set_offline(True)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("已保存在本机。")).to_be_visible()
    page.close()
    phone.context.set_offline(False)

    again = phone.context.new_page()
    again.goto("/filings/today/")
    again.get_by_role("link", name="松花江食品有限公司").click()
    expect(again.get_by_label("检查地点")).to_have_value("冷库")
    again.get_by_role("button", name="保存草稿").click()

    expect(again.locator("h1")).to_have_text("松花江食品有限公司")
    assert Filing.objects.get().items.count() == 1


def test_signing_out_leaves_nothing_on_the_device(phone, inspector, subject):
    page = phone.sign_in(inspector)
    page.goto(f"/filings/new/?subject={subject.pk}")
    page.get_by_label("检查地点").fill("冷库")
    page.reload()
    expect(page.get_by_label("检查地点")).to_have_value("冷库")

    page.locator("details.who > summary").click()
    page.get_by_role("button", name="退出登录").click()

    expect(page.locator("[name=username]")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
