"""Everybody's daily work with real clicks, on a phone and at a desk, in Chinese and in English.

Each signs in once; then the window changes its size and the person the language, and the same
work is done anew on another thing.  Words are those of the catalogue: a button without a
translation is not found.  What enterprises do stands in test_door.py.
"""

from itertools import count

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import expect

from agencies import jobs
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Job
from filings.models import Alert, Filing
from officers.models import Account
from reports import actions as years
from reports import sealing
from reports.periods import of_year
from tests.journeys.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [(PHONE, "zh-hans"), (DESK, "zh-hans"), (DESK, "en"), (PHONE, "en")]


class Desk:
    """One person's work, in the words of one language at a time."""

    def __init__(self, window, language="zh-hans"):
        self.window, self.page, self.language = window, window.page, language

    def said(self, english, context=None):
        with override(self.language):
            return pgettext(context, english) if context else gettext(english)

    def look(self, size, language):
        self.page.set_viewport_size(size)
        if language != self.language:
            self.page.locator("details.who > summary").click()
            self.page.locator("button[name=language]").click()
            self.language = language
        self.window.check()

    def enter(self, room):
        """Go to a room by the navigation; on a phone perhaps by way of the last tab."""
        link = self.page.locator("nav.nav").get_by_role("link", name=self.said(room), exact=True)
        if link.count() == 0 or not link.first.is_visible():
            self.page.locator(".more-rooms > summary").click()
        link.locator("visible=true").click()
        expect(self.page.locator("h1")).to_be_visible()
        self.window.check()

    def follow(self, english, context=None):
        self.page.locator("#main").get_by_role(
            "link", name=self.said(english, context)
        ).first.click()
        self.window.check()

    def press(self, english, context=None, *, within="#main"):
        name = self.said(english, context)
        self.page.locator(within).get_by_role("button", name=name, exact=True).first.click()
        self.window.check()

    def reads(self, english, **numbers):
        text = self.said(english)
        expect(self.page.locator("#main")).to_contain_text(text % numbers if numbers else text)


@pytest.fixture
def works(window):
    """The four looks of somebody at work, who signs in for the first."""

    def looks(account):
        desk = Desk(window(PHONE, "zh-CN"))
        desk.window.sign_in(account)
        for size, language in LOOKS:
            desk.look(size, language)
            yield desk

    return looks


def statuses():
    return set(Filing.objects.values_list("status", flat=True))


def test_an_officer_checks_in_and_records(works, filing_at, inspector):
    for _turn in LOOKS:
        filing_at("approved")
    for desk in works(inspector):
        desk.enter("My day")
        desk.follow("Show the code")
        expect(desk.page.locator(".qr svg")).to_be_visible()
        desk.page.locator(".crumbs a").last.click()
        desk.page.get_by_label(desk.said("The code was shown before the start")).check()
        desk.page.get_by_label(desk.said("The notice was handed over")).check()
        desk.press("Check in")
        desk.follow("Record the result")
        desk.page.get_by_label(desk.said("No problem found")).check()
        desk.press("Record the result")
        desk.reads("The result is recorded; the approver confirms it.")
    assert statuses() == {"recorded"}


def test_an_approver_approves_out_of_the_queue(works, filing_at, reviewer):
    for _turn in LOOKS:
        filing_at("submitted")
    for desk in works(reviewer):
        desk.enter("Queue")
        desk.page.locator("[data-row] a").first.click()
        desk.window.check()
        desk.page.get_by_label(desk.said("Opinion")).fill("同意")
        desk.press("Approve")
        desk.reads("The filing is approved and has its number.")
    assert statuses() == {"approved"}


