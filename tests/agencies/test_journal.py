"""The book: whole as written, and every clumsy attack on it is found."""

import pytest
from django.db import transaction

from agencies import journal
from agencies.models import Chain, Event

BY = journal.Actor("王检", "officer")


@pytest.fixture
def book(agency, at):
    """Five events in the agency's chain and one in the system's."""
    with transaction.atomic():
        for number in range(5):
            journal.append(agency.code, "revise", agency, by=BY, at=at, number=number)
        journal.append(journal.SYSTEM, "load", agency, by=BY, at=at)
    return agency.code


def test_a_book_as_written_is_whole(book):
    assert list(journal.breaks()) == []
    assert Chain.objects.get(key=book).length == 5


@pytest.mark.django_db(transaction=True)
def test_an_event_is_written_with_its_change_or_not_at_all(agency, at):
    with pytest.raises(journal.NotInTransaction):
        journal.append(agency.code, "revise", agency, by=BY, at=at)


@pytest.mark.parametrize(
    "change",
    [{"payload": "{}"}, {"actor": "别人"}, {"verb": "approve"}, {"previous": "0" * 64}],
)
def test_an_edited_event_is_found(book, change):
    Event.objects.filter(chain=book, seq=3).update(**change)
    assert {one.chain for one in journal.breaks()} == {book}


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_missing_event_is_found(book, seq):
    Event.objects.filter(chain=book, seq=seq).delete()
    assert list(journal.breaks(book))


def test_a_book_without_its_chain_is_found(book):
    Chain.objects.filter(key=book).delete()
    assert "belongs to no chain" in {one.why for one in journal.breaks()}


def test_canonical_text_is_one_for_equal_values(at):
    assert journal.canonical({"b": 1, "a": at}) == '{"a":"2022-06-15T02:00:00.000000+00:00","b":1}'
