"""What a scan proves, whoever scans and whenever (P33, C5)."""

from datetime import timedelta

import pytest

from filings import actions, codes
from filings.verifying import Verdict, may_rate, verify

HOUR = timedelta(hours=1)


@pytest.fixture
def verdict(at):
    def of(filing, later=2 * HOUR, uscc=""):
        return verify(codes.of(filing), at + later, uscc).verdict

    return of


class TestVerdict:
    @pytest.mark.parametrize(
        ("status", "proven"),
        [
            ("approved", Verdict.VALID),
            ("on_site", Verdict.VALID),
            ("recorded", Verdict.OVER),
            ("confirmed", Verdict.OVER),
            ("closed", Verdict.OVER),
            ("refused", Verdict.OVER),
            ("terminated", Verdict.OVER),
            ("expired", Verdict.OVER),
            ("voided", Verdict.WITHDRAWN),
        ],
    )
    def test_follows_the_state(self, status, proven, filing_at, verdict):
        assert verdict(filing_at(status)) == proven

    def test_is_withdrawn_when_the_agency_gave_it_up(
        self, filing_at, verdict, inspector, authority, at
    ):
        filing = filing_at("approved")
        actions.withdraw(filing, by=authority(inspector), at=at, reason="计划变更")

        assert verdict(filing) == Verdict.WITHDRAWN

    def test_waits_for_the_window_and_ends_with_it(self, filing_at, verdict):
        filing = filing_at("approved")

        assert verdict(filing, later=timedelta(0)) == Verdict.NOT_YET
        assert verdict(filing, later=HOUR) == Verdict.VALID
        assert verdict(filing, later=9 * HOUR - timedelta(seconds=1)) == Verdict.VALID
        assert verdict(filing, later=9 * HOUR) == Verdict.OVER

    def test_is_for_the_enterprise_that_asks(self, filing_at, verdict, subject):
        filing = filing_at("approved")

        assert verdict(filing, uscc=subject.uscc) == Verdict.VALID
        assert verdict(filing, uscc="92220204MA14T2B307") == Verdict.FOREIGN

    def test_fails_with_a_certificate(self, filing_at, verdict, inspector):
        filing = filing_at("approved")
        inspector.officer.certificates.update(status="revoked")

        assert verdict(filing) == Verdict.UNQUALIFIED

    def test_says_that_an_emergency_is_not_approved_until_it_is(
        self, emergency_at, verdict, said, inspector, reviewer, authority, at
    ):
        filing = emergency_at("on_site")
        first = codes.of(filing)
        assert verdict(filing) == Verdict.NOT_APPROVED

        actions.back_file(filing, said, by=authority(inspector), at=at + HOUR)
        actions.approve_afterwards(filing, by=authority(reviewer), at=at + HOUR)

        assert codes.of(filing) == first
        assert verdict(filing) == Verdict.VALID

    def test_hides_an_unannounced_inspection_before_its_window(self, filing_at, at):
        filing = filing_at("approved")
        filing.unannounced = True
        filing.save()
        before = verify(codes.of(filing), at)

        assert (before.verdict, before.told) == (Verdict.NOT_YET, None)
        assert verify(codes.of(filing), at + HOUR).told == filing


class TestUnknown:
    @pytest.mark.parametrize("token", ["", "A" * 32, "x", "中文", "\ud800", "A" * 5000])
    def test_is_every_other_token(self, token, filing_at, at):
        filing_at("approved")

        assert verify(token, at).verdict == Verdict.UNKNOWN

    def test_is_a_code_of_another_spelling(self, filing_at, at):
        token = codes.of(filing_at("approved"))

        for changed in (
            token.lower(),
            f" {token}",
            f"{token[:-1]}{'B' if token[-1] == 'A' else 'A'}",
        ):
            assert verify(changed, at).verdict == Verdict.UNKNOWN

    def test_is_a_code_thirty_days_after_everything(self, filing_at, at):
        filing = filing_at("closed")
        ends = [filing.planned_end, filing.visit.left_at, filing.result.recorded_at]
        last = max(ends) + timedelta(days=30)

        assert verify(codes.of(filing), last - HOUR).verdict == Verdict.OVER
        assert verify(codes.of(filing), last).verdict == Verdict.UNKNOWN

    def test_costs_as_many_queries_whatever_the_token(
        self, filing_at, at, django_assert_num_queries
    ):
        old = codes.of(filing_at("closed"))
        for token in ("A" * 32, "?", old):
            with django_assert_num_queries(1):
                verify(token, at + timedelta(days=90))


class TestRatingWindow:
    def test_opens_with_the_check_in_and_ends_thirty_days_after_the_result(self, filing_at, at):
        assert not may_rate(filing_at("approved"), at + 2 * HOUR)
        filing = filing_at("recorded")
        recorded = filing.result.recorded_at

        assert not may_rate(filing, at)
        assert may_rate(filing, recorded)
        assert may_rate(filing, recorded + timedelta(days=30) - HOUR)
        assert not may_rate(filing, recorded + timedelta(days=30))

    def test_stays_shut_for_what_was_given_up(self, filing_at, at):
        assert not may_rate(filing_at("voided"), at + 2 * HOUR)
