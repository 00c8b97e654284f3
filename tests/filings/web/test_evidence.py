"""Evidence: kept under its own digest, given out to those who may see the filing."""

from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Event
from filings import actions
from filings.models import Evidence
from filings.rules import FilingIncomplete
from tests.factories import png


@pytest.fixture
def by(inspector, authority):
    return authority(inspector)


@pytest.fixture
def kept(filing_at, by, at):
    upload = actions.Upload(png(), "现场\u202egpj/照片 1.png", at)
    return actions.attach(filing_at("on_site"), upload, by=by, at=at)


@pytest.fixture
def visit(client, at):
    """Ask as somebody at the moment of the tests."""

    def do(account, url, **sent):
        with time_machine.travel(at + timedelta(hours=3), tick=False):
            client.force_login(account)
            return client.post(url, sent) if sent else client.get(url)

    return do


def url_of(kept):
    return f"/filings/{kept.filing_id}/evidence/{kept.pk}/"


class TestAttach:
    def test_keeps_the_bytes_under_their_digest(self, kept):
        digest = sha256(png()).hexdigest()
        assert (kept.sha256, kept.name, kept.kind) == (digest, "照片 1.png", "png")
        assert kept.place == f"evidence/{digest[:2]}/{digest}.png"
        assert actions.read_evidence(kept) == png()
        assert digest in Event.objects.about(kept.filing).last().payload

    def test_names_every_reason_to_refuse(self, kept, by, at):
        later = actions.Upload(png(), "x.png", at + timedelta(days=1))
        with pytest.raises(FilingIncomplete) as caught:
            actions.attach(kept.filing, later, by=by, at=at)
        assert [one.code for one in caught.value.problems] == [
            "evidence_present",
            "taken_in_future",
        ]
        assert Evidence.objects.count() == 1

    def test_keeps_equal_files_of_two_filings_once(self, kept, filing_at, by, at):
        other = actions.attach(filing_at("on_site"), actions.Upload(png(), ""), by=by, at=at)
        assert other.place == kept.place
        assert other.name == f"{kept.sha256[:12]}.png"

    def test_replaces_half_a_file_left_by_a_crash(self, kept, filing_at, by, at):
        default_storage.delete(kept.place)
        default_storage.save(kept.place, ContentFile(png()[:9]))
        actions.attach(filing_at("on_site"), actions.Upload(png(), "x.png"), by=by, at=at)
        assert actions.read_evidence(kept) == png()

    def test_shortens_a_long_name_but_keeps_its_ending(self, filing_at, by, at):
        upload = actions.Upload(png(), "长" * 300 + ".png")
        name = actions.attach(filing_at("on_site"), upload, by=by, at=at).name
        assert (len(name), name[-5:]) == (120, "长.png")


class TestDownload:
    def test_is_saved_and_never_sniffed_or_run(self, kept, visit, inspector):
        answer = visit(inspector, url_of(kept))
        assert answer.content == png()
        assert answer["Content-Type"] == "image/png"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in answer["Content-Security-Policy"]

    def test_is_hidden_from_who_may_not_see_the_filing(self, kept, visit, outsider, inspector):
        assert visit(outsider, url_of(kept)).status_code == 404
        assert (
            visit(inspector, f"/filings/{kept.filing_id + 1}/evidence/{kept.pk}/").status_code
            == 404
        )

    @pytest.mark.parametrize("content", [None, b"other"])
    def test_says_when_the_storage_lost_or_changed_it(self, content, kept, visit, inspector):
        default_storage.delete(kept.place)
        if content:
            default_storage.save(kept.place, ContentFile(content))
        assert visit(inspector, url_of(kept)).status_code == 503


class TestPage:
    def test_takes_a_file_and_lists_it(self, filing_at, visit, inspector):
        filing = filing_at("on_site")
        url = f"/filings/{filing.pk}/evidence/"
        sent = SimpleUploadedFile("现场.png", png())
        assert visit(inspector, url, version=filing.version, file=sent).status_code == 302
        assert "现场.png" in visit(inspector, url).content.decode()

    def test_says_what_is_wrong_at_the_file(self, filing_at, visit, inspector):
        filing = filing_at("on_site")
        sent = SimpleUploadedFile("现场.png", b"<html>")
        url = f"/filings/{filing.pk}/evidence/"
        answer = visit(inspector, url, version=filing.version, file=sent)
        assert answer.status_code == 400
        assert answer.context["form"].errors["file"]

    def test_offers_no_form_before_the_visit(self, filing_at, visit, inspector, reviewer):
        filing = filing_at("approved")
        answer = visit(inspector, f"/filings/{filing.pk}/evidence/")
        assert "multipart" not in answer.content.decode()
