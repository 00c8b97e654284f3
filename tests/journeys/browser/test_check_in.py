"""An officer checks in at a door without a connection; the register has it once."""

import pytest
from playwright.sync_api import expect

from filings import actions, codes
from filings.models import Alert, Filing, OfflineArrival
from officers.models import Device
from tests import factories
from tests.journeys.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(window):
    """A phone that will lose its connection, and may complain of it."""
    opened = window(PHONE, "zh-CN")
    yield opened
    opened.context.set_offline(False)


@pytest.fixture
def at_the_door(phone, inspector, filing_at):
    """The code is on the phone, and the phone is known to the register."""
    filing = filing_at("approved")
    page = phone.sign_in(inspector)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("link", name="出示检查码").click()
    expect(page.locator(".qr svg")).to_be_visible()
    page.wait_for_function(
        "fetch('/api/v1/devices/').then((a) => a.json()).then((a) => a.results.length === 1)"
    )
    phone.check()
    return page, filing


def check_in(page):
    page.get_by_label("检查前已亮码").check()
    page.get_by_role("button", name="到场登记", exact=True).click()


def test_with_a_connection_it_is_a_check_in_like_any_other(at_the_door):
    page, filing = at_the_door
    check_in(page)
    expect(page.get_by_role("heading", name="备案内容")).to_be_visible()
    stored = Filing.objects.get(pk=filing.pk)
    assert (stored.status, stored.visit.scan_of) == ("on_site", "filing")
    assert not OfflineArrival.objects.exists()


def test_without_one_it_is_signed_kept_and_sent_once(phone, at_the_door):
    page, filing = at_the_door
    phone.context.set_offline(True)
    page.reload()
    check_in(page)
    expect(page.locator("[data-signed]")).to_be_visible()
    expect(page.locator("[data-check-in]")).to_be_hidden()
    assert Filing.objects.get(pk=filing.pk).status == "approved"

    phone.context.set_offline(False)

    expect(page.locator("[data-delivered]")).to_be_visible()
    stored = Filing.objects.get(pk=filing.pk)
    assert (stored.status, stored.visit.code_shown) == ("on_site", True)
    kept = OfflineArrival.objects.get()
    assert (kept.proof, kept.device) == ("valid", Device.objects.get())
    assert abs(kept.skew) < 5
    assert stored.visit.late_reason == "现场没有网络"
    odd = set(Alert.objects.filter(filing=filing).values_list("code", flat=True))
    assert not odd & {"arrival_not_signed", "device_clock_off", "arrival_before_permitted"}


def test_it_outlives_the_browser_and_is_sent_from_the_day(phone, at_the_door):
    page, filing = at_the_door
    phone.context.set_offline(True)
    check_in(page)
    expect(page.locator("[data-signed]")).to_be_visible()
    page.close()
    phone.context.set_offline(False)

    again = phone.context.new_page()
    again.goto("/filings/today/")

    expect(again.get_by_role("link", name="登记结果")).to_be_visible()
    expect(again.locator("[data-arrivals]")).to_be_hidden()
    assert OfflineArrival.objects.get().proof == "valid"
    assert Filing.objects.get(pk=filing.pk).version == filing.version + 1


def test_another_officer_may_have_been_faster(phone, at_the_door, partner, authority, at):
    page, filing = at_the_door
    phone.context.set_offline(True)
    check_in(page)
    expect(page.locator("[data-signed]")).to_be_visible()
    fresh = Filing.objects.get(pk=filing.pk)
    actions.check_in(fresh, actions.Arrival(), by=authority(partner), at=at)

    phone.context.set_offline(False)

    expect(page.locator("[data-delivered]")).to_be_visible()
    assert not OfflineArrival.objects.exists()
    assert Filing.objects.get(pk=filing.pk).version == fresh.version


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("zh-CN", ("报告整改情况", "整改了哪些内容？", "提交报告", "整改报告已收到")),
        ("en", ("Report the rectification", "What did you rectify?", "Send the report", "arrived")),
    ],
)
def test_an_enterprise_reports_its_rectification(window, followed_at, language, named, tmp_path):
    filing = followed_at("rectification")
    picture = tmp_path / "after.png"
    picture.write_bytes(factories.png())
    visitor = window(PHONE, language)
    page = visitor.page
    page.goto(f"/c/{codes.of(filing)}")
    visitor.check()
    link, label, button, told = named
    page.get_by_role("link", name=link).click()
    page.get_by_label(label).fill("已更换过期原料")
    page.locator("[name=file]").set_input_files(picture)
    visitor.check()
    page.get_by_role("button", name=button).click()

    expect(page.get_by_role("status")).to_contain_text(told)
    visitor.check()
    assert visitor.context.cookies() == []
    assert filing.evidence.get().name == "after.png"
