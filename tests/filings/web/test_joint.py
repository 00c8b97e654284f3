"""The offer of a joint visit is answered where it is shown, by those who may."""

import pytest
import time_machine

from filings.matching import offers
from filings.models import Filing

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _clock(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def page(client):
    def read(who, filing):
        client.force_login(who)
        return client.get(filing.get_absolute_url(), headers=ENGLISH).content.decode()

    return read


@pytest.fixture
def press(client, at):
    def do(who, filing, verb, **typed):
        client.force_login(who)
        seen = Filing.objects.get(pk=filing.pk)
        typed = {"version": seen.version, "offer": offers(seen, at)[0].key} | typed
        return client.post(f"{filing.get_absolute_url()}{verb}/", typed, headers=ENGLISH)

    return do


def test_is_accepted_by_one_press_on_each_side(page, press, offered, planned, inspector, neighbour):
    filing = offered("submitted")
    other = Filing.objects.exclude(pk=filing.pk).get()
    assert f"{filing.get_absolute_url()}join/" in page(inspector, filing)

    assert press(inspector, filing, "join").status_code == 302
    assert "the other side has not answered" in page(inspector, filing)
    assert "The other side asks us to come along" in page(neighbour, other)
    assert press(neighbour, other, "join").status_code == 302

    text = page(inspector, filing)
    assert "Made as one visit" in text
    assert f"{filing.get_absolute_url()}join/" not in text
    assert f"{filing.get_absolute_url()}leave/" in text
    assert "何邻" not in text
    assert other.place not in text
    assert f"{filing.get_absolute_url()}evidence/" not in text


def test_is_declined_only_with_a_reason(page, press, offered, inspector):
    filing = offered("submitted")

    refused = press(inspector, filing, "decline", reason="")
    assert refused.status_code == 400
    assert press(inspector, filing, "decline", reason="时间不合").status_code == 302

    assert "We declined" in page(inspector, filing)


def test_keeps_the_reason_from_the_other_side(page, press, offered, inspector, neighbour):
    filing = offered("submitted")
    other = Filing.objects.exclude(pk=filing.pk).get()
    press(inspector, filing, "decline", reason="人手不足")

    text = page(neighbour, other)

    assert "The other side declined" in text
    assert "人手不足" not in text
    assert "人手不足" in page(inspector, filing)


def test_of_the_own_agency_is_merged_by_one_press(page, press, offered, inspector):
    filing = offered("submitted", own=True)
    assert f"{filing.get_absolute_url()}merge/" in page(inspector, filing)

    assert press(inspector, filing, "merge").status_code == 302

    assert {one.visit_id for one in Filing.objects.all()} != {None}


def test_a_key_made_up_is_refused_at_its_field(press, offered, inspector):
    filing = offered("submitted")

    answer = press(inspector, filing, "join", offer="0" * 16)

    assert answer.status_code == 400
    assert "id_offer" in answer.content.decode()


def test_is_answered_by_the_clerk_and_not_by_the_approver(page, offered, clerk, reviewer):
    filing = offered("submitted")
    url = f"{filing.get_absolute_url()}join/"

    assert url in page(clerk, filing)
    assert url not in page(reviewer, filing)


def test_the_left_visit_is_no_longer_shared(page, press, joined, inspector):
    filing, _other = joined()

    assert press(inspector, filing, "leave", reason="时间不合").status_code == 302

    assert "We declined" in page(inspector, filing)


@pytest.mark.parametrize(("own", "clock"), [(False, "join"), (True, "merge")])
def test_an_offer_nobody_answered_is_among_the_deadlines(own, clock, client, offered, inspector):
    offered("submitted", own=own)
    client.force_login(inspector)

    rows = client.get(f"/api/v1/filings/deadlines/?clock={clock}").json()["rows"]

    assert {(one["owner"], one["colour"]) for one in rows} == {("officer", "blue")}


def test_before_they_arrive_nobody_sees_what_the_others_noted(client, joined, inspector, at):
    filing, _other = joined("approved")
    visit = filing.visit
    visit.arrived_at = visit.recorded_at = at
    visit.save()
    client.force_login(inspector)

    assert client.get(f"/api/v1/filings/{filing.pk}/").json()["visit"] is None
