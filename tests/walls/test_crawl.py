"""A stranger who walks the whole site finds nothing of any other agency (P29).

Every link is followed from the first page and from the API, every search is tried, and the thing
of every other agency is asked for by its address; AGENCIES says how many agencies there are.
"""

import pytest

from filings.querysets import FilingQuerySet
from tests.walls import asking, crawling, table
from tests.walls import world as worlds
from tests.walls.crowd import AGENCIES, CANARY
from tests.walls.test_canary import PUBLIC, SEARCHES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_wall_removed")]
STRANGERS = ["officer", "expired", "nobody"]
APPOINTED = ["officer", "approver", "clerk"]
# Every day a small city is walked by few and not into every like page; `make long` spares nothing.
LARGE = AGENCIES > 20
WALKERS = [*STRANGERS, "approver", "clerk", "anonymous"] if LARGE else STRANGERS
ENOUGH = 6 if LARGE else 1
READS = (
    *("POST /people/{pk}/read/", "POST /api/v1/officers/{pk}/read/"),
    *("POST /account/data/download/", "POST /people/find/"),
)
LINES = [
    line
    for key, line in table.lines().items()
    if key in READS or (key.startswith("GET ") and not key.split()[1].startswith(PUBLIC))
]
# The beginning that all canaries have in common, so that no page repeats a whole one.
COMMON = "K-"


def starts():
    """Where a walk begins: the first pages, every search, and every address without a thing."""
    plain = [line.method_and_route.split()[1] for line in LINES if not line.of and not line.values]
    searches = [f"{one.split('=')[0]}={COMMON}" for one in SEARCHES if "?q=" in one]
    return list(dict.fromkeys(["/", "/api/v1/", *plain, *SEARCHES, *searches]))


def found(world, person, answer):
    """The canaries in an answer that are not those of the agency where the person is appointed."""
    own = {world.own.mark} if person in APPOINTED else set()
    return set(CANARY.findall(crawling.told(answer))) - own


def walked(world, person):
    """Where each answer of the walk was given, its status, and the canaries in it."""
    for address, answer in crawling.walk(world, person, starts(), ENOUGH):
        yield address, answer.status_code, found(world, person, answer)


def addressed(world, person, side):
    """Where a canary was met when the things of `side` were asked for one by one."""
    world.other, met = side, []
    asked = [
        (line.method_and_route, line.address(world, "other"), line.query)
        for line in LINES
        if line.of
    ]
    for before in ("", "/api/v1"):
        asked += [
            (f"GET {before}/filings/{{pk}}/", {"pk": side.draft.pk}, {}),
            (f"GET {before}/search/", {}, {"q": side.mark[:-1]}),
        ]
    for line, values, query in asked:
        answer = asking.ask(world, line, person, values, query)
        met += [(line, one) for one in found(world, person, answer)]
    return met


@pytest.mark.parametrize("person", WALKERS)
def test_no_link_leads_to_a_canary(crowd, person):
    steps = list(walked(crowd, person))
    assert [(address, met) for address, _status, met in steps if met] == []
    assert [address for address, status, _met in steps if status >= 500] == []
    opened = sum(status == 200 for _address, status, _met in steps)
    assert opened > (100 if person in APPOINTED else 5)


@pytest.mark.parametrize("person", STRANGERS)
def test_no_address_gives_a_canary(crowd, person):
    assert [one for side in crowd.strangers for one in addressed(crowd, person, side)] == []


OWNERS = [
    ("officer", "GET /filings/{pk}/", "draft"),
    ("officer", "GET /api/v1/filings/{pk}/", "draft"),
    ("officer", "GET /filings/{pk}/evidence/", "filing"),
    ("officer", "GET /registers/draws/", ""),
    ("officer", "GET /search/", ""),
    ("officer", "GET /api/v1/search/", ""),
    ("clerk", "GET /registers/imports/", ""),
    ("approver", "GET /filings/replies/", ""),
    ("supervisor", "GET /filings/cases/{pk}/", "case"),
]


@pytest.mark.parametrize(("role", "line", "thing"), OWNERS)
def test_the_owner_finds_his_own(crowd, role, line, thing):
    for side in (crowd.own, *crowd.strangers):
        crowd.cookies["owner"] = worlds.cookie(side.people[role])
        values = {"pk": getattr(side, thing).pk} if thing else {}
        query = {"q": COMMON} if line.endswith("/search/") else {}
        answer = asking.ask(crowd, line, "owner", values, query)
        assert side.mark in crawling.told(answer), side.mark


def test_a_leak_is_met(crowd, monkeypatch):
    monkeypatch.setattr(FilingQuerySet, "visible_to", lambda self, authority: self)
    left = {one.mark for one in crowd.strangers}
    for _address, _status, met in walked(crowd, "officer"):
        left -= met
        if not left:
            break
    assert not left
    assert addressed(crowd, "officer", crowd.strangers[-1])
