"""The emergency road and the form sent twice, through the pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from filings import actions
from filings.models import Filing

SHAPE = "%Y-%m-%dT%H:%M"


@pytest.fixture
def typed(item, inspector, partner, at):
    return {
        "check_type": "special",
        "trigger": "emergency",
        "planned_end": (at + timedelta(hours=4)).strftime(SHAPE),
        "arrived_at": at.strftime(SHAPE),
        "reason": "燃气泄漏",
        "reported_to": "赵批",
        "place": "示例路1号",
        "method": "on_site",
        "assistants": "0",
        "items": [item.pk],
        "lead": inspector.officer.pk,
        "partners": [partner.officer.pk],
    }


@pytest.fixture
def phone(client, inspector, at):
    with time_machine.travel(at + timedelta(minutes=5), tick=False):
        client.force_login(inspector)
        yield client


class TestEmergency:
    def test_begins_on_site_and_is_filed_in_full_afterwards(self, phone, typed, subject):
        answer = phone.post(f"/filings/emergency/?subject={subject.pk}", typed)
        filing = Filing.objects.get()
        assert answer.headers["Location"] == filing.get_absolute_url()
        assert (filing.status, filing.emergency, filing.number) == ("on_site", True, None)
        page = phone.get(filing.get_absolute_url()).content.decode()
        assert f"/filings/{filing.pk}/back_file/" in page

        answer = phone.post(
            f"/filings/{filing.pk}/back_file/", {**typed, "version": filing.version, "fault": ""}
        )

        assert answer.headers["Location"] == filing.get_absolute_url()
        filing.refresh_from_db()
        assert filing.back_filed_at is not None

    def test_names_every_missing_answer_at_its_field(self, phone, typed, subject):
        answer = phone.post(
            f"/filings/emergency/?subject={subject.pk}", {**typed, "reason": "", "arrived_at": ""}
        )

        assert set(answer.context["form"].errors) == {"reason", "arrived_at"}
        assert not Filing.objects.exists()

    def test_tells_who_changed_a_filing_in_the_meantime(self, phone, typed, emergency_at, client):
        filing = emergency_at()
        seen = filing.version
        phone.post(f"/filings/{filing.pk}/back_file/", {**typed, "version": seen})

        late = phone.post(
            f"/filings/{filing.pk}/back_file/", {**typed, "version": seen, "place": "后门"}
        )

        assert "后门" in late.content.decode()
        assert late.context["changes"]

    def test_asks_whom_first(self, phone):
        assert phone.get("/filings/emergency/").status_code == 200

    def test_is_closed_for_what_is_no_emergency(self, phone, filing_at):
        assert phone.get(f"/filings/{filing_at('on_site').pk}/back_file/").status_code == 409


class TestOnce:
    def test_a_form_sent_twice_makes_one_filing(self, phone, typed, subject):
        sent = {**typed, "key": "a1b2c3d4e5f6"}
        first = phone.post(f"/filings/emergency/?subject={subject.pk}", sent)
        again = phone.post(f"/filings/emergency/?subject={subject.pk}", {**sent, "place": "后门"})

        assert Filing.objects.count() == 1
        assert again.headers["Location"] == first.headers["Location"]
        assert again.cookies["done"].value == "a1b2c3d4e5f6"

    def test_a_form_that_was_refused_is_judged_anew(self, phone, typed, subject):
        sent = {**typed, "key": "a1b2c3d4e5f6"}
        refused = phone.post(f"/filings/emergency/?subject={subject.pk}", {**sent, "reason": ""})
        assert (refused.status_code, "done" in refused.cookies) == (200, False)

        phone.post(f"/filings/emergency/?subject={subject.pk}", sent)

        assert Filing.objects.count() == 1

    def test_every_form_brings_its_own_key(self, phone, subject):
        keys = {
            phone.get(f"/filings/new/?subject={subject.pk}").context["form"]["key"].value()
            for _ in range(2)
        }
        assert len(keys) == 2


class TestReasons:
    @pytest.fixture
    def third(self, said, agency, inspector, filing_at, authority, at):
        """A draft for a third visit in the year, where two are allowed (R-FRQ-4)."""
        filing_at("approved")
        filing_at("approved")
        later = {
            "planned_start": said.planned_start + timedelta(days=30),
            "planned_end": said.planned_end + timedelta(days=30),
        }
        return actions.draft(agency, replace(said, **later), by=authority(inspector), at=at)

    def test_are_asked_for_by_the_rules_and_given_on_the_page(self, phone, third):
        form = phone.get(f"/filings/{third.pk}/revise/?check=1").context
        assert list(form["reasons"].fields) == ["visit_cap_reached"]
        typed = {k: v for k, v in form["form"].data.items() if v is not None and v is not False}
        for name in ("planned_start", "planned_end"):
            typed[name] = timezone.localtime(typed[name]).strftime(SHAPE)

        answer = phone.post(
            f"/filings/{third.pk}/revise/",
            {**typed, "submit": "1", "reason-visit_cap_reached": "上级交办专项"},
        )

        assert answer.headers["Location"] == third.get_absolute_url()
        third.refresh_from_db()
        assert (third.status, third.reasons.get().text) == ("submitted", "上级交办专项")
