"""Arrivals noted without a connection: recorded once, late with a reason, never back-dated."""

import json
from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from agencies.authority import NotAuthorised
from agencies.calendar import SHANGHAI
from agencies.models import Event
from filings import actions
from filings.models import Alert, Filing, OfflineArrival
from filings.policy import TransitionNotAllowed
from filings.rules import FilingIncomplete
from officers.actions import devices
from officers.signatures import signed
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DOOR = 2 * HOUR


class Phone:
    """A browser with its key."""

    def __init__(self):
        self.key = generate_private_key(SECP256R1())
        spki = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.public_key = b64encode(spki).decode()
        self.device = None

    def register(self, by, at):
        self.device = devices.register("手机", self.public_key, by=by, at=at)
        return self

    def sign(self, text):
        r, s = decode_dss_signature(self.key.sign(text.encode(), ECDSA(SHA256())))
        return b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()

    def note(self, arrived_at, *, sent_at, reason="", text="{}", signature=None):
        signed = actions.Signature(text, signature or self.sign(text), self.device.pk)
        return actions.Noted(arrived_at, reason, sent_at, signed)


@pytest.fixture
def phone(inspector, authority, at):
    return Phone().register(authority(inspector), at)


@pytest.fixture
def late(inspector, authority):
    """Record an arrival afterwards."""

    def check_in(filing, noted, at, **seen):
        arrival = actions.Arrival(**{"code_shown": True, **seen})
        return actions.check_in_late(filing, arrival, noted, by=authority(inspector), at=at)

    return check_in


def codes(refused):
    return {one.code for one in refused.value.problems}


def alerts(filing):
    return set(Alert.objects.filter(filing=filing).values_list("code", flat=True))


class TestSigned:
    def test_the_same_day_needs_no_reason(self, filing_at, phone, late, at):
        filing = filing_at("approved")
        arrived, now = at + DOOR, at + 5 * HOUR

        late(filing, phone.note(arrived, sent_at=now), now, code_shown=True)

        stored = Filing.objects.get(pk=filing.pk)
        assert stored.status == "on_site"
        assert (stored.visit.arrived_at, stored.visit.recorded_at) == (arrived, now)
        assert stored.visit.code_shown
        assert (stored.offline.proof, stored.offline.device_time) == ("valid", arrived)
        assert alerts(filing) == set()

    def test_keeps_the_text_so_that_it_can_be_checked_again(self, filing_at, phone, late, at):
        filing = filing_at("approved")
        text = json.dumps({"filing": filing.pk})

        late(filing, phone.note(at + DOOR, sent_at=at + 3 * HOUR, text=text), at + 3 * HOUR)

        kept = OfflineArrival.objects.get(filing=filing)
        assert kept.text == text
        assert signed(kept.text, kept.signature, phone.public_key)
        assert not signed(kept.text + " ", kept.signature, phone.public_key)

    def test_leaves_one_event_with_both_clocks(self, filing_at, phone, late, at):
        filing = filing_at("approved")
        before = Event.objects.about(filing).count()
        now = at + 5 * HOUR

        late(filing, phone.note(at + DOOR, sent_at=now), now)

        events = list(Event.objects.about(filing))
        assert len(events) == before + 1
        facts = json.loads(events[-1].payload)["facts"]
        assert facts["proof"] == "valid"
        assert {"device_time", "arrived_at", "skew", "device"} <= set(facts)

    def test_the_next_day_needs_a_reason(self, filing_at, phone, late, at):
        filing = filing_at("approved")
        tomorrow = at + 20 * HOUR
        with pytest.raises(FilingIncomplete) as refused:
            late(filing, phone.note(at + DOOR, sent_at=tomorrow), tomorrow)
        assert codes(refused) == {"late_reason_missing"}

        late(filing, phone.note(at + DOOR, sent_at=tomorrow, reason="无网络"), tomorrow)
        assert Filing.objects.get(pk=filing.pk).visit.late_reason == "无网络"


