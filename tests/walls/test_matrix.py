"""Every route × method × person answers as the reviewed table says (P28); headers too (P41)."""

import pytest
from django.http import HttpResponse
from django.urls import path

from config import urls
from filings.querysets import FilingQuerySet
from tests.walls import asking, routes, table
from tests.walls import world as worlds

pytestmark = pytest.mark.django_db
LINES = table.lines()
PUBLIC_FILES = {"GET /worker.js"}
OF_AN_AGENCY = [key for key, line in LINES.items() if line.of and not line.same]


@pytest.mark.parametrize("key", LINES)
def test_a_line_is_answered_as_it_says(key, world):
    found = table.faults(LINES[key], world)
    assert not found, "\n".join(["mend the route, or the line if it is wrong:", *found])


@pytest.mark.parametrize("key", OF_AN_AGENCY)
def test_what_belongs_to_another_agency_is_answered_like_nothing(key, world):
    found = table.leaks(LINES[key], world)
    assert not found, "\n".join(["mend the route, or say `other: same`:", *found])


class TestEveryRoute:
    """The table is complete: a new route fails until it has a line."""

    def test_has_a_line_for_every_method_it_answers(self, world):
        found = [line for route in routes.addresses() for line in unwritten(world, route)]
        assert not found, "\n".join(["fill in and add to tests/walls/matrix.yaml:", *found])

    def test_of_the_table_is_there(self):
        known = set(routes.addresses())
        gone = [key for key, line in LINES.items() if line.method_and_route.split()[1] not in known]
        assert not gone, "\n".join(["take out of tests/walls/matrix.yaml:", *gone])


def unwritten(world, route):
    """The methods that a route answers and that have no line, as the line to be filled in."""
    of_route = [line for line in LINES.values() if line.method_and_route.split()[1] == route]
    written = {line.method_and_route for line in of_route}
    named = dict.fromkeys(routes.names(route), "1")
    values = of_route[0].address(world, "own") if of_route else named
    return [
        f"{method} {route}: {{may: …, barred: …, hidden: …}}"
        for method in routes.METHODS
        if f"{method} {route}" not in written and answers(world, f"{method} {route}", values)
    ]


def answers(world, line, values):
    """Whether the route does anything at this method; 405 to anybody says that it does not."""
    asked = (asking.ask(world, line, who, values) for who in ("officer", "anonymous"))
    return all(answer.status_code != 405 for answer in asked)


class TestHeaders:
    """Nothing is cached, framed, guessed at or told onwards (P41)."""

    @pytest.mark.parametrize("key", [key for key in LINES if key.startswith("GET ")])
    def test_are_on_every_answer(self, key, world):
        line = LINES[key]
        passing = [person for person in worlds.PERSONS if line.answers[person] == "may"]
        for person in {*passing[:1], "nobody", "anonymous"}:
            answer = line.ask(world, person)
            assert "no-store" in answer["Cache-Control"] or key in PUBLIC_FILES
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
            assert answer["Strict-Transport-Security"].startswith("max-age=3600")
            assert answer["X-Frame-Options"] == "DENY"
            private = "no-referrer" if line.of in ("code", "photo") else "same-origin"
            assert answer["Referrer-Policy"] in (private, "no-referrer")


class TestTheTableItself:
    """Controls: what is planted is found."""

    def test_finds_a_route_without_a_line(self, world, monkeypatch):
        planted = path("planted/<int:pk>/", lambda request, pk: HttpResponse("x"))
        monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, planted])
        routes.forget()
        try:
            assert "/planted/{pk}/" in routes.addresses()
            found = [line.split(":")[0] for line in unwritten(world, "/planted/{pk}/")]
        finally:
            monkeypatch.undo()
            routes.forget()
        assert found == [f"{method} /planted/{{pk}}/" for method in routes.METHODS]

    @pytest.mark.usefixtures("second_wall_removed")
    def test_finds_a_leak(self, world, monkeypatch):
        monkeypatch.setattr(FilingQuerySet, "visible_to", lambda self, authority: self)
        line = LINES["GET /filings/{pk}/"]
        assert "officer gets 200 for the thing of another agency" in table.leaks(line, world)
        assert "nobody gets 200, the line says hidden" in table.faults(line, world)

    def test_finds_a_door_left_open(self, world, monkeypatch):
        monkeypatch.setattr("officers.web.operating._require_operator", lambda request: None)
        found = table.faults(LINES["GET /jobs/"], world)
        assert "clerk gets 200, the line says barred" in found

    def test_refuses_a_line_that_forgets_somebody(self):
        persons = " ".join(one for one in worlds.PERSONS if one != "auditor")
        with pytest.raises(ValueError, match="nothing is said of auditor"):
            table.parsed("GET /x/", {"may": persons})
        with pytest.raises(ValueError, match="nobody is called burglar"):
            table.parsed("GET /x/", {"may": "burglar"})
