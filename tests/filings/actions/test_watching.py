"""The register's own clock: expires what was not used, alerts, and passes on to the next above."""

from datetime import timedelta

import pytest
from django.utils import translation

from agencies import journal
from agencies.models import Event
from filings import actions
from filings.actions.watching import Watched
from filings.models import Alert, Filing

LATE = timedelta(days=2)


def test_expires_what_nobody_used_and_revokes_its_code(filing_at, at):
    filing = filing_at("approved")
    assert actions.watch(at=filing.planned_end - timedelta(seconds=1)) == Watched()
    assert actions.watch(at=filing.planned_end).expired == 1
    stored = Filing.objects.get(pk=filing.pk)
    assert (stored.status, stored.code_revoked_at) == ("expired", filing.planned_end)
    event = Event.objects.about(filing).last()
    assert (event.verb, event.actor, event.role) == ("expire", "system", "clock")
    assert not list(journal.breaks())


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "on_site", "withdrawn"])
def test_expires_nothing_else(status, filing_at, at):
    filing_at(status)
    assert actions.watch(at=at + timedelta(days=1)).expired == 0


def test_leaves_history_alone(filing_at, at):
    filing = filing_at("approved")
    Filing.objects.filter(pk=filing.pk).update(
        origin="imported", source="x", source_id="1", number=None
    )
    assert actions.watch(at=at + LATE) == Watched()


def test_what_somebody_withdrew_meanwhile_stays_withdrawn(
    filing_at, inspector, authority, at, monkeypatch
):
    first, second = filing_at("approved"), filing_at("approved")
    lots = list(actions.watching._unused(at + LATE))
    actions.withdraw(first, by=authority(inspector), at=at, reason="计划变更")
    monkeypatch.setattr(actions.watching, "_unused", lambda _at: lots)

    assert actions.watch(at=at + LATE).expired == 1

    statuses = dict(Filing.objects.values_list("pk", "status"))
    assert statuses == {first.pk: "withdrawn", second.pk: "expired"}


def test_a_lot_that_fails_changes_nothing(filing_at, at, monkeypatch):
    filing_at("approved")

    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(journal, "append_all", broken)
    with pytest.raises(OSError, match="disk full"):
        actions.watch(at=at + LATE)

    assert Filing.objects.get().status == "approved"


def test_one_of_a_shared_visit_leaves_it_when_it_expires(joined, at):
    _filing, other = joined("approved")
    Filing.objects.filter(pk=other.pk).update(planned_end=at + LATE + LATE)

    assert actions.watch(at=at + LATE).expired == 1

    other.refresh_from_db()
    assert other.visit is None
    assert [one.verb for one in Event.objects.about(other)][-1] == "leave"


def test_expiring_costs_as_little_for_many_as_for_one(filing_at, at, django_assert_max_num_queries):
    for _ in range(5):
        filing_at("approved")
    with django_assert_max_num_queries(18):
        assert actions.watch(at=at + LATE).expired == 5
    assert not list(journal.breaks())


def test_a_second_recheck_that_is_overdue_raises_its_own_alert(
    followed_at, inspector, authority, at
):
    filing = followed_at("rectification", reported=True)
    by, second = authority(inspector), at + timedelta(days=30)
    told = {"code": "clock_recheck", "filing": filing}
    actions.watch(at=second)
    assert Alert.objects.filter(**told).count() == 1
    actions.recheck(
        filing, passed=False, by=by, at=second, rectify_by=(second + timedelta(days=9)).date()
    )
    actions.report_rectification(filing, report="再次更换", by=by, at=second)

    actions.watch(at=second + timedelta(days=30))
    actions.watch(at=second + timedelta(days=31))

    assert Alert.objects.filter(**told).count() == 2


def test_an_overdue_result_goes_to_the_head_then_to_the_justice_bureau(filing_at, at):
    filing = filing_at("on_site")  # Wednesday 15 June: due at the end of Monday 20 June
    monday, tuesday = at + timedelta(days=5), at + timedelta(days=6)
    assert actions.watch(at=monday) == Watched()
    assert actions.watch(at=tuesday) == Watched(raised=1)
    alert = Alert.objects.get()
    assert (alert.code, alert.filing, alert.heard_by) == ("clock_result", filing, "approver")
    assert alert.message == ("Overdue: Record the result, due before 2022-06-21 00:00 (R-SIT-3).")
    with translation.override("zh-hans"):
        assert "登记结果，应于2022-06-21 00:00前" in alert.message
    assert actions.watch(at=tuesday) == Watched()
    friday = at + timedelta(days=9)
    assert actions.watch(at=friday) == Watched(passed_on=1)
    assert Alert.objects.get().heard_by == "supervisor"
    told = Event.objects.about(alert)
    assert [one.verb for one in told] == ["overdue", "pass_on"]
    assert not list(journal.breaks())


def test_an_alert_that_was_handled_goes_no_further(filing_at, supervisor, authority, at):
    filing_at("on_site")
    actions.watch(at=at + timedelta(days=6))
    actions.handle_alert(
        Alert.objects.get(), "已催办", by=authority(supervisor), at=at + timedelta(days=6)
    )
    assert actions.watch(at=at + timedelta(days=30)) == Watched()


def test_an_emergency_that_is_not_filed_is_told_of(emergency_at, at):
    emergency_at("refused")
    actions.watch(at=at + timedelta(days=10))
    found = {one.code for one in Alert.objects.all()}
    assert found == {"clock_back_file", "clock_take_case"}


def test_a_transfer_without_receipt_is_told_of_even_after_the_end(followed_at, at):
    filing = followed_at("copied", "closed", handed=True)
    assert Filing.objects.running().filter(pk=filing.pk).count() == 1
    actions.watch(at=at + timedelta(days=20))
    assert "clock_receipt" in {one.code for one in Alert.objects.all()}


def test_asks_as_little_for_many_as_for_one(filing_at, at, django_assert_max_num_queries):
    for _ in range(4):
        filing_at("on_site")
    with django_assert_max_num_queries(12):
        actions.watch(at=at)
