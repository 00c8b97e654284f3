"""What is printed holds the facts without the machinery, whole and in few sheets."""

import re

import pytest

from tests.journeys.browser.conftest import DESK

pytestmark = pytest.mark.django_db(transaction=True)
# What fits between the margins of A4, in pixels.
SHEET = {"width": 680, "height": 980}
MACHINERY = ".top, .nav, .verbs, .tabs, .filters, .pager, .keys, .pick, .button"
SEEN = f"[...document.querySelectorAll('{MACHINERY}')].filter(one => one.checkVisibility()).length"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sheets(page):
    return len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_pages_print_their_facts_and_nothing_to_press(window, world):
    proof = f"{world.published}proof/paper/?number={world.done.number}"
    printed = {
        "inspector": (world.done.get_absolute_url(), f"/filings/{world.approved.pk}/code/"),
        "reviewer": (f"/filings/queue/?pile=approve&open={world.waiting.pk}",),
        "auditor": (world.compiled,),
        "clerk": ("/filings/",),
        "": (proof,),
    }
    for who, paths in printed.items():
        opened = window(DESK, "zh-CN")
        page = opened.sign_in(world.people[who]) if who else opened.page
        page.emulate_media(media="print")
        page.set_viewport_size(SHEET)
        for path in paths:
            page.goto(path)
            assert page.evaluate(SEEN) == 0, path
            assert page.evaluate(WIDE) <= 0, path
            assert page.evaluate("document.querySelector('h1').getBoundingClientRect().top") < 200
        # The list and the proof begin on the first sheet and end there.
        if paths in (printed[""], printed["clerk"]):
            assert sheets(page) == 1, path
