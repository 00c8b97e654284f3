"""The pages on which a clerk brings a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from filings.imports import uploads
from filings.models import Upload

ROWS = "agency,code,name,joined_on\nCYSJ,0901,甲,2020-01-01\nCYSJ,0902,乙,soon\n"


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def send(signed_in):
    def posted(content=ROWS, **said):
        file = SimpleUploadedFile("people.csv", content.encode())
        return signed_in.post("/registers/imports/", {"kind": "officers", "file": file} | said)

    return posted


@pytest.fixture
def work(db):
    def done():
        upload = Upload.objects.get()
        uploads.run(upload.job_id, clock=timezone.now)
        return f"/registers/imports/{upload.pk}/"

    return done


class TestList:
    def test_offers_what_the_role_keeps(self, signed_in):
        page = signed_in.get("/registers/imports/").content.decode()

        assert 'value="officers"' in page
        assert 'value="items"' not in page
        assert "certificate valid from" in page

    def test_is_closed_to_those_who_keep_nothing(self, client, reviewer):
        client.force_login(reviewer)
        assert client.get("/registers/imports/").status_code == 403

    def test_says_what_is_wrong_with_what_was_sent(self, send):
        answer = send(content="", kind="items")

        assert answer.status_code == 400
        assert {"kind", "file"} == set(answer.context["form"].errors)

    def test_lays_the_refusal_of_a_map_at_its_field(self, send):
        answer = send(map=SimpleUploadedFile("map.toml", b"[columns"))
        assert "not valid TOML" in answer.context["form"].errors["map"][0]

    def test_asks_few_questions_of_the_database(
        self, send, signed_in, work, django_assert_max_num_queries
    ):
        for _turn in range(3):
            send()
        with django_assert_max_num_queries(6):
            signed_in.get("/registers/imports/")


class TestOne:
    def test_leads_from_sending_to_the_register(self, send, signed_in, work, agency):
        page = send()
        assert page.status_code == 302
        waiting = signed_in.get(page.headers["Location"])
        assert waiting.headers["Refresh"] == "2"
        assert "Waiting for a worker." in waiting.content.decode()

        here = work()
        tried = signed_in.get(here)
        assert "Refresh" not in tried.headers
        said = tried.content.decode()
        assert "Take 1 row in, leave 1 out" in said
        assert "<code>joined_on</code>" in said
        assert "soon" in said

        assert signed_in.post(f"{here}confirm/", {"partial": "true"}).headers["Location"] == here
        work()
        assert "1 row is in the register." in signed_in.get(here).content.decode()
        assert agency.officers.get().code == "0901"

    def test_gives_the_refused_rows_out(self, send, signed_in, work, agency):
        send()
        here = work()

        answer = signed_in.get(f"{here}refused.csv")

        assert answer.headers["Content-Disposition"].endswith('"people.csv.refused.csv"')
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert text.splitlines()[0].endswith("refused_rule,refused_mend")
        assert "0902" in text

    def test_has_no_refused_rows_where_none_are(self, send, signed_in, work, agency):
        send(content=ROWS.splitlines()[0] + "\nCYSJ,0901,甲,2020-01-01\n")
        assert signed_in.get(f"{work()}refused.csv").status_code == 404

    def test_tells_why_nothing_can_be_taken_in(self, send, signed_in, work, agency):
        send()
        answer = signed_in.post(f"{work()}confirm/")
        assert answer.status_code == 409
        assert "1 rows are refused" in answer.content.decode()

    def test_shows_what_broke_off(self, send, signed_in):
        send()
        upload = Upload.objects.select_related("job").get()
        upload.job.state, upload.job.error = "failed", "OSError: disk full"
        upload.job.save()
        assert "disk full" in signed_in.get(upload.get_absolute_url()).content.decode()

    def test_is_seen_by_its_bringer_alone(self, send, work, client, supervisor):
        send()
        here = work()
        client.force_login(supervisor)
        for path in (here, f"{here}refused.csv"):
            assert client.get(path).status_code == 404
        assert client.post(f"{here}confirm/").status_code == 404

    def test_asks_few_questions_of_the_database(
        self, send, signed_in, work, agency, django_assert_max_num_queries
    ):
        send()
        here = work()
        with django_assert_max_num_queries(5):
            signed_in.get(here)


class TestTemplate:
    def test_gives_the_columns_with_an_example(self, signed_in):
        answer = signed_in.get(reverse("imports:template", args=["officers"]))
        assert answer.content.decode("utf-8-sig").startswith("agency,code,name")

    @pytest.mark.parametrize("kind", ["items", "nothing"])
    def test_is_there_for_what_one_may_bring(self, signed_in, kind):
        assert signed_in.get(f"/registers/imports/templates/{kind}.csv").status_code == 404


class TestRegisters:
    def test_leads_to_the_import(self, signed_in):
        assert 'href="/registers/imports/"' in signed_in.get("/registers/").content.decode()

    def test_is_closed_to_an_administrator(self, client, administrator):
        client.force_login(administrator)
        assert client.get("/registers/").status_code == 403
