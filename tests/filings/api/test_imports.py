"""Files for the registers over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from filings.imports import uploads
from filings.models import Upload

ROWS = "agency,code,name,joined_on\nCYSJ,0901,甲,2020-01-01\nCYSJ,0902,乙,soon\n"
HERE = "/api/v1/imports/"


@pytest.fixture
def api(client, clerk):
    client.force_login(clerk)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def send(api):
    def posted(content=ROWS, *, headers=None, **said):
        file = SimpleUploadedFile("people.csv", content.encode())
        return api.post(HERE, {"kind": "officers", "file": file} | said, headers=headers)

    return posted


@pytest.fixture
def work(db):
    def done():
        upload = Upload.objects.get()
        uploads.run(upload.job_id, clock=timezone.now)
        return f"{HERE}{upload.pk}/"

    return done


class TestSend:
    def test_orders_a_trial_and_says_where_it_is(self, send, api, work, agency):
        answer = send()
        assert answer.status_code == 202
        assert answer.json()["stage"] == "checking"

        work()

        found = api.get(answer.headers["Location"]).json()
        assert (found["stage"], found["accepted"], found["refused"]) == ("checked", 1, 1)
        fault = found["faults"][0]
        assert (fault["row"], fault["field"], fault["value"]) == (3, "joined_on", "soon")
        assert fault["mend"]

    @pytest.mark.parametrize(
        ("said", "pointer"),
        [({"kind": "people"}, "/kind"), ({"kind": ""}, "/kind"), ({"file": "text"}, "/file")],
    )
    def test_names_what_is_wrong(self, send, said, pointer):
        answer = send(**said)
        assert answer.status_code == 400
        assert answer.json()["problems"][0]["pointer"] == pointer

    def test_refuses_an_empty_file_as_the_page_does(self, send):
        found = send(content="").json()
        assert found["code"] == "upload_unfit"
        assert found["problems"][0]["message"] == "The file is empty."

    def test_refuses_those_who_keep_no_register(self, send, api, inspector):
        api.force_login(inspector)
        assert send().status_code == 403

    def test_takes_no_json(self, api):
        answer = api.post(HERE, "{}", content_type="application/json")
        assert answer.status_code == 415


class TestKey:
    def test_brings_the_same_file_once(self, send, api):
        key = {"Idempotency-Key": "the-same-key"}
        first, again = send(headers=key), send(headers=key)
        assert (first.status_code, again.json()["id"]) == (202, first.json()["id"])
        assert again.headers["Idempotency-Replayed"] == "true"
        assert send(content="agency,code\r\nX,1\r\n", headers=key).status_code == 422
        assert len(api.get(HERE).json()["results"]) == 1


class TestConfirm:
    def test_takes_the_good_rows_in(self, send, api, work, agency, post_seen):
        send()
        here = work()
        refused = post_seen(f"{here}confirm/", {})
        assert (refused.status_code, refused.json()["code"]) == (409, "upload_not_ready")

        answer = post_seen(f"{here}confirm/", {"partial": True})
        assert (answer.status_code, answer.json()["stage"]) == (202, "writing")

        work()
        assert api.get(here).json()["stage"] == "written"
        assert agency.officers.get().code == "0901"

    def test_gives_the_refused_rows_out(self, send, api, work, agency):
        send()
        answer = api.get(f"{work()}refused/")
        assert "0902" in b"".join(answer.streaming_content).decode()


class TestList:
    def test_shows_ones_own_files(self, send, api, supervisor):
        send()
        assert [one["name"] for one in api.get(HERE).json()["results"]] == ["people.csv"]
        api.force_login(supervisor)
        assert api.get(HERE).json()["results"] == []

    def test_refuses_unknown_parameters(self, send, api):
        send()
        assert api.get(f"{HERE}?name=x").status_code == 400
