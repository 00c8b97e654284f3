"""How a command tells how far long work has come."""

import pytest

from config import telling


@pytest.fixture
def told(monkeypatch):
    """The lines told, and a clock that stands two seconds further at each look."""
    clock = iter(range(0, 100, 2))
    monkeypatch.setattr(telling.time, "monotonic", lambda: next(clock))
    return []


def test_the_stage_and_how_much_of_it_is_told(told):
    telling.Teller(told.append)("filings", 9_000, 17_688, 4.2)
    assert told == ["  filings: 9,000 of 17,688, 4 s"]


def test_what_has_no_known_end_is_told_without_one(told):
    tell = telling.Teller(told.append)
    tell("compiling", 0, 0, 1.0)
    tell("compiling", 12, 0, 3.0)
    assert told == ["  compiling: 1 s", "  compiling: 12, 3 s"]


def test_a_line_comes_every_two_seconds_at_most(monkeypatch):
    clock = iter([0, 1.9, 2.0, 2.5])
    monkeypatch.setattr(telling.time, "monotonic", lambda: next(clock))
    told = []
    tell = telling.Teller(told.append)
    tell("filings", 1, 3, 1.9)
    tell("filings", 2, 3, 2.0)
    assert told == ["  filings: 2 of 3, 2 s"]