class TestUnsigned:
    @pytest.fixture
    def forged(self, phone, partner, authority, at):
        """What vouches for nothing: by name, the note it makes."""

        def make(how, arrived, now, reason):
            note = phone.note(arrived, sent_at=now, reason=reason)
            if how == "no signature":
                return replace(note, signature=None)
            if how == "another text":
                return replace(note, signature=replace(note.signature, text='{"a":1}'))
            if how == "a device of another":
                other = Phone().register(authority(partner), at)
                return other.note(arrived, sent_at=now, reason=reason)
            if how == "no device":
                return replace(note, signature=replace(note.signature, device=10**9))
            if how == "rubbish":
                return replace(note, signature=replace(note.signature, signature="x" * 86))
            devices.revoke(phone.device, by=authority(phone.device.account), at=at)
            return note

        return make

    @pytest.mark.parametrize(
        "how",
        [
            "no signature",
            "another text",
            "a device of another",
            "no device",
            "rubbish",
            "a revoked device",
        ],
    )
    def test_is_taken_with_a_reason_only_and_tells_the_supervisor(
        self, filing_at, forged, late, at, how
    ):
        filing = filing_at("approved")
        now = at + 5 * HOUR
        with pytest.raises(FilingIncomplete) as refused:
            late(filing, forged(how, at + DOOR, now, ""), now)
        assert codes(refused) == {"late_reason_missing"}
        assert Filing.objects.get(pk=filing.pk).status == "approved"

        late(filing, forged(how, at + DOOR, now, "手机没电"), now)

        kept = OfflineArrival.objects.get(filing=filing)
        assert kept.proof == ("absent" if how == "no signature" else "failed")
        assert alerts(filing) == {"arrival_not_signed"}


class TestClocks:
    @pytest.mark.parametrize("off", [timedelta(days=-1), timedelta(days=1), 7 * HOUR])
    def test_a_wrong_device_is_reckoned_by_the_server(self, filing_at, phone, late, at, off):
        filing = filing_at("approved")
        now = at + 5 * HOUR

        late(filing, phone.note(at + DOOR + off, sent_at=now + off, reason="x"), now)

        stored = Filing.objects.get(pk=filing.pk)
        assert stored.visit.arrived_at == at + DOOR
        assert stored.offline.device_time == at + DOOR + off
        assert stored.offline.skew == off.total_seconds()
        assert alerts(filing) == {"device_clock_off"}

    def test_five_minutes_are_no_matter(self, filing_at, phone, late, at):
        filing = filing_at("approved")
        now, off = at + 5 * HOUR, timedelta(minutes=5)
        late(filing, phone.note(at + DOOR + off, sent_at=now + off), now)
        assert alerts(filing) == set()

    def test_nobody_arrived_before_the_approval_and_the_window(self, filing_at, phone, late, at):
        filing = filing_at("approved")
        now = at + 5 * HOUR

        late(filing, phone.note(at - 30 * HOUR, sent_at=now, reason="x"), now)

        stored = Filing.objects.get(pk=filing.pk)
        assert stored.visit.arrived_at == stored.planned_start >= stored.approved_at
        assert alerts(filing) == {"arrival_before_permitted"}

    def test_an_arrival_after_the_window_is_no_visit_of_this_filing(
        self, filing_at, phone, late, at
    ):
        filing = filing_at("approved")
        now = at + 30 * HOUR
        with pytest.raises(FilingIncomplete) as refused:
            late(filing, phone.note(at + 29 * HOUR, sent_at=now, reason="x"), now)
        assert codes(refused) == {"window_passed"}

    def test_what_was_noted_after_it_was_sent_is_refused(self, filing_at, phone, late, at):
        filing = filing_at("approved")
        with pytest.raises(FilingIncomplete) as refused:
            late(filing, phone.note(at + 4 * HOUR, sent_at=at + 3 * HOUR), at + 3 * HOUR)
        assert codes(refused) == {"noted_after_sent"}

    def test_a_typed_arrival_lies_in_the_past(self, filing_at, late, at):
        filing = filing_at("approved")
        with pytest.raises(FilingIncomplete) as refused:
            late(filing, actions.Noted(at + 4 * HOUR, "忘记"), at + 3 * HOUR)
        assert codes(refused) == {"arrival_in_future"}


