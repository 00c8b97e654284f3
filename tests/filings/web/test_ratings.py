"""Who reads how the visits were rated: agencies in groups of five, supervisors one by one."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filings.models import Rating

WORDS = "罕见字句"


@pytest.fixture
def read(client, at):
    def do(account, path="/filings/ratings/"):
        client.force_login(account)
        with time_machine.travel(at, tick=False):
            return client.get(path, headers={"Accept-Language": "en"})

    return do


@pytest.fixture
def rated(agency):
    def do(*levels, of=agency, on=date(2022, 6, 14), **said):
        for level in levels:
            Rating.objects.create(agency=of, level=level, rated_on=on, **said)

    return do


@pytest.mark.parametrize("who", ["inspector", "reviewer", "clerk"])
def test_an_agency_reads_whole_groups_and_no_word(who, request, read, rated):
    account = request.getfixturevalue(who)
    rated(4, 4, 4, 5, text=WORDS, tags=["courteous"])
    before = read(account).content.decode()
    rated(5)
    rated(1, 1, 1, 1)
    after = read(account).content.decode()

    assert "Fewer than five ratings" in before
    assert "5 ratings of this year, 4.4 of 5 on average" in after
    assert WORDS not in before + after
    assert "courteous" not in before + after
    assert "Doubtful" not in before + after


def test_a_supervisor_reads_each_by_the_day_with_its_doubt(read, rated, supervisor, agency):
    rated(2, text=WORDS, tags=["fee_or_gift"], doubtful=True)
    text = read(supervisor).content.decode()

    for told in (WORDS, "a fee or a gift was asked for", "2022-06-14", "Doubtful", agency.name):
        assert told in text


def test_programs_read_the_same_groups(read, rated, inspector, supervisor, stranger_agency):
    rated(4, 4, 4, 5, 5, 1, text=WORDS)
    rated(3, 3, 3, 3, 3, of=stranger_agency)
    for who in (inspector, supervisor):
        (one,) = read(who, "/api/v1/ratings/").json()
        assert (one["agency"]["code"], one["count"], one["mean"]) == ("CYSJ", 5, 4.4)


def test_a_supervisor_reads_none_of_another_region(read, rated, supervisor, stranger_agency):
    rated(2, of=stranger_agency, text=WORDS)
    assert WORDS not in read(supervisor).content.decode()


def test_an_auditor_reads_no_single_one(read, rated, auditor):
    rated(1, text=WORDS)
    answer = read(auditor)
    assert WORDS not in answer.content.decode()


@pytest.mark.parametrize("who", ["outsider"])
def test_an_outsider_reads_nothing_of_it(who, request, read, rated, agency):
    rated(1, 1, 1, 1, 1)
    assert agency.name not in read(request.getfixturevalue(who)).content.decode()


def test_the_list_does_not_grow_in_questions(read, rated, supervisor):
    read(supervisor)
    counts = []
    for more in (1, 30):
        rated(*[3] * more)
        with CaptureQueriesContext(connection) as asked:
            read(supervisor)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_each_cell_says_on_a_phone_what_it_is(read, rated, supervisor):
    rated(2, text=WORDS)
    page = read(supervisor).content.decode()
    for told in ("Agency", "Rating", "What was said"):
        assert f'data-label="{told}"' in page
