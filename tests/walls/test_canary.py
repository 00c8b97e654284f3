"""What bears the mark of one agency never reaches the people of another (P29)."""

import pytest

from filings.querysets import FilingQuerySet, SubjectQuerySet
from tests.walls import asking, table
from tests.walls import world as worlds

pytestmark = pytest.mark.django_db
PUBLIC = ("/published/", "/c/", "/case/")
LINES = {
    key: line
    for key, line in table.lines().items()
    if key.startswith("GET ") and not line.same and not key.split()[1].startswith(PUBLIC)
}
SEARCHES = [
    "/filings/?q=企业",
    "/filings/?ordering=number",
    "/filings/subjects/?q=企业",
    "/filings/new/?q=企业",
    "/registers/subjects/?q=企业",
    "/registers/officers/?q=officer",
    "/registers/agencies/?q=局",
    "/search/?q=企业",
    "/search/?q=局",
    "/api/v1/search/?q=企业",
    "/api/v1/search/?q=2022",
    "/api/v1/filings/?q=企业",
    "/api/v1/filings/?fields=agency,subject,number",
    "/api/v1/subjects/?q=企业",
    "/api/v1/officers/?fields=name,agency",
]


@pytest.fixture(scope="module")
def strangers(world):
    """The people of the other agency, known by `their` before their role."""
    for role in worlds.ROLES:
        world.cookies[f"their {role}"] = worlds.cookie(world.other.people[role])
    return [f"their {role}" for role in worlds.ROLES if role not in ("administrator", "security")]


def hits(line, world, strangers):
    """To whom the mark of one's own agency is told, in the text or in a header."""
    found = []
    query = {name: value for name, value in line.query.items() if world.own.mark not in value}
    for person in strangers:
        values = line.address(world, "own")
        answer = asking.ask(world, line.method_and_route, person, values, query)
        told = asking.plain(answer) + "".join(f"{n}: {v}\n" for n, v in answer.items())
        if world.own.mark in told.replace(answer.wsgi_request.path, "*"):
            found.append(person)
    return found


@pytest.mark.parametrize("key", LINES)
def test_no_answer_bears_the_mark(key, world, strangers):
    assert hits(LINES[key], world, strangers) == []


@pytest.mark.parametrize("address", SEARCHES)
def test_no_search_finds_it(address, world, strangers):
    path, query = address.split("?")
    line = table.Line(f"GET {path}", query=dict([query.split("=")]))
    assert hits(line, world, strangers) == []


@pytest.mark.usefixtures("second_wall_removed")
def test_a_leak_is_found(world, strangers, monkeypatch):
    for kind in (FilingQuerySet, SubjectQuerySet):
        monkeypatch.setattr(kind, "visible_to", lambda self, authority: self)
    assert "their officer" in hits(LINES["GET /filings/"], world, strangers)
    assert "their clerk" in hits(LINES["GET /api/v1/filings/{pk}/"], world, strangers)
    assert "their officer" in hits(
        table.Line("GET /search/", query={"q": "企业"}), world, strangers
    )
