"""Each verb: it moves and records, refuses elsewhere, refuses strangers, leaves nothing behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.models import Event
from filings import actions, codes, numbers
from filings.matching import offers
from filings.models import Alert, Filing, Result, Transfer, Visit
from filings.policy import StaleFiling, TransitionNotAllowed, open_verbs, refusal
from filings.rules import FilingIncomplete
from filings.workflow import STEPS, Only, Status, Verb
from tests import factories

CLEAN = actions.Outcome(outcome="no_problem")
CALLS = {
    Verb.REVISE: lambda f, by, at, said: actions.revise(f, said, by=by, at=at),
    Verb.SUBMIT: lambda f, by, at, said: actions.submit(f, by=by, at=at),
    Verb.APPROVE: lambda f, by, at, said: actions.approve(f, by=by, at=at),
    Verb.RETURN: lambda f, by, at, said: actions.return_(f, by=by, at=at, reason="补充材料"),
    Verb.ENDORSE: lambda f, by, at, said: actions.endorse(f, by=by, at=at, opinion="同意"),
    Verb.OPPOSE: lambda f, by, at, said: actions.oppose(f, by=by, at=at, reason="近期已查"),
    Verb.WITHDRAW: lambda f, by, at, said: actions.withdraw(f, by=by, at=at, reason="计划变更"),
    Verb.JOIN: lambda f, by, at, said: actions.join(f, offer=offer(f, at), by=by, at=at),
    Verb.MERGE: lambda f, by, at, said: actions.merge(f, offer=offer(f, at), by=by, at=at),
    Verb.DECLINE: lambda f, by, at, said: actions.decline(
        f, offer=offer(f, at), reason="时间不合", by=by, at=at
    ),
    Verb.LEAVE: lambda f, by, at, said: actions.leave(f, reason="时间不合", by=by, at=at),
    Verb.EXPIRE: lambda f, by, at, said: actions.expire(f, by=by, at=at + timedelta(days=2)),
    Verb.CHECK_IN: lambda f, by, at, said: actions.check_in(
        f, actions.Arrival(code_shown=True), by=by, at=at + timedelta(hours=2)
    ),
    Verb.SERVE: lambda f, by, at, said: actions.serve(f, by=by, at=at, channel="paper"),
    Verb.REFUSE: lambda f, by, at, said: actions.refuse(f, by=by, at=at, reason="未亮证"),
    Verb.TERMINATE: lambda f, by, at, said: actions.terminate(f, by=by, at=at, reason="停业"),
    Verb.RECORD: lambda f, by, at, said: actions.record(f, CLEAN, by=by, at=at),
    Verb.CONFIRM: lambda f, by, at, said: actions.confirm(f, by=by, at=at),
    Verb.CLOSE: lambda f, by, at, said: actions.close(f, by=by, at=at),
    Verb.BACK_FILE: lambda f, by, at, said: actions.back_file(f, said, by=by, at=at),
    Verb.UNLOCK: lambda f, by, at, said: actions.unlock(f, by=by, at=at, reason="断网"),
    Verb.APPROVE_AFTERWARDS: lambda f, by, at, said: actions.approve_afterwards(f, by=by, at=at),
    Verb.VOID: lambda f, by, at, said: actions.void(f, by=by, at=at, reason="立案错误"),
    Verb.ATTACH: lambda f, by, at, said: actions.attach(
        f, actions.Upload(factories.png(), "照片.png"), by=by, at=at
    ),
    Verb.PRESERVE: lambda f, by, at, said: actions.preserve(
        f, things="账本二册", kept_at="本单位证据室", by=by, at=at
    ),
    Verb.DECIDE_EVIDENCE: lambda f, by, at, said: actions.decide_evidence(
        f, f.preservations.first(), decision="发还", by=by, at=at
    ),
    Verb.DELIVER: lambda f, by, at, said: actions.deliver(
        f, actions.Delivery("on_the_spot", "刘总"), by=by, at=at
    ),
    Verb.PUBLISH: lambda f, by, at, said: actions.publish(f, by=by, at=at),
    Verb.CORRECT: lambda f, by, at, said: actions.correct(
        f, actions.Outcome(outcome="corrected"), by=by, at=at, reason="录入有误"
    ),
    Verb.FILE_ACROSS: lambda f, by, at, said: actions.file_across(
        f, office="铁西区司法局", on=at.date(), by=by, at=at
    ),
    Verb.TRANSFER: lambda f, by, at, said: actions.transfer(
        f, receiver="昌邑区公安分局", matter="涉嫌犯罪", by=by, at=at
    ),
    Verb.ACKNOWLEDGE: lambda f, by, at, said: actions.acknowledge(
        f, transfer_of(f), received_by="陈警官", by=by, at=at
    ),
    Verb.REPORT_RECTIFICATION: lambda f, by, at, said: actions.report_rectification(
        f, report="已更换", by=by, at=at
    ),
    Verb.RECHECK: lambda f, by, at, said: actions.recheck(f, passed=True, by=by, at=at),
}
ONCE = (Only.UNTOLD, Only.UNPUBLISHED)


def offer(filing, at):
    return next((one.key for one in offers(filing, at)), "")


def transfer_of(filing):
    return Transfer.objects.filter(result__filing=filing).first()


LAWFUL = [(verb, source) for verb in CALLS for source in sorted(STEPS[verb].sources)]


@pytest.mark.parametrize(("verb", "source"), LAWFUL)
def test_moves_and_leaves_one_event(verb, source, ready, actor, at, said):
    filing = ready(verb, source)
    told = Event.objects.about(filing).count()
    CALLS[verb](filing, actor(verb), at, said)
    stored = Filing.objects.get(pk=filing.pk)
    assert stored.status == (STEPS[verb].target or source)
    assert stored.version == filing.version
    assert Event.objects.about(filing).count() == told + 1
    event = Event.objects.about(filing).last()
    assert event.verb == verb
    assert event.actor == actor(verb).account.name
    assert not list(journal.breaks())


@pytest.mark.parametrize("source", Status)
def test_refuses_every_other_verb_in_a_state(source, filing_at, actor, at, said):
    filing = filing_at(source)
    before = Filing.objects.filter(pk=filing.pk).values().get()
    for verb, call in CALLS.items():
        if source not in STEPS[verb].sources:
            with pytest.raises(TransitionNotAllowed):
                call(filing, actor(verb), at, said)
    assert Filing.objects.filter(pk=filing.pk).values().get() == before


@pytest.mark.parametrize("verb", [v for v in CALLS if STEPS[v].only])
def test_refuses_what_only_other_filings_allow(verb, filing_at, emergency_at, actor, at, said):
    source = sorted(STEPS[verb].sources & {"submitted", "on_site", "recorded", "confirmed"})[-1]
    numbered = STEPS[verb].only == Only.NUMBERED
    filing = emergency_at(source) if numbered else filing_at(source)
    if STEPS[verb].only in ONCE:
        CALLS[verb](filing, actor(verb), at, said)
    with pytest.raises(TransitionNotAllowed):
        CALLS[verb](filing, actor(verb), at, said)


@pytest.mark.parametrize("verb", CALLS)
def test_refuses_without_authority(verb, ready, outsider, authority, at, said):
    filing = ready(verb)
    with pytest.raises(NotAuthorised):
        CALLS[verb](filing, authority(outsider), at, said)


@pytest.mark.parametrize("verb", CALLS)
def test_leaves_nothing_behind_when_the_event_fails(verb, ready, actor, at, said, monkeypatch):
    filing = ready(verb)
    before = Filing.objects.filter(pk=filing.pk).values().get()

    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(journal, "append", broken)
    with pytest.raises(OSError, match="disk full"):
        CALLS[verb](filing, actor(verb), at, said)
    assert Filing.objects.filter(pk=filing.pk).values().get() == before


@pytest.mark.parametrize("verb", [Verb.SUBMIT, Verb.APPROVE, Verb.CHECK_IN])
def test_the_slower_of_two_is_told_so(verb, filing_at, actor, at, said):
    source = sorted(STEPS[verb].sources)[0]
    filing = filing_at(source)
    also = Filing.objects.get(pk=filing.pk)
    CALLS[verb](filing, actor(verb), at, said)
    with pytest.raises(StaleFiling):
        CALLS[verb](also, actor(verb), at, said)


class TestDraft:
    def test_is_refused_to_a_reviewer(self, agency, said, reviewer, authority, at):
        with pytest.raises(NotAuthorised):
            actions.draft(agency, said, by=authority(reviewer), at=at)
        assert not Filing.objects.exists()

    def test_is_refused_with_a_window_that_ends_before_it_begins(
        self, agency, said, inspector, authority, at
    ):
        turned = replace(said, planned_end=said.planned_start)
        with pytest.raises(FilingIncomplete) as caught:
            actions.draft(agency, turned, by=authority(inspector), at=at)
        assert [one.code for one in caught.value.problems] == ["window_reversed"]

    def test_names_each_officer_and_item_once(self, agency, said, inspector, authority, at):
        twice = replace(said, items=said.items * 2, officers=said.officers * 2)
        filing = actions.draft(agency, twice, by=authority(inspector), at=at)
        assert filing.items.count() == 1
        assert filing.members.count() == 2
        assert filing.members.get(lead=True).officer == said.officers[0]


class TestSubmit:
    def test_freezes_the_certificates_it_was_checked_against(self, filing_at):
        filing = filing_at("submitted")
        assert all(member.certificate_id for member in filing.members.all())

    def test_names_every_problem_at_once(self, agency, said, inspector, authority, at):
        bare = replace(said, items=(), officers=(), planned_end=at + timedelta(days=40))
        filing = actions.draft(agency, bare, by=authority(inspector), at=at)
        with pytest.raises(FilingIncomplete) as caught:
            actions.submit(filing, by=authority(inspector), at=at)
        codes_found = [one.code for one in caught.value.problems]
        assert codes_found == ["window_too_long", "too_few_officers", "no_item"]


class TestApprove:
    def test_gives_a_number_and_a_code(self, filing_at):
        filing = Filing.objects.get(pk=filing_at("approved").pk)
        assert filing.number.startswith("220202-CYSJ-2022-000001-")
        assert numbers.is_well_formed(filing.number)
        assert filing.code_digest == codes.digest(codes.token(filing.number))
        assert (filing.nth_of_agency, filing.nth_of_all) == (1, 1)

    def test_numbers_follow_one_another_without_a_gap(self, filing_at):
        made = [filing_at("approved").number[17:23] for _ in range(3)]
        assert made == ["000001", "000002", "000003"]

    def test_a_failed_approval_takes_no_number(self, filing_at, reviewer, authority, at):
        filing = filing_at("submitted")
        filing.agency.claims.all().delete()
        with pytest.raises(FilingIncomplete):
            actions.approve(filing, by=authority(reviewer), at=at)
        filing.agency.claims.create(
            item=filing.items.get().item_version.item, valid_from=at.date() - timedelta(days=9)
        )
        assert "-000001-" in actions.approve(filing, by=authority(reviewer), at=at).number

    def test_nobody_decides_on_a_filing_he_takes_part_in(
        self, filing_at, agency, inspector, authority, at
    ):
        filing = filing_at("submitted")
        factories.appointment(inspector, "approver", agency=agency)
        with pytest.raises(NotAuthorised, match="takes part"):
            actions.approve(filing, by=authority(inspector), at=at)


class TestBurden:
    def test_those_who_came_together_came_once(
        self, filing_at, agency, said, inspector, reviewer, authority, at
    ):
        earlier = filing_at("on_site")
        Filing.objects.create(
            agency=factories.agency(agency.region),
            subject=said.subject,
            visit=earlier.visit,
            number="N-1",
            code_digest="d",
            status="on_site",
            submitted_at=at,
            approved_at=at,
            created_at=at,
            dated_at=at,
            check_type="daily",
            trigger="annual_plan",
            planned_start=said.planned_start,
            planned_end=said.planned_end,
        )
        later = filing_at("approved")
        assert (later.nth_of_agency, later.nth_of_all) == (2, 2)


class TestReturn:
    def test_wants_a_reason(self, filing_at, reviewer, authority, at):
        filing = filing_at("submitted")
        with pytest.raises(FilingIncomplete) as caught:
            actions.return_(filing, by=authority(reviewer), at=at, reason="  ")
        assert caught.value.problems[0].pointer == "reason"


class TestWithdraw:
    def test_keeps_the_number_and_revokes_the_code(self, filing_at, inspector, authority, at):
        filing = filing_at("approved")
        actions.withdraw(filing, by=authority(inspector), at=at, reason="计划变更")
        stored = Filing.objects.get(pk=filing.pk)
        assert stored.number
        assert stored.code_revoked_at == at
        assert not Filing.objects.counted().exists()


class TestVoid:
    def test_keeps_the_number_and_counts_no_more(self, filing_at):
        filing = Filing.objects.get(pk=filing_at("voided").pk)
        assert numbers.is_well_formed(filing.number)
        assert filing.code_revoked_at
        assert not Filing.objects.counted().exists()


class TestCheckIn:
    def test_records_the_arrival(self, filing_at, at):
        visit = Visit.objects.get(filings=filing_at("on_site"))
        assert visit.arrived_at == at + timedelta(hours=2)

    def test_waits_for_the_window(self, filing_at, inspector, authority, at):
        filing = filing_at("approved")
        with pytest.raises(FilingIncomplete) as caught:
            actions.check_in(filing, actions.Arrival(), by=authority(inspector), at=at)
        assert [one.code for one in caught.value.problems] == ["window_not_begun"]

    def test_asks_the_dated_rules_again(self, filing_at, inspector, authority, at):
        filing = filing_at("approved")
        inspector.officer.certificates.update(status="suspended")
        with pytest.raises(FilingIncomplete) as caught:
            actions.check_in(
                filing, actions.Arrival(), by=authority(inspector), at=at + timedelta(hours=2)
            )
        assert [one.code for one in caught.value.problems] == ["certificate_not_valid"]


class TestServe:
    def test_notes_when_and_how_once(self, filing_at, inspector, authority, at):
        filing = filing_at("approved")
        actions.serve(filing, by=authority(inspector), at=at, channel="sms")
        stored = Filing.objects.get(pk=filing.pk)
        assert (stored.notice_served_at, stored.notice_channel) == (at, "sms")
        handed = actions.Arrival(notice_served=True)
        later = at + timedelta(hours=2)
        actions.check_in(stored, handed, by=authority(inspector), at=later)
        assert stored.notice_served_at == at

    def test_names_the_channels_there_are(self, filing_at, inspector, authority, at):
        with pytest.raises(FilingIncomplete) as caught:
            actions.serve(filing_at("approved"), by=authority(inspector), at=at, channel="pigeon")
        (told,) = caught.value.problems
        assert (told.pointer, told.code) == ("channel", "unknown_channel")
        assert "pigeon" in told.message
        assert "paper" in told.message

    def test_tells_of_an_unannounced_one_only_at_the_door(
        self, filing_at, inspector, authority, at
    ):
        filing = filing_at("approved")
        filing.unannounced = True
        assert Verb.SERVE not in open_verbs(filing, authority(inspector))
        filing.status = "on_site"
        assert Verb.SERVE in open_verbs(filing, authority(inspector))


class TestRecord:
    @pytest.fixture
    def there(self, filing_at, inspector, authority, at):
        """A filing whose officers are there and whose notice was not handed over, or as told."""

        def come(**changes):
            filing = filing_at("approved")
            Filing.objects.filter(pk=filing.pk).update(**changes)
            seen = Filing.objects.get(pk=filing.pk)
            door = at + timedelta(hours=2)
            return actions.check_in(seen, actions.Arrival(), by=authority(inspector), at=door)

        return come

    def test_waits_for_the_notice(self, there, inspector, authority, at):
        by, filing = authority(inspector), there()
        with pytest.raises(FilingIncomplete) as caught:
            actions.record(filing, CLEAN, by=by, at=at + timedelta(hours=3))
        assert [one.code for one in caught.value.problems] == ["notice_not_served"]
        assert not Result.objects.exists()
        actions.serve(filing, by=by, at=at + timedelta(hours=3), channel="paper")
        assert actions.record(filing, CLEAN, by=by, at=at + timedelta(hours=3)).status == "recorded"

    def test_waits_for_no_notice_of_an_unannounced_one(self, there, inspector, authority, at):
        filing = there(unannounced=True)
        actions.record(filing, CLEAN, by=authority(inspector), at=at + timedelta(hours=3))
        assert filing.status == "recorded"

    def test_only_alerts_where_the_rule_is_set_to(self, there, ruled, inspector, authority, at):
        ruled("notice_not_served", severity="warn")
        filing = there()
        actions.record(filing, CLEAN, by=authority(inspector), at=at + timedelta(hours=3))
        assert Alert.objects.filter(filing=filing, code="notice_not_served").count() == 1

    def test_no_problem_cannot_stand_beside_a_finding(self, filing_at, inspector, authority, at):
        said = actions.Outcome(
            outcome="no_problem",
            follow_up="rectification",
            findings=(actions.Found(severity="minor", text="标签不清"),),
        )
        with pytest.raises(FilingIncomplete) as caught:
            actions.record(filing_at("on_site"), said, by=authority(inspector), at=at)
        assert {one.code for one in caught.value.problems} == {
            "no_problem_but_findings",
            "rectification_without_deadline",
        }
        assert not Result.objects.exists()

    def test_keeps_each_finding(self, filing_at, inspector, authority, at):
        filing = filing_at("on_site")
        said = actions.Outcome(
            outcome="corrected",
            findings=(
                actions.Found(severity="serious", text="过期原料", item=filing.items.get()),
                actions.Found(severity="minor", text="标签不清"),
            ),
        )
        actions.record(filing, said, by=authority(inspector), at=at + timedelta(hours=3))
        assert filing.result.findings.count() == 2
        assert Visit.objects.get().left_at == at + timedelta(hours=3)


class TestClose:
    @pytest.mark.parametrize(
        ("follow_up", "code"),
        [
            ("daily_supervision", "follow_up_not_finished"),
            ("rectification", "rectification_not_rechecked"),
            ("transferred", "transfer_missing"),
        ],
    )
    def test_waits_for_the_follow_up(self, follow_up, code, followed_at, inspector, authority, at):
        filing = followed_at(follow_up, "confirmed")
        with pytest.raises(FilingIncomplete) as caught:
            actions.close(filing, by=authority(inspector), at=at)
        assert caught.value.problems[0].pointer == "finished_on"
        assert caught.value.problems[0].code == code

    def test_names_the_day_on_which_the_follow_up_ended(
        self, followed_at, inspector, authority, at
    ):
        filing = followed_at("daily_supervision", "confirmed")
        actions.close(filing, by=authority(inspector), at=at, finished_on=at.date())
        assert filing.status == "closed"


class TestPolicy:
    def test_the_open_verbs_are_those_nothing_refuses(self, filing_at, inspector, authority):
        filing = filing_at("approved")
        assert open_verbs(filing, authority(inspector)) == [
            Verb.WITHDRAW,
            Verb.CHECK_IN,
            Verb.CHECK_IN_LATE,
            Verb.SERVE,
            Verb.REFUSE,
            Verb.TERMINATE,
        ]

    def test_history_is_not_changed(self, filing_at, inspector, authority):
        filing = filing_at("draft")
        filing.origin = "imported"
        assert "history" in str(refusal(Verb.SUBMIT, filing, authority(inspector)))
