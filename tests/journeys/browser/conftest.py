"""A real browser before a real server: Debian's Chromium, driven by Playwright."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from filings import actions
from tests.conftest import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def chromium():
    """The browser; the journeys are skipped where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium")
    # Playwright's loop makes Django take this thread for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def at():
    """Now: the browser's clock cannot be set, and its cookies must not have expired."""
    return timezone.now()


@pytest.fixture
def said(said, at):
    """The visit has begun, so that one can check in."""
    return actions.Draft(
        **{
            **vars(said),
            "planned_start": at - timedelta(hours=1),
            "planned_end": at + timedelta(hours=8),
        }
    )


class Window:
    """One person's browser window, and what went wrong in it."""

    def __init__(self, browser, site, *, size, language, scheme):
        self.context = browser.new_context(
            viewport=size, locale=language, base_url=site, color_scheme=scheme
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._asked)
        self.site = site

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.text} {message.location.get('url', '')}")

    def _asked(self, request):
        if not request.url.startswith((self.site, "data:")):
            self.faults.append(f"asked another host: {request.url}")

    def sign_in(self, account):
        self.page.goto("/sign-in/")
        self.page.fill("[name=username]", account.username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.check()
        return self.page

    def check(self):
        """Nothing failed so far, and the page, once there, is no wider than its window."""
        self.page.wait_for_load_state()
        assert self.faults == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 0, self.page.url


@pytest.fixture
def window(chromium, live_server):
    """Open a window of a size in a language, by day or by night."""
    opened = []

    def opener(size, language, scheme="light"):
        one = Window(chromium, live_server.url, size=size, language=language, scheme=scheme)
        opened.append(one)
        return one

    yield opener
    for one in opened:
        one.context.close()
