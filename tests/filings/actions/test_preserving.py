"""D3: evidence registered in advance is decided on within seven days."""

from datetime import datetime, timedelta

import pytest
from django.http import QueryDict

from agencies.calendar import SHANGHAI
from agencies.models import Event
from filings import actions, clocks
from filings.due import due
from filings.models import Filing
from filings.rules import FilingIncomplete
from tests.filings.conftest import preserved


def codes_of(caught):
    return [one.code for one in caught.value.problems]


@pytest.fixture
def registered(filing_at, inspector, authority, at):
    """A filing on whose visit something was registered at ten o'clock on 15 June."""

    def register(status="on_site"):
        filing = filing_at(status)
        said = {"things": "账本二册\n发票三本", "kept_at": "企业财务室"}
        return actions.preserve(filing, **said, by=authority(inspector), at=at)

    return register


def clock_of(filing, now):
    filing = Filing.objects.get(pk=filing.pk)
    return next((one for one in clocks.clocks(filing, now) if one.clock == "decide_evidence"), None)


def day(number, **more):
    return datetime(2022, 6, number, tzinfo=SHANGHAI) + timedelta(**more)


def test_what_and_where_are_in_the_book(registered):
    filing = registered()
    held = filing.preservations.get()
    assert (held.things, held.kept_at) == ("账本二册\n发票三本", "企业财务室")
    assert "企业财务室" in Event.objects.about(filing).last().payload


def test_both_are_asked_for_at_once(filing_at, inspector, authority, at):
    filing = filing_at("on_site")
    with pytest.raises(FilingIncomplete) as caught:
        actions.preserve(filing, things=" ", kept_at="", by=authority(inspector), at=at)
    assert codes_of(caught) == ["things_missing", "kept_at_missing"]
    assert not filing.preservations.exists()


@pytest.mark.parametrize(
    ("now", "colour", "escalation"),
    [
        (day(16), "blue", None),
        (day(22, hours=1), "yellow", None),
        (day(23, microseconds=-1), "yellow", None),
        (day(23), "red", "supervisor"),
    ],
)
def test_seven_days_run_for_the_head_and_then_go_up(registered, now, colour, escalation):
    one = clock_of(registered(), now)
    assert (one.owner, one.due, one.rule) == ("approver", day(23), "D3")
    assert (one.colour, one.escalation) == (colour, escalation)


def test_the_decision_ends_the_clock(registered, reviewer, authority, at):
    filing = registered()
    said = {"decision": "发还当事人", "by": authority(reviewer), "at": at + timedelta(days=2)}
    actions.decide_evidence(filing, filing.preservations.get(), **said)
    held = filing.preservations.get()
    assert (held.decision, held.decided_by) == ("发还当事人", reviewer)
    assert clock_of(filing, day(30)) is None


def test_a_decision_says_something_and_is_made_once(registered, inspector, reviewer, authority, at):
    filing = registered()
    actions.preserve(filing, things="印章", kept_at="局证据室", by=authority(inspector), at=at)
    held = filing.preservations.order_by("pk").first()
    said = {"by": authority(reviewer), "at": at}
    with pytest.raises(FilingIncomplete) as caught:
        actions.decide_evidence(filing, held, decision=" ", **said)
    assert codes_of(caught) == ["decision_missing"]
    actions.decide_evidence(filing, held, decision="发还", **said)
    with pytest.raises(FilingIncomplete) as caught:
        actions.decide_evidence(filing, held, decision="没收", **said)
    assert codes_of(caught) == ["evidence_not_waiting"]
    assert filing.preservations.filter(decided_at=None).count() == 1


def test_of_another_filing_is_not_decided_on_here(registered, filing_at, reviewer, authority, at):
    filing, other = registered(), preserved(filing_at("on_site"))
    with pytest.raises(FilingIncomplete) as caught:
        actions.decide_evidence(
            filing, other.preservations.get(), decision="发还", by=authority(reviewer), at=at
        )
    assert codes_of(caught) == ["evidence_not_waiting"]


def test_the_clock_outlives_a_filing_declared_void(registered, reviewer, authority, at):
    filing = registered("recorded")
    actions.void(filing, by=authority(reviewer), at=at, reason="立案错误")
    assert clock_of(filing, day(16)).clock == "decide_evidence"
    found = due(QueryDict(), authority(reviewer), day(16)).rows
    assert [one.deadline.clock for one in found if one.filing] == ["decide_evidence"]


class TestOnThePages:
    def test_is_registered_shown_and_decided_on(self, client, filing_at, inspector, reviewer, at):
        filing = filing_at("recorded")
        here = filing.get_absolute_url()
        client.force_login(inspector)
        said = {"version": filing.version, "things": "账本二册", "kept_at": "局证据室"}
        assert client.post(f"{here}preserve/", said).status_code == 302
        shown = client.get(here).content.decode()
        assert "账本二册" in shown
        assert "局证据室" in shown

        client.force_login(reviewer)
        form = client.get(f"{here}decide_evidence/").context["form"]
        (held,) = form.fields["held"].queryset
        said = {"version": filing.version + 1, "held": held.pk, "decision": "发还当事人"}
        assert client.post(f"{here}decide_evidence/", said).status_code == 302
        assert "发还当事人" in client.get(here).content.decode()

    def test_what_lacks_words_is_asked_for_again(self, client, filing_at, inspector):
        filing = filing_at("recorded")
        client.force_login(inspector)
        answer = client.post(
            f"{filing.get_absolute_url()}preserve/", {"version": filing.version, "things": "账本"}
        )
        assert answer.status_code == 400
        assert "kept_at" in answer.context["form"].errors
        assert "账本" in answer.content.decode()
