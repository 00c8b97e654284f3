"""What was kept long enough goes once two people agree, and the book stays whole."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction

from agencies import jobs, journal
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.journal import Actor, breaks
from agencies.models import Event, Job
from filings.actions import disposing, kept
from filings.models import Disposal, Filing, Rating, RetentionPeriod, Upload
from officers.actions import tokens
from officers.actions.tokens import Grant
from officers.models import ApiToken
from officers.roles import Permission
from tests import factories

YEAR = timedelta(days=366)


@pytest.fixture
def supervisor(city):
    account = factories.account("city-supervisor", name="郑督")
    factories.appointment(account, "supervisor", region=city)
    return account


@pytest.fixture
def two(supervisor, auditor, authority):
    return authority(supervisor), authority(auditor)


@pytest.fixture
def rating(agency, at):
    return Rating.objects.create(agency=agency, level=2, text="态度差", rated_on=local_date(at))


@pytest.fixture
def proposed(rating, at):
    return disposing.propose("rating_text", by=Actor("schedule"), at=at + YEAR)


@pytest.fixture
def disposed(two, at):
    """What came of a kind that two people agreed to dispose of."""

    def do(kind, later):
        made = disposing.propose(kind, by=Actor("schedule"), at=at + later)
        for one in two:
            made = disposing.agree(made, by=one, at=at + later)
        disposing.run(made.job_id, clock=lambda: at + later)
        return Disposal.objects.get(pk=made.pk)

    return do


class TestKinds:
    def test_the_text_of_a_rating_goes_and_its_level_stays(self, rating, agency, disposed, at):
        young = Rating.objects.create(
            agency=agency, level=1, text="新", rated_on=local_date(at) + timedelta(days=30)
        )
        assert disposed("rating_text", YEAR).disposed == 1
        rating.refresh_from_db()
        assert (rating.text, rating.level) == ("", 2)
        assert Rating.objects.get(pk=young.pk).text == "新"

    def test_a_draft_goes_that_nobody_goes_on_with(self, filing_at, disposed, at):
        draft, submitted = filing_at("draft"), filing_at("submitted")
        found = disposed("draft", timedelta(days=91))
        assert found.disposed == 1
        assert not Filing.objects.filter(pk=draft.pk).exists()
        assert Filing.objects.filter(pk=submitted.pk).exists()
        assert Event.objects.about(draft).exists()

    def test_a_draft_stays_while_somebody_works_on_it(self, filing_at, at, agency):
        filing_at("draft")
        assert kept.LAW["draft"].due(at + timedelta(days=1)).count() == 1
        with transaction.atomic():
            told = {"by": Actor("王检"), "at": at + timedelta(days=50)}

            journal.append(agency.code, "revise", Filing.objects.get(), **told)
        assert kept.LAW["draft"].due(at + timedelta(days=40)).count() == 0

    @pytest.mark.parametrize("kind", ["unconfirmed_file"])
    def test_the_content_of_a_file_goes_and_its_row_stays(
        self, kind, clerk, disposed, at, django_capture_on_commit_callbacks
    ):
        place = default_storage.save("imports/x.csv", ContentFile(b"a,b"))
        job = Job.objects.create(
            kind="filings.take_in", key="x", ordered_by="clerk", ordered_at=at, state="done"
        )
        upload = Upload.objects.create(
            kind="subjects",
            name="x.csv",
            place=place,
            size=3,
            sha256="0" * 64,
            uploaded_by=clerk,
            uploaded_at=at,
            job=job,
            faults=[{"value": "机密"}],
        )
        with django_capture_on_commit_callbacks(execute=True):
            assert disposed(kind, timedelta(days=8)).disposed == 1
        upload.refresh_from_db()
        assert (upload.place, upload.faults, upload.size) == ("", [], 3)
        assert not default_storage.exists(place)

    def test_tokens_go_once_the_law_no_longer_wants_them(self, inspector, disposed, at):
        scopes = frozenset({Permission.FILING_READ})
        grant = Grant("旧", scopes, at + timedelta(days=1))
        tokens.make(inspector, grant, by=Actor("console"), at=at)
        disposed("token", timedelta(days=1100))
        assert not ApiToken.objects.exists()
        assert Event.objects.filter(verb="make_token").exists()


class TestAgreeing:
    def test_takes_a_supervisor_and_an_auditor(self, proposed, two, rating, at):
        first = disposing.agree(proposed, by=two[0], at=at + YEAR)
        assert first.job is None
        second = disposing.agree(proposed, by=two[1], at=at + YEAR)
        assert second.job.kind == "filings.dispose"
        rating.refresh_from_db()
        assert rating.text == "态度差"

    def test_of_one_person_twice_is_no_agreement(self, proposed, supervisor, city, authority, at):
        factories.appointment(supervisor, "auditor", region=city)
        disposing.agree(proposed, by=authority(supervisor), at=at + YEAR)
        with pytest.raises(NotAuthorised):
            disposing.agree(proposed, by=authority(supervisor), at=at + YEAR)
        with pytest.raises(IntegrityError), transaction.atomic():
            Disposal.objects.update(auditor=supervisor)

    @pytest.mark.parametrize("who", ["inspector", "reviewer", "clerk", "administrator", "security"])
    def test_is_nobody_elses(self, proposed, who, request, authority, at):
        with pytest.raises(NotAuthorised):
            disposing.agree(proposed, by=authority(request.getfixturevalue(who)), at=at)

    def test_is_for_the_whole_city(self, proposed, district, authority, at):
        local = factories.account("local")
        factories.appointment(local, "supervisor", region=district)
        with pytest.raises(NotAuthorised):
            disposing.agree(proposed, by=authority(local), at=at)

    def test_is_what_the_database_asks_too(self, proposed, at):
        job = jobs.order("filings.dispose", "x", params={}, by="x", at=at)
        for change in ({"job": job}, {"done_at": at}, {"disposed": 1}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Disposal.objects.filter(pk=proposed.pk).update(**change)

    def test_ends_with_declining(self, proposed, two, at):
        disposing.decline(proposed, by=two[1], at=at + YEAR, reason="审计中")
        for verb in (disposing.agree, lambda *a, **k: disposing.decline(*a, reason="x", **k)):
            with pytest.raises(disposing.DisposalClosed):
                verb(proposed, by=two[0], at=at + YEAR)
        assert Event.objects.get(verb="decline_disposal").reason == "审计中"


class TestBook:
    def test_stays_whole_and_tells_what_went(self, rating, disposed, capsys):
        disposed("rating_text", YEAR)
        verbs = Event.objects.order_by("seq").filter(object_type="filings.disposal")
        told = ["propose_disposal", "agree_to_disposal", "agree_to_disposal", "dispose"]
        assert list(verbs.values_list("verb", flat=True)) == told
        event = verbs.get(verb="dispose")
        assert f'"ids":[{rating.pk}]' in event.payload
        assert "态度差" not in event.payload
        assert list(breaks()) == []
        call_command("verify_events")

    def test_is_told_batch_by_batch(self, agency, two, at, monkeypatch):
        monkeypatch.setattr(disposing, "BATCH", 2)
        Rating.objects.bulk_create(
            Rating(agency=agency, level=1, text="x", rated_on=local_date(at)) for _n in range(5)
        )
        made = disposing.propose("rating_text", by=Actor("schedule"), at=at + YEAR)
        for one in two:
            made = disposing.agree(made, by=one, at=at + YEAR)
        disposing.run(made.job_id, clock=lambda: at + YEAR)
        disposing.run(made.job_id, clock=lambda: at + YEAR)
        assert Event.objects.filter(verb="dispose").count() == 3
        assert Disposal.objects.get().disposed == 5
        assert Job.objects.get(pk=made.job_id).state == Job.State.DONE


class TestProposing:
    def test_happens_once_until_it_is_decided(self, rating, proposed, at):
        assert disposing.propose("rating_text", by=Actor("x"), at=at + YEAR) == proposed
        assert disposing.propose_all(at=at + YEAR) == 1
        assert Disposal.objects.count() == 1

    def test_of_nothing_is_nothing(self, rating, at):
        assert disposing.propose("rating_text", by=Actor("x"), at=at) is None

    def test_is_the_administrators(self, rating, administrator, clerk, authority, at):
        with pytest.raises(NotAuthorised):
            disposing.propose("rating_text", by=authority(clerk), at=at + YEAR)
        assert disposing.propose("rating_text", by=authority(administrator), at=at + YEAR)


class TestPeriods:
    def test_hold_from_their_day(self, administrator, authority, at):
        since = local_date(at) + timedelta(days=10)
        said = disposing.Period("draft", 30, since, "市档案规定")
        disposing.set_period(said, by=authority(administrator), at=at)
        assert kept.days("draft", local_date(at)) == 90
        assert kept.days("draft", since) == 30
        assert kept.terms(since)["draft"].source == "市档案规定"
        assert Event.objects.get(verb="set_retention").role == "administrator"

    def test_never_fall_below_the_law(self, administrator, authority, at, settings):
        settings.AUDIT_RETENTION = 200
        said = disposing.Period("token", 199, local_date(at), "x")
        with pytest.raises(disposing.PeriodUnlawful, match="200 days"):
            disposing.set_period(said, by=authority(administrator), at=at)
        RetentionPeriod.objects.create(
            kind="token", days=10, valid_from=date(2020, 1, 1), source="x"
        )
        assert kept.days("token", local_date(at)) == 200

    def test_are_not_set_for_the_past(self, administrator, clerk, authority, at):
        said = disposing.Period("draft", 30, local_date(at) - timedelta(days=1), "x")
        with pytest.raises(disposing.PeriodUnlawful):
            disposing.set_period(said, by=authority(administrator), at=at)
        with pytest.raises(NotAuthorised):
            disposing.set_period(said, by=authority(clerk), at=at)


class TestPages:
    def test_lead_from_proposing_to_agreeing(
        self, client, rating, administrator, supervisor, auditor, at
    ):
        with time_machine.travel(at + YEAR, tick=False):
            client.force_login(administrator)
            assert "1" in client.get("/disposals/").content.decode()
            client.post("/disposals/propose/", {"kind": "rating_text"})
            made = Disposal.objects.get()
            for who in (supervisor, auditor):
                client.force_login(who)
                assert f"/disposals/{made.pk}/agree/" in client.get("/disposals/").content.decode()
                client.post(f"/disposals/{made.pk}/agree/")
            assert Disposal.objects.get().job is not None
            assert client.get("/disposals/").status_code == 200

    def test_set_periods(self, client, administrator, at):
        client.force_login(administrator)
        with time_machine.travel(at, tick=False):
            said = {"kind": "draft", "days": 60, "since": "2022-07-01", "source": "市规定"}
            assert client.post("/disposals/periods/", said).status_code == 302
            assert client.post("/disposals/periods/", {**said, "days": 0}).status_code == 400
            late = {**said, "since": "2022-01-01"}
            assert client.post("/disposals/periods/", late).status_code == 400

    @pytest.mark.parametrize("who", ["inspector", "reviewer", "clerk", "security"])
    def test_are_closed_to(self, client, who, request):
        client.force_login(request.getfixturevalue(who))
        assert client.get("/disposals/").status_code == 403
        assert client.post("/disposals/1/agree/").status_code == 403
