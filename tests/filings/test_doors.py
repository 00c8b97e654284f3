"""What stops a filing is told at every door alike: page, API, file and command, all at once."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from filings import actions
from filings.imports import uploads
from filings.models import Filing, Limit, Subject, Upload
from tests import factories

EXPECTED = {
    ("planned_end", "window_too_long", "E6"),
    ("plan_number", "plan_not_published", "R-PLN-1"),
    ("officers", "too_few_officers", "R-OFF-1"),
    ("officers", "certificate_not_valid", "R-OFF-2"),
    ("items", "no_lawful_basis", "R-ITM-2"),
    ("subject", "subject_gone", "R-FUP-3"),
    ("subject", "cap_reached", "R-FRQ-1"),
}


@pytest.fixture(autouse=True)
def _today(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def unlawful(inspector, item, subject, district, at):
    """Something that seven rules stop at once."""
    inspector.officer.certificates.update(status="suspended")
    item.bases.update(rank="document")
    subject.registration = "cancelled"
    subject.save()
    district.limits.create(code="SX", name="年度上限", most=0, source="公布", valid_from=at.date())
    start = at + timedelta(days=1)
    return {
        "agency": "CYSJ",
        "subject": subject.pk,
        "type": "daily",
        "trigger": "annual_plan",
        "planned_start": start.isoformat(),
        "planned_end": (start + timedelta(days=40)).isoformat(),
        "items": ["JC-0001"],
        "officers": [inspector.officer.code],
        "plan_number": "NO-1",
    }


@pytest.fixture
def row(unlawful, subject, inspector):
    """The same as a row of a file."""
    return {
        "agency": "CYSJ",
        "subject": subject.uscc,
        "check_type": "daily",
        "trigger": "annual_plan",
        "planned_start": unlawful["planned_start"][:16],
        "planned_end": unlawful["planned_end"][:16],
        "items": "JC-0001",
        "officers": inspector.officer.code,
        "plan_number": "NO-1",
    }


def written(row):
    out = io.StringIO()
    writer = csv.DictWriter(out, row)
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue().encode()


def drafted(client, body):
    headers = {"Idempotency-Key": uuid4().hex}
    told = {"content_type": "application/json", "headers": headers}
    return client.post("/api/v1/filings/", body, **told)


def at_the_api(client, body, status=400):
    """Pointer, code, rule and message of each problem."""
    made = drafted(client, body)
    assert made.status_code == 201, made.json()
    headers = {"Idempotency-Key": uuid4().hex, "If-Match": made.headers["ETag"]}
    path = f"/api/v1/filings/{made.json()['id']}/submit/"
    told = {"content_type": "application/json", "headers": headers}
    answer = client.post(path, {}, **told)
    assert answer.status_code == status
    return {
        (one["pointer"].strip("/"), one["code"], one["rule"], one["message"])
        for one in answer.json()["problems"]
    }


def at_the_page(client, body, item, *officers):
    """Every message of the form that comes back, with what was typed still in it."""
    lead, *others = [one.officer.pk for one in officers]
    typed = {
        "submit": "",
        "items": [item.pk],
        "lead": lead,
        "officers": others,
        "planned_start": body["planned_start"][:16],
        "planned_end": body["planned_end"][:16],
        "check_type": "daily",
        "trigger": "annual_plan",
        "method": "on_site",
        "assistants": "0",
        "plan_number": body["plan_number"],
    }
    answer = client.post(f"/filings/new/?subject={body['subject']}", typed, follow=True)
    return answer.content.decode()


def in_a_file(client, row):
    client.post(
        "/registers/imports/",
        {"kind": "drafts", "file": SimpleUploadedFile("rows.csv", written(row))},
    )
    upload = Upload.objects.get()
    uploads.run(upload.job_id, clock=timezone.now)
    upload.refresh_from_db()
    assert (upload.accepted, upload.refused) == (0, 1), upload.refusal
    return {
        (one["field"], one["code"], one["mend"].strip("()"), one["rule"])
        for one in upload.told_faults
    }


def at_the_machine(filing, *more):
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("submit_filing", str(filing.pk), "--by", "inspector", *more, stdout=out)
    return {tuple(line.split("\t")) for line in out.getvalue().splitlines()}


def test_every_door_tells_the_same(client, inspector, item, unlawful, row):
    client.force_login(inspector)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    told = at_the_api(client, unlawful)
    assert {one[:3] for one in told} == EXPECTED
    filing = Filing.objects.get()
    assert at_the_machine(filing) == told
    assert at_the_machine(filing, "--dry-run") == told
    filing.delete()
    assert in_a_file(client, row) == told
    assert not Filing.objects.exists()
    page = at_the_page(client, unlawful, item, inspector)
    shown = page.replace("&#x27;", "'")
    assert [one[3] for one in told if one[3] not in shown] == []
    assert Filing.objects.get().status == "draft"


def test_a_visit_filed_already_is_refused_at_every_door_by_the_name_of_the_first(
    client, inspector, partner, item, subject, unlawful, row, said, filing_at
):
    inspector.officer.certificates.update(status="active")
    item.bases.update(rank="law")
    Subject.objects.update(registration="active")
    Limit.objects.all().delete()
    first = filing_at("submitted")
    client.force_login(inspector)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    again = {
        "planned_start": (said.planned_start + timedelta(minutes=30)).isoformat(),
        "planned_end": said.planned_end.isoformat(),
        "plan_number": said.plan_number,
    }
    body = unlawful | again | {"officers": [one.code for one in said.officers]}
    ((pointer, code, rule, message),) = told = at_the_api(client, body, status=409)
    assert (pointer, code, rule) == ("items", "duplicate_filing", "R-DUP-4")
    assert f"Filing {first.pk} " in message
    second = Filing.objects.exclude(pk=first.pk).get()
    assert at_the_machine(second) == told
    assert at_the_machine(second, "--dry-run") == told
    second.delete()
    for name in ("planned_start", "planned_end"):
        again[name] = again[name][:16]
    assert in_a_file(client, row | again | {"officers": ";".join(body["officers"])}) == told
    page = at_the_page(client, body, item, inspector, partner)
    assert f'{message} <a href="/filings/{first.pk}/">Open that filing</a>' in page
    assert list(Filing.objects.filter(status="submitted")) == [first]


class TestLawfulRows:
    @pytest.fixture
    def good(self, subject, said, at):
        return {
            "agency": "CYSJ",
            "subject": subject.uscc,
            "check_type": "daily",
            "trigger": "annual_plan",
            "planned_start": "2022-06-16 09:00",
            "planned_end": "2022-06-16 17:00",
            "items": "JC-0001",
            "officers": ";".join(one.code for one in said.officers),
            "plan_number": "JH-2022-01",
        }

    def test_are_submitted_in_the_name_of_who_brought_them(self, client, inspector, good):
        client.force_login(inspector)
        file = SimpleUploadedFile("rows.csv", written(good))
        client.post("/registers/imports/", {"kind": "drafts", "file": file})
        upload = Upload.objects.get()
        uploads.run(upload.job_id, clock=timezone.now)
        assert not Filing.objects.exists()
        client.post(f"/registers/imports/{upload.pk}/confirm/", {})
        upload.refresh_from_db()
        uploads.run(upload.job_id, clock=timezone.now)
        filing = Filing.objects.get()
        assert (filing.status, filing.submitted_by) == ("submitted", inspector)
        assert {one.officer for one in filing.members.all()} == set(
            inspector.officer.agency.officers.all()
        )

    def test_are_there_only_once(self, inspector, good, tmp_path):
        file = Path(tmp_path) / "rows.csv"
        file.write_bytes(written(good))
        for _time in range(2):
            call_command("import_records", "drafts", str(file), "--account", "inspector")
        assert Filing.objects.count() == 1

    def test_for_other_items_at_the_same_hour_are_not_those_filed_already(
        self, inspector, good, tmp_path, agency
    ):
        factories.item(code="JC-0002", claimed_by=[agency])
        file = Path(tmp_path) / "rows.csv"
        for items in ("JC-0001", "JC-0002;JC-0001"):
            file.write_bytes(written(good | {"items": items}))
            call_command("import_records", "drafts", str(file), "--account", "inspector")
        told = [
            sorted(row.item_version.item.code for row in one.items.all())
            for one in Filing.objects.order_by("pk")
        ]
        assert told == [["JC-0001"], ["JC-0001", "JC-0002"]]

    def test_of_another_cause_are_judged_and_not_passed_over(self, inspector, good, tmp_path):
        file = Path(tmp_path) / "rows.csv"
        file.write_bytes(written(good))
        call_command("import_records", "drafts", str(file), "--account", "inspector")
        file.write_bytes(written(good | {"trigger": "double_random"}))
        out = io.StringIO()
        with pytest.raises(SystemExit):
            call_command(
                "import_records", "drafts", str(file), "--account", "inspector", stdout=out
            )
        first = Filing.objects.get()
        assert f"Filing {first.pk} is for this visit" in out.getvalue()

    def test_without_a_name_nothing_is_filed(self, inspector, good, tmp_path):
        file = Path(tmp_path) / "rows.csv"
        file.write_bytes(written(good))
        with pytest.raises(SystemExit):
            call_command("import_records", "drafts", str(file))
        assert not Filing.objects.exists()

    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            ("planned_start", "16.6.2022 09:00", "moment"),
            ("planned_start", "2022-06-31 09:00", "moment"),
            ("subject", "91220202MA0Y0A11XX", "check"),
            ("items", "NONE", "unknown_reference"),
            ("officers", "NONE", "unknown_reference"),
            ("agency", "NONE", "unknown_reference"),
            ("planned_end", "2022-06-16 08:00", "window_reversed"),
        ],
    )
    def test_what_cannot_be_read_is_refused_by_name(
        self, client, inspector, good, stranger_agency, name, value, code
    ):
        client.force_login(inspector)
        file = SimpleUploadedFile("rows.csv", written(good | {name: value}))
        client.post("/registers/imports/", {"kind": "drafts", "file": file})
        upload = Upload.objects.get()
        uploads.run(upload.job_id, clock=timezone.now)
        upload.refresh_from_db()
        assert (name, code) in [(one["field"], one["code"]) for one in upload.faults]


class TestCommand:
    def test_submits_what_is_lawful(self, agency, said, inspector, authority, at):
        filing = actions.draft(agency, said, by=authority(inspector), at=at)
        out = io.StringIO()
        call_command("submit_filing", str(filing.pk), "--by", "inspector", stdout=out)
        filing.refresh_from_db()
        assert filing.status == "submitted"

    @pytest.mark.parametrize("who", ["outsider", "nobody"])
    def test_knows_no_filing_for_a_stranger(self, filing_at, outsider, who):
        filing = filing_at("draft")
        with pytest.raises(CommandError, match=r"sees no filing|No account"):
            call_command("submit_filing", str(filing.pk), "--by", who)

    def test_submits_for_nobody_who_may_not(self, filing_at, reviewer):
        filing = filing_at("draft")
        with pytest.raises(CommandError):
            call_command("submit_filing", str(filing.pk), "--by", "reviewer")
        filing.refresh_from_db()
        assert filing.status == "draft"
