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
# The session, and the account with its second factor and what it is appointed to today: read anew
# for every page, so that who was barred or dismissed is turned away at his next request.
CALLER = 2
# Beyond that, whatever the register holds.
ORDINARY = 4
# What all the rules say of a filing rests on so many kinds of fact; the law is read once for each.
RULES = 13
PAGE_KB, PUBLIC_KB = 200, 30
# The words by which the navigation and the head of every page are told what to show.
FRAME = (
    "doors",
    "folded",
    "folded_here",
    "offices_held",
    "lent",
    "glass_news",
    "demo",
    "appearance",
)
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


def test_no_page_takes_a_word_of_the_frame_for_its_own(ask, world):
    taken = set()
    for _view, who, path in pages.opened(world):
        for context in ask(who, path).context or ():
            layers = getattr(context, "dicts", ())
            taken |= {(path, word) for word in FRAME if sum(word in one for one in layers) > 1}
    assert taken == set()


def test_no_page_asks_more_of_the_database_when_there_is_more(ask, world, district, agency, item):
    first = _queries(ask, world)
    _grow(world, district, agency, item)
    second = _queries(ask, world)
    assert {path: (first[path], n) for path, n in second.items() if n > first[path]} == {}


def test_every_page_asks_little_of_the_database_and_no_exception_is_idle(ask, world):
    counts, allowed = _queries(ask, world), _exceptions(world)
    most = dict.fromkeys(counts, ORDINARY) | allowed
    assert {path: n for path, n in counts.items() if n > CALLER + most[path]} == {}
    assert {path for path in allowed if counts.get(path, 0) <= CALLER + ORDINARY} == set()


def _exceptions(w):
    """The pages that ask for more kinds of fact than four, and of how many."""
    return _of_filings(w) | _of_forms(w) | {
        # Filings, items, people, plans at the same doors, answers, evidence registered in advance,
        # transfers, rectifications, how long the clocks run, the working days, ratings.
        "/filings/today/": 11,
        # The same without items, people and ratings; cases, and what agencies owe: plans, lists.
        "/filings/deadlines/": 11,
        # The piles' sizes, filings, items, people, one's own filters.
        "/filings/queue/": 5,
        # Open cases, answered ones, their entries, clocks, working days.
        "/filings/cases/": 5,
        # One question for each kind of thing that is searched.
        "/search/?q=松花江": 5,
        # How long things are kept, five kinds of things that are due, the disposals.
        "/disposals/": 7,
        # Compiles, the year that is due (register, filings, law), regions to choose from.
        "/years/": 5,
        # The compile, its pieces and their content, the filings, items, people.
        f"{w.compiled}totals/filings/?row=filings&column=count": 6,
        # Both compiles, and the pieces of each with their content.
        f"/years/compare/filings/?before={w.compilation.pk}&of={w.compilation.pk}"
        "&table=totals&row=filings&column=count": 5,
        # Account, appointments, tokens, and the agencies and regions to appoint to.
        f"/accounts/{w.people['inspector'].pk}/": 5,
        # Every part of the house is asked how it is.
        "/health/": 12,
    }  # fmt: skip


def _of_filings(w):
    """The filing, items, bases, people, evidence in advance, what happened; then its rules."""
    shown = {one.get_absolute_url(): 7 + RULES for one in (w.draft, w.waiting)}
    # Its clocks: how long they run, the working days.
    shown[w.there.get_absolute_url()] = 8
    # Its findings, transfers and rectifications too.
    shown[w.done.get_absolute_url()] = 11
    shown[f"/filings/{w.done.pk}/deliver/"] = 7
    shown[f"/filings/{w.approved.pk}/code/"] = 4 + RULES
    # The queue, the filing, its rules, and the subject's history with the cap beside it.
    beside = 6
    shown[f"/filings/queue/?pile=approve&open={w.waiting.pk}"] = 5 + 4 + RULES + beside
    return shown


def _of_forms(w):
    """Beside what is typed: partners and items of mine, visits, caps, the next working day."""
    subject, typed = w.draft.subject_id, 12
    # And the plan of the year.
    return {
        f"/filings/new/?subject={subject}": typed + 1,
        f"/filings/emergency/?subject={subject}": typed + 1,
        f"/filings/{w.emergency.pk}/back_file/": typed + 2,
        f"/filings/{w.draft.pk}/revise/?check=1": typed + 2 + RULES,
    }


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