def test_a_supervisor_handles_alerts_and_reads_ratings(works, supervisor, agency, at):
    for turn in range(len(LOOKS)):
        Alert.objects.create(
            code="certificate_expiring", severity="warn", about=f"officer:{turn}",
            agency=agency, text="A certificate expires soon.", created_at=at,
        )  # fmt: skip
    for desk in works(supervisor):
        desk.enter("Alerts")
        desk.page.get_by_label(desk.said("What was done")).first.fill("已督促换证")
        desk.press("Handled")
        desk.enter("Ratings")
        desk.reads("No rating yet")
    assert not Alert.objects.filter(handled_at=None).exists()


def test_a_clerk_enters_officers(works, clerk, agency):
    number = count(901)
    for desk in works(clerk):
        desk.enter("Registers")
        desk.follow("Officers")
        desk.follow("Enter one")
        for name, value in (
            ("agency", agency.code),
            ("code", f"0{next(number)}"),
            ("name", "郑新"),
            ("joined_on", "2022-01-01"),
        ):
            desk.page.locator(f"[name={name}]").fill(value)
        desk.page.locator("[name=category]").select_option(label=desk.said("Enforcement officer"))
        desk.press("Enter it into the register")
        desk.reads("entered")
    assert agency.officers.filter(name="郑新", category="officer").count() == len(LOOKS)


@pytest.fixture
def year(auditor, supervisor, city, filing_at, at):
    """A year that was compiled and sealed, with one filing in it."""
    filing_at("approved")
    by = Actor("吴审", "auditor")
    ordered = years.order(of_year(local_date(at).year), city, by=by, at=at)
    compilation = years.run(ordered.job_id, clock=timezone.now)
    proposal = sealing.propose(compilation, by=by, at=at, account=auditor)
    return sealing.seal(proposal, by=Actor("周督"), at=at, account=supervisor)


def test_an_auditor_reads_from_the_sentence_to_the_filing(works, auditor, year):
    for desk in works(auditor):
        desk.enter("Years")
        desk.page.get_by_role("link", name=year.region.name).first.click()
        expect(desk.page.locator("blockquote").first).to_be_visible()
        desk.window.check()
        desk.page.locator(".totals a[href*='/totals/filings/']").click()
        expect(desk.page.get_by_role("cell", name="松花江食品有限公司")).to_be_visible()
        desk.window.check()


def test_an_administrator_queues_failed_jobs_again(works, administrator, at):
    for turn in range(len(LOOKS)):
        made = jobs.order("filings.dispose", str(turn), params={}, by="孙册", at=at)
        jobs.fail(jobs.claim(made.pk, now=at), "OSError: disk full", now=at)
    for desk in works(administrator):
        desk.enter("Jobs and health")
        desk.page.get_by_role("navigation", name=desk.said("States")).get_by_role(
            "link", name=desk.said("Failed")
        ).click()
        desk.press("Queue it again")
        desk.reads("The job is queued again.")
        desk.follow("Health")
        desk.reads("Database")
    assert set(Job.objects.values_list("state", flat=True)) == {"queued"}


def test_a_security_administrator_opens_accounts(works, security):
    number = count(1)
    for desk in works(security):
        desk.enter("Accounts")
        desk.follow("New account")
        desk.page.get_by_label(desk.said("User name")).fill(f"newcomer{next(number)}")
        desk.page.get_by_label(desk.said("Name", "of a person"), exact=True).fill("冯新")
        desk.press("Make the account")
    assert Account.objects.filter(username__startswith="newcomer").count() == len(LOOKS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_anybody_checks_a_published_year(window, year, language):
    number = Filing.objects.get().number
    desk = Desk(window(PHONE, language), language)
    desk.page.goto("/sign-in/")
    for size in (PHONE, DESK):
        desk.page.set_viewport_size(size)
        desk.page.locator(".foot").get_by_role("link", name=desk.said("Published years")).click()
        desk.page.locator("#main").get_by_role("link", name=year.region.name).click()
        desk.window.check()
        desk.page.get_by_label(desk.said("Number of a filing")).fill(number)
        desk.press("Is it counted?")
        desk.reads("It is in the sealed lines:")
