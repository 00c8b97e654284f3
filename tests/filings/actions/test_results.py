"""What becomes of a result: told, published, corrected, handed on, rectified."""

from datetime import timedelta

import pytest

from agencies.models import Event, LegalBasis
from filings import actions
from filings.models import Correction, Filing, Result
from filings.policy import TransitionNotAllowed
from filings.rules import FilingIncomplete
from tests import factories


@pytest.fixture
def by(inspector, authority):
    return authority(inspector)


def codes_of(caught):
    return [one.code for one in caught.value.problems]


class TestDeliver:
    def test_keeps_the_channel_and_the_receiver(self, filing_at, by, at):
        filing = filing_at("recorded")
        actions.deliver(filing, actions.Delivery("post", "刘总"), by=by, at=at)
        stored = Result.objects.get()
        assert (stored.delivered_at, stored.delivery_channel) == (at, "post")
        assert stored.delivered_to == "刘总"

    @pytest.mark.parametrize(
        ("delivery", "codes"),
        [
            (actions.Delivery("pigeon", " "), ["unknown_channel", "receiver_missing"]),
            (
                actions.Delivery("unsigned", "刘总"),
                ["unsigned_without_reason", "unsigned_without_proof"],
            ),
            (actions.Delivery("post", "刘总", signature=factories.png()), ["signed_otherwise"]),
            (
                actions.Delivery("unsigned", "刘总", note="不认可结果"),
                ["unsigned_without_proof"],
            ),
        ],
    )
    def test_names_what_is_missing(self, delivery, codes, filing_at, by, at):
        with pytest.raises(FilingIncomplete) as caught:
            actions.deliver(filing_at("recorded"), delivery, by=by, at=at)
        assert codes_of(caught) == codes

    def test_keeps_what_was_signed_and_its_digest_in_the_book(self, filing_at, by, at):
        filing = filing_at("recorded")
        said = actions.Delivery("on_the_spot", "刘总", signature=factories.png())
        actions.deliver(filing, said, by=by, at=at)
        kept = filing.evidence.get()
        assert (kept.name, kept.kind, kept.taken_at) == ("刘总.png", "png", at)
        assert actions.read_evidence(kept) == factories.png()
        told = Event.objects.get(verb="deliver").payload
        assert f'"signature":"{kept.sha256}"' in told.replace(" ", "")

    def test_leaves_nothing_of_a_signature_that_is_no_picture(self, filing_at, by, at):
        said = actions.Delivery("on_the_spot", "刘总", signature=b"<svg>")
        with pytest.raises(FilingIncomplete):
            actions.deliver(filing_at("recorded"), said, by=by, at=at)
        assert Result.objects.get().delivered_at is None

    @pytest.mark.parametrize("proof", [{"witness": "居委会马主任"}, {"recording": "记录仪07号"}])
    def test_unsigned_keeps_the_reason_and_its_proof(self, proof, filing_at, by, at):
        said = actions.Delivery("unsigned", "刘总", note="不认可结果", **proof)
        actions.deliver(filing_at("recorded"), said, by=by, at=at)
        stored = Result.objects.get()
        assert stored.delivery_note == "不认可结果"
        assert [stored.delivery_witness, stored.delivery_recording] == [
            proof.get("witness", ""),
            proof.get("recording", ""),
        ]


class TestFindings:
    @pytest.fixture
    def record(self, filing_at, by, at):
        filing = filing_at("on_site")

        def write(*findings):
            said = actions.Outcome(outcome="corrected", findings=findings)
            actions.record(filing, said, by=by, at=at + timedelta(hours=3))
            return filing.result.findings.get()

        return write

    def test_rest_on_the_only_item_and_the_only_basis(self, record, item):
        found = record(actions.Found(severity="minor", text="标签不清"))
        assert found.filing_item.item_version == item
        assert found.basis == item.bases.get()
        assert found.point is None

    def test_name_the_point_of_the_checklist_they_are_on(self, record, item):
        item.checklist = [{"clause": "有照经营"}, {"clause": "标签清楚"}]
        item.save()
        assert record(actions.Found("minor", "标签不清", clause="标签清楚")).point == 2

    def test_must_say_which_of_several_bases_they_rest_on(self, record, item):
        second = LegalBasis.objects.create(item_version=item, rank="law", title="食品安全法")
        with pytest.raises(FilingIncomplete) as caught:
            record(actions.Found("minor", "标签不清"))
        assert codes_of(caught) == ["finding_without_basis"]
        assert record(actions.Found("minor", "标签不清", basis=second)).basis == second

    def test_rest_on_nothing_that_does_not_belong_to_their_item(self, record, agency):
        foreign = factories.item(claimed_by=[agency]).bases.get()
        with pytest.raises(FilingIncomplete) as caught:
            record(actions.Found("minor", "标签不清", basis=foreign))
        assert codes_of(caught) == ["basis_of_another_item"]

    def test_must_say_which_of_several_items_they_are_on(self, record, filing_at, agency, by, at):
        filing = filing_at("on_site")
        other = factories.item(claimed_by=[agency])
        filing.items.create(item_version=other)
        said = actions.Outcome("corrected", findings=(actions.Found("minor", "标签不清"),))
        with pytest.raises(FilingIncomplete) as caught:
            actions.record(filing, said, by=by, at=at + timedelta(hours=3))
        assert codes_of(caught) == ["finding_without_item"]

    @pytest.mark.parametrize("outcome", ["no_activity", "closed_down", "gone"])
    def test_cannot_stand_where_nothing_was_there(self, outcome, filing_at, by, at):
        said = actions.Outcome(outcome, findings=(actions.Found("minor", "标签不清"),))
        with pytest.raises(FilingIncomplete) as caught:
            actions.record(filing_at("on_site"), said, by=by, at=at + timedelta(hours=3))
        assert codes_of(caught) == ["nothing_there_but_findings"]


