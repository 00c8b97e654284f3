"""The enterprise reports by its code what it rectified, with files; the officer re-checks."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.models import Event
from filings import actions, codes
from filings.clocks import clocks
from filings.models import Evidence, Filing, Rectification
from filings.policy import TransitionNotAllowed
from filings.rules import FilingIncomplete
from officers.actions.throttling import TooManyAttempts
from tests.factories import png

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=5)


@pytest.fixture
def ordered(followed_at):
    """A filing whose rectification waits for its report."""
    return followed_at("rectification")


@pytest.fixture
def send(at):
    def do(filing, *, later=LATER, method="post", **typed):
        with time_machine.travel(at + later, tick=False):
            call = getattr(Client(enforce_csrf_checks=True), method)
            url = reverse("door:rectified", args=[codes.of(filing)])
            return call(url, typed, headers={"Accept-Language": "en"})

    return do


def file(content=None, name="整改前后.png"):
    return SimpleUploadedFile(name, png() if content is None else content)


class TestReport:
    def test_reaches_the_officer_with_its_files(self, send, ordered, at):
        answer = send(
            ordered, report="已更换过期原料。", file=file(), file2=file(png(filling=b"x"))
        )

        assert answer.status_code == 201
        assert not answer.cookies
        made = Rectification.objects.get()
        assert (made.report, made.reported_by) == ("已更换过期原料。", None)
        assert Evidence.objects.filter(filing=ordered, uploaded_by=None).count() == 2
        fresh = Filing.objects.with_clocks().get(pk=ordered.pk)
        assert "recheck" in {one.clock for one in clocks(fresh, at + LATER)}

    def test_leaves_one_event_of_nobody_by_name(self, send, ordered):
        before = Event.objects.about(ordered).count()
        send(ordered, report="已更换。", file=file())
        event = Event.objects.about(ordered).last()
        assert Event.objects.about(ordered).count() == before + 1
        assert (event.verb, event.actor, event.role) == ("report_rectification", "", "subject")
        assert len(json.loads(event.payload)["facts"]["files"]) == 1

    def test_is_rechecked_by_the_officer(self, send, ordered, inspector, authority, at, client):
        send(ordered, report="已更换。", file=file())
        filing = Filing.objects.get(pk=ordered.pk)
        client.force_login(inspector)
        page = client.get(f"/filings/{filing.pk}/evidence/", headers={"Accept-Language": "en"})
        assert "sent by the subject" in page.content.decode()

        actions.recheck(filing, passed=True, by=authority(inspector), at=at + 2 * LATER)
        assert Filing.objects.get(pk=filing.pk).result.rectified_on is not None

    def test_may_come_again_after_a_failed_recheck(self, send, ordered, inspector, authority, at):
        send(ordered, report="已更换。")
        filing = Filing.objects.get(pk=ordered.pk)
        told = {"by": authority(inspector), "at": at + 2 * LATER}
        day = (at + timedelta(days=30)).date()
        actions.recheck(filing, passed=False, rectify_by=day, **told)

        assert send(ordered, report="再次整改。", later=3 * LATER).status_code == 201
        assert Rectification.objects.count() == 2

    def test_is_offered_on_the_page_of_the_code(self, ordered, client, at, send):
        url = reverse("door:code", args=[codes.of(ordered)])
        with time_machine.travel(at + LATER, tick=False):
            assert "/rectified" in client.get(url).content.decode()
        send(ordered, report="已更换。")
        with time_machine.travel(at + LATER, tick=False):
            assert "/rectified" not in client.get(url).content.decode()

    def test_is_open_as_long_as_the_rectification_is(self, send, ordered):
        assert send(ordered, report="已更换。", later=timedelta(days=90)).status_code == 201


class TestRefusal:
    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"report": ""}, "This field is required"),
            ({"report": "a\x08b"}, "U+0008"),
            ({"report": "x", "file": b"MZ\x90"}, "neither JPEG, PNG nor PDF"),
            ({"report": "x", "file": b"\xff\xd8\xff"}, "damaged or cut off"),
            ({"report": "x", "file": png(60_000, 60_000)}, "60000 × 60000"),
            ({"report": "x", "file": png(filling=bytes(10 * 1024 * 1024))}, "larger than 10 MB"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_nothing(self, send, ordered, typed, told):
        sent = {name: file(one) if name == "file" else one for name, one in typed.items()}
        answer = send(ordered, **sent)
        assert answer.status_code == 400
        assert told in answer.content.decode()
        assert not Rectification.objects.exists()
        assert not Evidence.objects.exists()

    def test_of_one_file_refuses_the_whole_report(self, send, ordered):
        assert send(ordered, report="x", file=file(), file2=file(b"MZ")).status_code == 400
        assert not Evidence.objects.exists()

    def test_of_a_second_report(self, send, ordered):
        send(ordered, report="已更换。")
        again = send(ordered, report="又一次。")
        assert again.status_code == 409
        assert "No rectification waits" in again.content.decode()
        assert Rectification.objects.get().report == "已更换。"

    def test_where_none_was_ordered(self, send, filing_at, at):
        filing = filing_at("recorded")
        assert send(filing, method="get").status_code == 404
        with pytest.raises(TransitionNotAllowed):
            actions.report_at_the_door(filing, "x", address="10.0.0.1", at=at + LATER)

    def test_of_too_many_files(self, ordered, at):
        files = tuple(actions.Upload(png(filling=bytes([n])), f"{n}.png") for n in range(4))
        with pytest.raises(FilingIncomplete):
            actions.report_at_the_door(ordered, "x", files, address="10.0.0.1", at=at + LATER)

    def test_of_a_flood(self, ordered, at):
        who = {"address": "10.0.0.1", "at": at + LATER}
        for _one in range(20):
            with pytest.raises(FilingIncomplete):
                actions.report_at_the_door(ordered, "", **who)
        with pytest.raises(TooManyAttempts):
            actions.report_at_the_door(ordered, "已更换。", **who)
