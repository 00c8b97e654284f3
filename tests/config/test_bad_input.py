"""The catalogue of bad input (reliability e), family by family, at the doors of the API.

Each row is refused with its code at its field, nothing is stored, and the lists stay readable.
"""

from uuid import uuid4

import pytest

from filings.models import Filing

pytestmark = pytest.mark.django_db
PLACE = "/api/v1/filings/"


@pytest.fixture
def body(wording):
    return wording


@pytest.fixture
def send(client, inspector):
    """Posts a draft as the inspector; a body that is bytes goes as it is."""
    client.force_login(inspector)

    def post(said, kind="application/json", **headers):
        headers = {"Idempotency-Key": uuid4().hex} | headers
        return client.post(PLACE, said, content_type=kind, headers=headers)

    return post


def refused(answer, status, code):
    """Whether the answer is a problem with this code, at the top or of a field."""
    found = answer.json()
    codes = {found["code"], *(one["code"] for one in found["problems"])}
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert code in codes, found
    assert found["request_id"]
    assert not Filing.objects.exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("U1 null", "示例\x00路"),
        ("U2 backspace", "示例\x08路"),
        ("U2 escape", "示例\x1b[31m"),
        ("U2 next line", "示例\x85路"),
        ("U13 line break", "示例\r\nSet-Cookie: a=b"),
        ("U13 new line", "示例\n路"),
        ("U13 colour", "示例\x1b[31m路"),
    ],
)
def test_text_with_controls(send, body, name, text):
    refused(send(body | {"place": text}), 400, "control_character")


def test_text_that_is_half_a_character(send, body):
    raw = b'{"place": "\\ud800"}'
    refused(send(raw), 400, "control_character")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("place", "字" * 301, "max_length"),
        ("place", 7, "not_text"),
        ("agency", "   ", "blank"),
        ("agency", None, "null"),
        ("type", "ｄａｉｌｙ", "invalid_choice"),
        ("items", ["ＪＣ-0001"], "unknown_code"),
    ],
)
def test_text_of_another_form(send, body, field, value, code):
    refused(send(body | {field: value}), 400, code)


@pytest.mark.parametrize("text", ["𠮷家", "<script>alert(1)</script>", "{{7*7}}", "=1+1", "阿·买"])
def test_text_that_is_only_text_is_kept_to_the_letter(send, body, text):
    assert send(body | {"place": text}).json()["place"] == text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1", "not_a_number"),
        (1.0, "not_a_number"),
        (True, "not_a_number"),
        ("１", "not_a_number"),
        (-1, "min_value"),
        (2**31, "max_value"),
        (10**19, "max_value"),
    ],
)
def test_numbers(send, body, value, code):
    refused(send(body | {"assistants": value}), 400, code)


@pytest.mark.parametrize("value", ["yes", "T", 1, "是", None])
def test_yes_and_no(send, body, value):
    answer = send(body | {"double_random": value})
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["pointer"] == "/double_random"


@pytest.mark.parametrize(
    "value",
    [
        "２０２２-06-15T13:00:00+08:00",
        "20220615T130000+0800",
        "2022-W24-3T13:00:00+08:00",
        "2022-06-15",
        "2022-06-15T13:00:00",
        "2022-06-15T24:00:00+08:00",
        "2022-06-15T13:00:60+08:00",
        "2023-02-29T13:00:00+08:00",
        "0001-01-01T00:00:00+08:00",
        "9999-12-31T23:59:59+08:00",
        "1899-12-31T00:00:00+08:00",
        1655269200,
        "2022年6月15日",
    ],
)
def test_instants(send, body, value):
    refused(send(body | {"planned_start": value}), 400, "bad_instant")


def test_a_window_that_ends_before_it_begins(send, body):
    refused(send(body | {"planned_end": "2022-06-15T12:00:00+08:00"}), 400, "window_reversed")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[" * 100_000, "too_deep"),
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b"", "required"),
        (b'\xef\xbb\xbf{"a": 1}', "not_json"),
        ('{"place": "示例"}'.encode("gbk"), "use_utf8"),
        (b'{"a": NaN}', "not_a_number"),
        (b'{"a": 1e999}', "not_a_number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number_too_long"),
        (b'{"a": ', "not_json"),
    ],
)
def test_json(send, agency, raw, code):
    refused(send(raw), 400, code)


def test_a_body_that_is_too_large(send, body):
    refused(send(b'{"place": "' + b"x" * 3_000_000 + b'"}'), 413, "too_large")


@pytest.mark.parametrize("kind", ["application/xml", "application/yaml", "text/plain"])
def test_other_forms_are_not_read(send, kind):
    refused(send(b"<a/>", kind), 415, "unsupported_media_type")


@pytest.mark.parametrize("name", ["id", "status", "number", "version", "created_at", "agency_id"])
def test_fields_that_are_not_the_callers(send, body, name):
    refused(send(body | {name: "1"}), 400, "unknown_field")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("agency_idd=5", "unknown_parameter"),
        ("status=draft&status=closed", "repeated_parameter"),
        ("ordering=secret", "unknown_parameter"),
        ("page_size=-1", "bad_page_size"),
        ("page_size=0", "bad_page_size"),
        ("page_size=1000000000", "bad_page_size"),
        ("q=" + "字" * 65, "bad_filter"),
        ("dated_after=0001-01-01", "bad_filter"),
    ],
)
def test_queries(client, inspector, query, code):
    client.force_login(inspector)
    refused(client.get(f"{PLACE}?{query}"), 400, code)


@pytest.mark.parametrize("key", ["１", "01", "1%0a", "%00", "9" * 19, "-1"])
def test_strange_addresses_are_not_there(client, inspector, key):
    client.force_login(inspector)
    refused(client.get(f"{PLACE}{key}/"), 404, "not_found")


@pytest.mark.parametrize("text", ["%", "_", "\\", "' OR 1=1 --"])
def test_a_search_takes_signs_for_themselves(client, inspector, filing_at, text):
    filing_at("draft")
    client.force_login(inspector)
    assert client.get(PLACE, {"q": text}).json()["results"] == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"agency": "TXSJ"}, "/agency"), ({"subject": 999}, "/subject")],
)
def test_what_is_another_agencys_is_as_if_absent(
    send, body, change, pointer, stranger_agency, elsewhere
):
    answer = send(body | change)
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["pointer"] == pointer
    assert answer.json()["problems"][0]["code"] == "unknown_code"