LAST = datetime(2022, 6, 25, 23, 59, 59, tzinfo=SHANGHAI)


class TestTenDays:
    """B12: an arrival of 15 June can be told until the end of 25 June in Shanghai."""

    @pytest.fixture
    def expired(self, filing_at):
        return filing_at("expired")

    def test_the_tenth_day_is_in_time(self, expired, phone, late, at):
        late(expired, phone.note(at + DOOR, sent_at=LAST, reason="无网络"), LAST)
        stored = Filing.objects.get(pk=expired.pk)
        assert (stored.status, stored.visit.arrived_at) == ("on_site", at + DOOR)

    def test_the_eleventh_needs_the_supervisor(
        self, expired, phone, late, at, supervisor, authority
    ):
        now = LAST + timedelta(seconds=1)
        noted = phone.note(at + DOOR, sent_at=now, reason="无网络")
        with pytest.raises(FilingIncomplete) as refused:
            late(expired, noted, now)
        assert codes(refused) == {"check_in_too_late"}
        assert "2022-06-25" in refused.value.problems[0].message
        assert not OfflineArrival.objects.exists()

        actions.admit_late(expired, by=authority(supervisor), at=now, reason="山区断网")
        late(expired, noted, now)
        assert Filing.objects.get(pk=expired.pk).status == "on_site"

    def test_only_a_supervisor_admits_it(self, expired, inspector, reviewer, authority, at):
        for account in (inspector, reviewer):
            with pytest.raises(NotAuthorised):
                actions.admit_late(expired, by=authority(account), at=at, reason="x")

    def test_the_reason_of_the_admission_is_asked_for(self, expired, supervisor, authority, at):
        with pytest.raises(FilingIncomplete) as refused:
            actions.admit_late(expired, by=authority(supervisor), at=at, reason=" ")
        assert codes(refused) == {"reason_missing"}


class TestOnce:
    """P44: fifty records of a device without a connection, sent twice from two devices."""

    def test_fifty_are_stored_once_each(
        self, agency, subject, inspector, partner, authority, phone, late, at
    ):
        second = Phone().register(authority(partner), at)
        filings = [_approved(agency, subject, (inspector, partner), at) for _one in range(50)]
        now = at + timedelta(days=9)
        for number, filing in enumerate(filings):
            arrived = at + HOUR + timedelta(minutes=number)
            late(filing, phone.note(arrived, sent_at=now, reason="无网络"), now)
            with pytest.raises(TransitionNotAllowed):
                actions.check_in_late(
                    Filing.objects.get(pk=filing.pk),
                    actions.Arrival(),
                    second.note(arrived, sent_at=now, reason="无网络"),
                    by=authority(partner),
                    at=now,
                )
        stored = OfflineArrival.objects.select_related("filing__visit")
        assert stored.count() == 50
        assert all(one.filing.visit.late_reason == "无网络" for one in stored)
        assert all(one.received_at == now > one.device_time for one in stored)
        assert all(one.filing.submitted_at == at for one in stored)


def _approved(agency, subject, people, at):
    """A filing whose window ended long ago and that nobody visited, as the clock leaves it."""
    item = factories.item(claimed_by=[agency])
    serial = factories.item().pk
    return factories.filing(
        agency,
        factories.subject(subject.business_region),
        items=[item],
        officers=[one.officer for one in people],
        status="expired",
        plan_number="JH-2022-01",
        planned_start=at,
        submitted_at=at,
        approved_at=at,
        number=f"T-{serial}",
        code_digest=f"{serial:064x}",
    )
