"""The next rows are read while the database is busy with the last ones."""

import threading

import pytest
from django.utils.translation import get_language, override

from agencies.imports.ahead import ahead


def test_items_come_in_their_order_and_all_of_them():
    assert list(ahead(iter(range(50)))) == list(range(50))


def test_nothing_comes_of_nothing():
    assert list(ahead(iter(()))) == []


def test_the_next_item_is_made_while_the_last_one_is_used():
    made = threading.Event()

    def items():
        yield "first"
        made.set()
        yield "second"

    for item in ahead(items()):
        assert made.wait(5), item


def test_what_an_item_raises_is_raised_in_its_place():
    def items():
        yield 1
        raise ValueError("the second")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="the second"):
        next(found)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_item_is_made_in_the_language_of_its_reader(language):
    with override(language):
        assert list(ahead(get_language() for _ in range(2))) == [language, language]
