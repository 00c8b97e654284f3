"""Every page of the site answers, in few queries whatever it holds, and weighs little."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.journeys import pages

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "en")
# Who asks, by which session, with which appointments: read once for every page.
CALLER = 3
# Beyond that, whatever the register holds: a page asks for each kind of fact it shows once (most
# ask once to five times).  What all the rules say of a filing rests on thirteen more kinds, and the
# filing, its items, bases and people are read before them.
PAGE, RULES, FILING = 12, 13, 4
JUDGED = PAGE + RULES + FILING
PAGE_KB, PUBLIC_KB = 200, 30
_PARTS = re.compile(r'(?:href|src)="/static/([^"#]+)')


@pytest.fixture
def ask(world, at):
    """Open pages as the people of the world, a little after everything has happened."""
    clients = {name: Client() for name in ("", *world.people)}
    for name, account in world.people.items():
        clients[name].force_login(account)

    def asking(who, path, language="en"):
        return clients[who].get(path, headers={"Accept-Language": language})

    with time_machine.travel(at, tick=False):
        yield asking


def test_every_route_is_a_page_in_the_table_or_named_as_none(db):
    assert pages.missing() == set()
    assert pages.stale() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_in_the_language_asked_for(ask, world, language):
    wrong = []
    for view, who, path in pages.opened(world):
        answer = ask(who, path, language)
        text = answer.content.decode()
        # Without a connection nobody can say which language it should be: that page speaks both.
        told = view == "offline" or f'<html lang="{_tag(language)}"' in text
        if answer.status_code != 200 or not told:
            wrong.append(f"{view} {path}: {answer.status_code}")
    assert wrong == []


def _tag(language):
    return "zh-Hans" if language == "zh-hans" else language


def test_no_page_asks_more_of_the_database_when_there_is_more(ask, world, district, agency, item):
    first = _queries(ask, world)
    _grow(world, district, agency, item)
    second = _queries(ask, world)
    assert {path: (first[path], n) for path, n in second.items() if n > first[path]} == {}


def test_every_page_asks_little_of_the_database(ask, world):
    counts = _queries(ask, world)
    judged = set(_judged(world))
    most = {path: JUDGED if path in judged else PAGE for path in counts}
    assert {path: n for path, n in counts.items() if n > CALLER + most[path]} == {}


def _judged(world):
    """The pages that show what every rule says of a filing: the law is read once for each."""
    yield f"/filings/{world.draft.pk}/revise/?check=1"
    yield f"/filings/queue/?pile=approve&open={world.waiting.pk}"
    yield from (one.get_absolute_url() for one in (world.draft, world.waiting))
    yield f"/filings/{world.approved.pk}/code/"
    yield f"/filings/{world.emergency.pk}/back_file/"


def _queries(ask, world):
    counts = Counter()
    for _view, who, path in pages.opened(world):
        ask(who, path)
        with CaptureQueriesContext(
            connection,
        ) as found:
            ask(who, path)
        counts[path] = len(found)
    return counts


def _grow(world, district, agency, item):
    """Three times the filings, subjects, officers and items there were."""
    for _turn in range(8):
        subject = factories.subject(district, name=f"松花江{_turn}号有限公司")
        factories.filing(
            agency,
            subject,
            officers=(world.people["inspector"].officer, factories.officer(agency)),
            items=[factories.item(claimed_by=[agency])],
            status="submitted",
            submitted_at=world.waiting.submitted_at,
        )


def test_no_page_is_heavy_and_public_ones_are_light(ask, world):
    heavy = {}
    for view, who, path in pages.opened(world):
        weight = _weight(ask(who, path).content.decode())
        most = PUBLIC_KB if pages.is_public(view) else PAGE_KB
        if weight > most * 1024:
            heavy[path] = weight
    assert heavy == {}


def test_every_public_page_says_to_search_engines_what_it_is(ask, world):
    told = '<meta name="description" content="'
    silent = [
        path
        for view, who, path in pages.opened(world)
        if pages.is_public(view)
        and view != "offline"
        and told not in ask(who, path).content.decode()
    ]
    assert silent == []


def _weight(html):
    """Bytes on the line, compressed: the page without its drawings, and all it loads."""
    page = re.sub(r"<svg class=\"(bar|column)\".*?</svg>", "", html, flags=re.S)
    parts = {finders.find(name) for name in _PARTS.findall(html)}
    files = sum(len(gzip.compress(Path(path).read_bytes())) for path in parts)
    return len(gzip.compress(page.encode())) + files