class TestPublish:
    def test_stamps_the_day_in_shanghai(self, filing_at, reviewer, authority, at):
        midnight = at.replace(hour=0) + timedelta(days=1)
        actions.publish(filing_at("closed"), by=authority(reviewer), at=midnight)
        assert Result.objects.get().published_on.isoformat() == "2022-06-16"

    def test_is_owed_by_the_last_of_twenty_working_days(self, filing_at, at):
        result = filing_at("recorded").result
        assert result.recorded_at.date().isoformat() == "2022-06-15"
        assert result.publish_by.isoformat() == "2022-07-13"

    def test_may_be_withheld_for_a_reason(self, filing_at, reviewer, authority, at):
        filing = filing_at("confirmed")
        actions.publish(filing, by=authority(reviewer), at=at, withheld="商业秘密")
        with pytest.raises(TransitionNotAllowed, match="withheld already"):
            actions.publish(filing, by=authority(reviewer), at=at)
        assert Result.objects.get().published_on is None


class TestCorrect:
    def test_keeps_what_was_said_before_and_after(self, filing_at, reviewer, authority, by, at):
        filing = filing_at("closed")
        actions.publish(filing, by=authority(reviewer), at=at)
        found = actions.Found(severity="minor", text="标签不清", item=filing.items.get())
        said = actions.Outcome(outcome="corrected", findings=(found,))
        actions.correct(filing, said, by=by, at=at, reason="录入有误")
        kept = Correction.objects.get()
        assert (kept.before["outcome"], kept.before["findings"]) == ("no_problem", [])
        assert kept.after["outcome"] == "corrected"
        assert kept.after["findings"][0]["text"] == "标签不清"
        assert Event.objects.about(filing).last().reason == "录入有误"

    def test_must_be_confirmed_told_and_published_anew(
        self, filing_at, reviewer, authority, by, at
    ):
        filing = filing_at("closed")
        actions.publish(filing, by=authority(reviewer), at=at)
        actions.correct(filing, actions.Outcome("corrected"), by=by, at=at, reason="录入有误")
        stored = Result.objects.get()
        assert Filing.objects.get().status == "recorded"
        assert (stored.confirmed_at, stored.delivered_at, stored.published_on) == (None,) * 3
        actions.confirm(filing, by=authority(reviewer), at=at)
        actions.publish(filing, by=authority(reviewer), at=at)

    def test_wants_a_reason_and_a_difference(self, filing_at, by, at):
        filing = filing_at("recorded")
        with pytest.raises(FilingIncomplete) as caught:
            actions.correct(filing, actions.Outcome("corrected"), by=by, at=at, reason=" ")
        assert codes_of(caught) == ["reason_missing"]
        with pytest.raises(FilingIncomplete) as caught:
            actions.correct(filing, actions.Outcome("no_problem"), by=by, at=at, reason="误")
        assert codes_of(caught) == ["nothing_changed"]
        assert not Correction.objects.exists()


class TestTransfer:
    def test_names_receiver_and_matter(self, followed_at, by, at):
        filing = followed_at("transferred")
        with pytest.raises(FilingIncomplete) as caught:
            actions.transfer(filing, receiver=" ", matter="", by=by, at=at)
        assert codes_of(caught) == ["receiver_missing", "matter_missing"]

    def test_a_receipt_is_noted_once_and_on_its_own_filing(self, followed_at, by, at):
        filing = followed_at("copied", handed=True)
        foreign = followed_at("copied", handed=True).result.transfers.get()
        with pytest.raises(FilingIncomplete) as caught:
            actions.acknowledge(filing, foreign, received_by="", by=by, at=at)
        assert codes_of(caught) == ["received_by_missing", "transfer_not_waiting"]
        sent = filing.result.transfers.get()
        actions.acknowledge(filing, sent, received_by="陈警官", by=by, at=at)
        with pytest.raises(TransitionNotAllowed):
            actions.acknowledge(filing, sent, received_by="陈警官", by=by, at=at)


class TestRectification:
    def test_a_passed_recheck_ends_the_follow_up(self, followed_at, by, at):
        filing = followed_at("rectification", "confirmed", reported=True)
        actions.recheck(filing, passed=True, by=by, at=at + timedelta(days=1))
        assert Result.objects.get().rectified_on.isoformat() == "2022-06-16"
        actions.close(filing, by=by, at=at + timedelta(days=1))
        assert Filing.objects.get().status == "closed"

    def test_a_failed_recheck_needs_a_new_day_and_opens_a_new_round(self, followed_at, by, at):
        filing = followed_at("rectification", reported=True)
        with pytest.raises(FilingIncomplete) as caught:
            actions.recheck(filing, passed=False, by=by, at=at + timedelta(days=1))
        assert codes_of(caught) == ["rectification_without_deadline"]
        day = at.date() + timedelta(days=30)
        actions.recheck(filing, passed=False, by=by, at=at + timedelta(days=1), rectify_by=day)
        actions.report_rectification(filing, report="再次更换", by=by, at=at + timedelta(days=9))
        assert [one.due_on for one in filing.result.rectifications.order_by("pk")][-1] == day

    def test_a_second_report_waits_for_the_recheck(self, followed_at, by, at):
        filing = followed_at("rectification", reported=True)
        with pytest.raises(TransitionNotAllowed):
            actions.report_rectification(filing, report="又换", by=by, at=at)
