"""Pages by cursor: no row twice, none skipped, in any order, forwards and back."""

from datetime import UTC, datetime, timedelta

import pytest

from agencies.keyset import BadCursor, page
from agencies.models import Job

START = datetime(2022, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs():
    """Eleven jobs; groups of three share a moment, every fourth was never started."""
    for number in range(11):
        Job.objects.create(
            kind="k",
            key=f"{number:02}",
            ordered_by="cast",
            ordered_at=START + timedelta(microseconds=number // 3),
            started_at=None if number % 4 == 0 else START + timedelta(days=number % 3),
            total=number % 5,
        )
    return Job.objects.all()


def walk(queryset, size):
    cursor, seen, pages = "", [], []
    while cursor is not None:
        found = page(queryset, size=size, cursor=cursor)
        pages.append(found)
        seen += found.rows
        cursor = found.next
    return seen, pages


class TestPage:
    @pytest.mark.parametrize("size", [1, 3, 4, 11, 20])
    @pytest.mark.parametrize(
        "ordering",
        [("key",), ("-ordered_at",), ("started_at",), ("-started_at", "total"), ("-total", "key")],
    )
    def test_shows_every_row_once_both_ways(self, jobs, ordering, size):
        queryset = jobs.order_by(*ordering)
        seen, pages = walk(queryset, size)
        assert len(seen) == 11
        assert len({job.pk for job in seen}) == 11
        back, cursor = list(pages[-1].rows), pages[-1].previous
        while cursor is not None:
            found = page(queryset, size=size, cursor=cursor)
            back, cursor = found.rows + back, found.previous
        assert back == seen

    def test_rows_without_a_value_come_last(self, jobs):
        for ordering in ("started_at", "-started_at"):
            seen, _pages = walk(jobs.order_by(ordering), 4)
            assert [job.started_at is None for job in seen] == [False] * 8 + [True] * 3

    def test_a_new_row_does_not_shift_the_next_page(self, jobs):
        first = page(jobs.order_by("key"), size=3)
        Job.objects.create(kind="k", key="00a", ordered_by="cast", ordered_at=START)
        second = page(jobs.order_by("key"), size=3, cursor=first.next)
        assert [job.key for job in second.rows] == ["03", "04", "05"]

    @pytest.mark.parametrize(
        "cursor",
        [
            *("x", "!!", "bnVsbA", "W10", "WzAsWyJrZXkiLCJwayJdLFsxLHt9XV0", "[" * 3000, "检"),
            "WzksWyJrZXkiLCJwayJdLFsiMDEiLDFdXQ",
        ],
    )
    def test_refuses_a_damaged_cursor(self, jobs, cursor):
        with pytest.raises(BadCursor):
            page(jobs.order_by("key"), size=3, cursor=cursor)

    def test_refuses_the_cursor_of_another_ordering(self, jobs):
        cursor = page(jobs.order_by("total"), size=3).next
        with pytest.raises(BadCursor, match=r"ordering|排序"):
            page(jobs.order_by("key"), size=3, cursor=cursor)

    def test_costs_one_query(self, jobs, django_assert_num_queries):
        with django_assert_num_queries(1):
            page(jobs.order_by("key"), size=3)
