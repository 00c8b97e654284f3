"""Rows come as columns of numbers, from either database, or not at all."""

import pytest
from django.db.models import F

from filings.models import Filing
from reports.reading import INSTANT, UnevenRows, among, read, read_alike
from tests.oracle import years

pytestmark = pytest.mark.django_db


def test_reads_what_the_query_says():
    made = years.Year()
    filings = [made.file(0, years.JUNE) for _ in range(3)]
    rows = read(Filing.objects.order_by("pk"), {"pk": "i8", "version": "i4"})
    assert rows["pk"].tolist() == [filing.pk for filing in filings]
    assert rows["version"].tolist() == [1, 1, 1]


def test_nothing_is_no_rows():
    assert len(read(Filing.objects.none(), {"pk": "i8"})) == 0
    assert len(read(Filing.objects.all(), {"pk": "i8"})) == 0


def test_a_null_is_refused():
    years.Year().file(0, years.JUNE)
    with pytest.raises((UnevenRows, TypeError)):
        read(Filing.objects.annotate(none=F("visit")), {"pk": "i8", "none": "i8"})


def test_every_column_comes_in_the_width_asked_for():
    filing = years.Year().file(0, years.JUNE)
    rows = read(Filing.objects.all(), {"pk": "i4", "agency_id": "i8"})
    assert rows.tolist() == [(filing.pk, filing.agency_id)]
    assert rows.dtype["agency_id"].itemsize == 8


def test_many_rows_come_whole():
    made = years.Year()
    wanted = {made.file(0, years.JUNE).pk for _ in range(40)}
    rows = read(Filing.objects.all(), {"pk": "i8", "subject_id": "i4"})
    assert set(rows["pk"].tolist()) == wanted
    assert set(rows["subject_id"].tolist()) == {made.subject.pk}


def test_rows_alike_in_words_and_truths_come_together():
    made = years.Year()
    first, second = made.file(0, years.JUNE), made.file(0, years.END)
    Filing.objects.filter(pk=second.pk).update(unannounced=True)
    columns = {"pk": "i8", "dated_at": INSTANT}
    rows, keys = read_alike(Filing.objects.all(), columns, ["origin", "unannounced"])
    assert {pk: keys[group] for pk, _, group in rows.tolist()} == {
        first.pk: ("native", False),
        second.pk: ("native", True),
    }
    told = [first.dated_at.replace(tzinfo=None), second.dated_at.replace(tzinfo=None)]
    assert rows["dated_at"].tolist() == told


def test_looks_among_more_keys_than_the_server_takes_values():
    filing = years.Year().file(0, years.JUNE)
    found = Filing.objects.filter(pk__in=among(range(filing.pk, filing.pk + 70_000)))
    assert list(found) == [filing]
    assert list(Filing.objects.filter(agency__in=among([filing.agency_id]))) == [filing]
