"""Whatever is sent to the described API, nothing fails and every list stays readable.

Each operation of the description is called with bodies and parameters that schemathesis makes up,
as a clerk-officer of an agency with filings; FUZZ=200 asks for more of each than CI does.
"""

import os
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
import schemathesis
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from agencies.journal import Actor
from config.api import router
from config.wsgi import application
from filings.models import Filing
from officers.actions import tokens
from tests import factories

LISTS = sorted(name for _path, view, name in router.registry if hasattr(view, "list"))
# So many of the lists are for an officer who is clerk and auditor as well.
MINE = 24
EACH = int(os.environ.get("FUZZ", "5"))


@pytest.fixture
def described(db, monkeypatch):
    """The API as it describes itself; no request closes the connection that the test works on."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    return schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)


@pytest.fixture
def caller(inspector, agency, filing_at):
    """An officer of the agency who keeps its registers too; a draft and a result are his."""
    factories.appointment(inspector, "clerk", agency=agency)
    factories.appointment(inspector, "auditor", region=agency.region)
    filing_at("draft")
    filing_at("recorded")
    return inspector


def test_no_request_fails_and_no_list_is_poisoned(described, client, caller):
    client.force_login(caller)
    mine = {"Authorization": f"Bearer {token_of(caller)}"}
    failed, called, written, before = [], Counter(), 0, statuses(client)
    assert list(before.values()).count(200) >= MINE

    def ask(case):
        nonlocal written
        steered = steer(case, caller) if sum(called.values()) % 2 else {}
        answer = case.call(headers={**(case.headers or {}), **steered, **mine})
        called[answer.status_code] += 1
        if answer.status_code >= 500:
            failed.append((case.method, case.path, case.query, case.body))
        if case.method != "GET" and answer.status_code < 300:
            written += 1
            now = statuses(client)
            failed.extend((case.path, one) for one in LISTS if now[one] != before[one])

    bounds = settings(
        max_examples=EACH,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for found in described.get_all_operations():
        strategy = found.ok().as_strategy()
        bounds(given(case=strategy)(lambda case: ask(case)))()
    assert failed == []
    assert called[401] + called[429] == 0
    assert called[200] > EACH
    assert written


def steer(case, caller):
    """The case made to meet what is there: a filing of the caller in the version it has."""
    filing = Filing.objects.order_by("?").first()
    if case.path.startswith("/api/v1/filings/{id}/"):
        case.path_parameters["id"] = filing.pk
    if isinstance(case.body, dict):
        real = {
            "agency": filing.agency.code,
            "subject": filing.subject_id,
            "items": ["JC-0001"],
            "officers": [caller.officer.code],
            "planned_start": "2022-06-15T13:00:00+08:00",
            "planned_end": "2022-06-15T18:00:00+08:00",
        }
        case.body |= {name: value for name, value in real.items() if name in case.body}
        if case.method == "POST" and case.path == "/api/v1/filings/":
            case.body = real | {"type": filing.check_type, "trigger": filing.trigger}
    return {"If-Match": f'"{filing.version}"', "Idempotency-Key": uuid4().hex}


def token_of(account):
    """A token that may do all that the account may."""
    now = timezone.now()
    grant = tokens.Grant("试验", tokens.GRANTABLE, now + timedelta(days=1), None)
    return tokens.make(account, grant, by=Actor("console"), at=now)[1]


def statuses(client):
    """How every list of the API answers the caller; some are not for him, and stay so."""
    return {one: client.get(reverse(f"{one}-list")).status_code for one in LISTS}
