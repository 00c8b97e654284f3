"""Calls over HTTP as a client of the API makes them, two hours into the window's day."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from filings.workflow import STEPS, Verb

BODY = {
    Verb.APPROVE: {"opinion": "同意"},
    Verb.APPROVE_AFTERWARDS: {"opinion": "同意"},
    Verb.SERVE: {"channel": "electronic"},
    Verb.CHECK_IN: {"code_shown": True, "latitude": "43.840000", "longitude": "126.550000"},
    Verb.RECORD: {
        "outcome": "corrected",
        "findings": [{"severity": "minor", "text": "标签不清", "item": "JC-0001"}],
    },
    Verb.CLOSE: {"finished_on": "2022-06-15"},
    Verb.PRESERVE: {"things": "账本二册", "kept_at": "证据室"},
    Verb.DELIVER: {"channel": "on_the_spot", "receiver": "刘总"},
    Verb.PUBLISH: {"withheld": "商业秘密"},
    Verb.CORRECT: {"outcome": "no_activity", "reason": "录入有误"},
    Verb.FILE_ACROSS: {"office": "铁西区司法局", "on": "2022-06-15"},
    Verb.TRANSFER: {"receiver": "昌邑区公安分局", "matter": "涉嫌犯罪"},
    Verb.REPORT_RECTIFICATION: {"report": "已更换"},
    Verb.RECHECK: {"passed": False, "rectify_by": "2022-07-15", "note": "仍有过期原料"},
}
REASONED = {verb for verb, step in STEPS.items() if step.reason_required}
DOOR = timedelta(hours=2)


def noted(filing, changes=()):
    """The body of an arrival that a device noted an hour and a half into the day, unsigned."""
    said = {"filing": filing.pk, "arrived_at": "2022-06-15T11:30:00+08:00", "reason": "无网络"}
    return {
        "record": json.dumps(said | {"code_shown": True} | dict(changes)),
        "sent_at": "2022-06-15T12:00:00+08:00",
    }


@pytest.fixture(autouse=True)
def clock(at):
    """The server's clock stands at the moment of the tests, two hours into the window's day."""
    with time_machine.travel(at + DOOR, tick=False) as traveller:
        yield traveller


@pytest.fixture
def call(client):
    """Post to a verb as somebody; the ETag is the one he would have read."""

    def post(who, filing, verb, body=None, *, tag=None, **headers):
        client.force_login(who)
        said = body if body is not None else BODY.get(verb, {})
        if verb == Verb.CHECK_IN_LATE and body is None:
            said = noted(filing)
        if verb in REASONED and body is None:
            said = {"reason": "计划变更"} | said
        headers["If-Match"] = f'"{filing.version}"' if tag is None else tag
        return client.post(
            f"/api/v1/filings/{filing.pk}/{verb}/",
            said,
            content_type="application/json",
            headers=headers,
        )

    return post


def create(client, who, body, **headers):
    client.force_login(who)
    headers = {"Idempotency-Key": uuid4().hex} | headers
    return client.post("/api/v1/filings/", body, content_type="application/json", headers=headers)


def codes(response):
    return {(one["pointer"], one["code"]) for one in response.json()["problems"]}
