"""Which work can go on while the database is busy with what came before?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.utils.translation import get_language, override

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The `items` in their order, the next one made in a thread while the caller uses the last.

    For iterators that ask nothing of the database: the thread has a connection of its own, which
    does not see what the caller's transaction wrote.  It speaks the caller's language, which no
    thread takes over by itself.  What an item raises is raised in its place.
    """
    language, end = get_language(), object()

    def following() -> object:
        with override(language):
            return next(items, end)

    with ThreadPoolExecutor(1, "ahead") as thread:
        coming = thread.submit(following)
        while (item := coming.result()) is not end:
            coming = thread.submit(following)
            yield item  # type: ignore[misc]
