"""What a phone sends of an arrival that it noted without a connection."""

from datetime import timedelta

import pytest

from filings.models import Filing
from filings.workflow import Verb
from tests.filings.api.conftest import codes, noted


class TestRecord:
    def test_is_kept_with_both_clocks(self, call, filing_at, inspector):
        filing = filing_at("approved")

        answer = call(inspector, filing, Verb.CHECK_IN_LATE)

        assert answer.status_code == 200, answer.json()
        visit = answer.json()["visit"]
        assert visit["arrived_at"] == "2022-06-15T11:30:00+08:00"
        assert visit["recorded_at"] == "2022-06-15T12:00:00+08:00"
        assert (visit["late_reason"], visit["code_shown"]) == ("无网络", True)
        assert answer.json()["offline"]["proof"] == "absent"
        assert answer.json()["offline"]["device_time"] == "2022-06-15T11:30:00+08:00"

    def test_is_stored_once_whatever_is_sent_again(self, call, filing_at, inspector, partner):
        filing = filing_at("approved")
        key = {"Idempotency-Key": "device-1-record-1"}
        first = call(inspector, filing, Verb.CHECK_IN_LATE, **key)
        again = call(inspector, filing, Verb.CHECK_IN_LATE, **key)
        assert again["Idempotency-Replayed"] == "true"
        assert again.json() == first.json()

        filing.refresh_from_db()
        other = call(partner, filing, Verb.CHECK_IN_LATE)
        assert other.status_code == 409
        assert other.json()["code"] == "transition_not_allowed"
        assert Filing.objects.get(pk=filing.pk).version == filing.version

    @pytest.mark.parametrize(
        ("record", "code"),
        [("{", "not_json"), ("[]", "invalid"), ('{"filing": 1}', "required"), ("1e999", "invalid")],
    )
    def test_that_is_none_is_refused_by_name(self, call, filing_at, inspector, record, code):
        filing = filing_at("approved")
        answer = call(inspector, filing, Verb.CHECK_IN_LATE, noted(filing) | {"record": record})
        assert answer.status_code == 400
        found = codes(answer)
        assert all(pointer.startswith("/record") for pointer, _code in found)
        assert code in {code for _pointer, code in found}

    def test_of_another_filing_is_refused(self, call, filing_at, inspector):
        filing = filing_at("approved")
        body = noted(filing, {"filing": filing.pk + 1})
        answer = call(inspector, filing, Verb.CHECK_IN_LATE, body)
        assert codes(answer) == {("/record", "record_of_another_filing")}

    @pytest.mark.parametrize("more", [{"by": 1}, {"arrived_at": "2022-06-15T11:30:00"}])
    def test_with_a_bad_field_is_refused(self, call, filing_at, inspector, more):
        filing = filing_at("approved")
        answer = call(inspector, filing, Verb.CHECK_IN_LATE, noted(filing, more))
        assert answer.status_code == 400
        assert codes(answer)


class TestPage:
    def test_records_an_arrival_typed_in_by_hand(self, client, filing_at, inspector, clock, at):
        filing = filing_at("approved")
        clock.move_to(at + timedelta(hours=6))
        client.force_login(inspector)
        where = f"/filings/{filing.pk}/check_in_late/"
        assert where in client.get(f"/filings/{filing.pk}/").content.decode()

        said = {"version": filing.version, "arrived_at": "2022-06-15T12:30", "scan_of": "none"}
        assert client.post(where, said).status_code == 400
        client.post(where, said | {"reason": "手机没电"})

        stored = Filing.objects.get(pk=filing.pk)
        assert stored.status == "on_site"
        assert stored.visit.arrived_at == at + timedelta(hours=2, minutes=30)
        assert stored.offline.proof == "absent"

    def test_is_the_supervisors_to_admit(self, client, filing_at, supervisor, clock, at):
        filing = filing_at("expired")
        clock.move_to(at + timedelta(days=20))
        client.force_login(supervisor)
        where = f"/filings/{filing.pk}/admit_late/"
        assert where in client.get(f"/filings/{filing.pk}/").content.decode()
        client.post(where, {"version": filing.version, "reason": "山区断网"})
        assert Filing.objects.get(pk=filing.pk).unlocked_at is not None
