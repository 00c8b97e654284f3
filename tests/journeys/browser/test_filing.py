"""An inspection from the officer's phone to the approver's desk and back."""

import pytest
from playwright.sync_api import expect

from filings.models import Filing
from tests.journeys.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_officer_files_on_a_phone_in_chinese(window, inspector, partner, subject, item):
    subject.search = "songhuajiangshipin shjsp"
    subject.save()
    phone = window(PHONE, "zh-CN")
    page = phone.sign_in(inspector)

    page.get_by_role("link", name="新建备案").first.click()
    page.get_by_label("检查对象").fill("shj")
    page.locator("#main").get_by_role("button", name="查询").click()
    phone.check()
    page.get_by_role("link", name="松花江食品有限公司").click()
    page.get_by_label("食品生产检查").check()
    phone.check()
    page.get_by_role("button", name="保存并提交").click()

    expect(page.get_by_text("执法人员不得少于两人").first).to_be_visible()
    assert page.get_by_label("食品生产检查").is_checked()
    phone.check()
    page.get_by_label("李同").check()
    page.locator("[name=plan_number]").fill("2022-01")
    page.get_by_role("button", name="保存并提交").click()

    expect(page.locator("h1")).to_have_text("松花江食品有限公司")
    phone.check()
    filing = Filing.objects.get()
    assert (filing.status, filing.members.count()) == ("submitted", 2)


def test_an_approver_returns_and_then_approves_at_a_desk_in_english(
    window, filing_at, reviewer, inspector
):
    filing = filing_at("submitted")
    desk = window(DESK, "en-GB")
    page = desk.sign_in(reviewer)

    page.get_by_role("link", name="松花江食品有限公司").click()
    desk.check()
    page.locator("summary", has_text="Return").click()
    page.get_by_role("textbox", name="Reason").fill("Name the cold store as well.")
    page.get_by_role("button", name="Return", exact=True).click()
    expect(page.get_by_text("The filing is returned to its officer.")).to_be_visible()
    page.goto(filing.get_absolute_url())
    expect(page.get_by_text("Name the cold store as well.")).to_be_visible()
    desk.check()

    phone = window(PHONE, "en-GB")
    officer = phone.sign_in(inspector)
    officer.goto(filing.get_absolute_url())
    officer.get_by_role("button", name="Submit", exact=True).click()
    expect(officer.get_by_text("The filing is submitted")).to_be_visible()
    phone.check()

    page.goto(filing.get_absolute_url())
    page.get_by_label("Opinion").fill("Agreed.")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("The filing is approved and has its number.")).to_be_visible()
    desk.check()
    filing.refresh_from_db()
    assert filing.status == "approved"
    expect(page.get_by_text(filing.number).first).to_be_visible()


def test_an_inspection_is_made_recorded_confirmed_and_closed(
    window, filing_at, reviewer, inspector
):
    filing = filing_at("approved")
    phone = window(PHONE, "zh-CN")
    page = phone.sign_in(inspector)

    page.goto(filing.get_absolute_url())
    page.get_by_label("检查前已亮码").check()
    page.get_by_label("检查通知书已送达").check()
    page.locator("form[action$='/check_in/'] button[type=submit]").click()
    page.locator("a[href$='/record/']").click()
    phone.check()
    page.get_by_label("未发现问题").check()
    page.get_by_label("检查情况摘要").fill("台账齐全。")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("台账齐全。")).to_be_visible()
    phone.check()

    desk = window(DESK, "zh-CN")
    approver = desk.sign_in(reviewer)
    approver.goto(filing.get_absolute_url())
    approver.locator("form[action$='/confirm/'] button").click()
    desk.check()

    page.reload()
    page.locator("form[action$='/close/'] button").click()
    expect(page.locator("h1 + p .status")).to_have_class("status status-closed")
    phone.check()
    assert Filing.objects.get().visit.code_shown
