"""The register's own clock: expires what was not used, alerts, and passes on to the next above."""

from datetime import timedelta

import pytest
from django.utils import translation

from agencies import journal
from agencies.models import Event
from filings import actions
from filings.actions.watching import Watched
from filings.models import Alert, Filing
from filings.policy import StaleFiling

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


def test_one_that_somebody_is_changing_holds_up_no_other(filing_at, at, monkeypatch):
    first, second = filing_at("approved"), filing_at("approved")
    real = actions.watching.move

    def move(filing, *args, **kwargs):
        if filing.pk == first.pk:
            raise StaleFiling
        return real(filing, *args, **kwargs)

    monkeypatch.setattr(actions.watching, "move", move)
    assert actions.watch(at=at + LATE).expired == 1
    assert Filing.objects.get(pk=second.pk).status == "expired"


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
    assert {one.code for one in Alert.objects.all()} == {"clock_back_file"}


def test_a_transfer_without_receipt_is_told_of_even_after_the_end(followed_at, at):
    filing = followed_at("copied", "closed", handed=True)
    assert Filing.objects.running().filter(pk=filing.pk).count() == 1
    actions.watch(at=at + timedelta(days=20))
    assert "clock_receipt" in {one.code for one in Alert.objects.all()}


def test_asks_as_little_for_many_as_for_one(filing_at, at, django_assert_max_num_queries):
    for _ in range(4):
        filing_at("on_site")
    with django_assert_max_num_queries(8):
        actions.watch(at=at)
