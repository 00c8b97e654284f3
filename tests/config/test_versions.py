"""Every write of the API to a row asks for the version that was read, and refuses an older one."""

from datetime import timedelta

import pytest
import time_machine

from filings import actions
from filings.actions import Matter
from filings.models import Alert

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at):
    with time_machine.travel(at + timedelta(hours=3), tick=False):
        yield


@pytest.fixture
def rows(filing_at, at, supervisor):
    """Where each verb is done, by whom and what it is told."""
    filing = filing_at("approved")
    alert = Alert.objects.create(
        code="quiet_day",
        severity="warn",
        about="x",
        agency=filing.agency,
        text="Give the reason.",
        created_at=at,
    )
    case = actions.bring(filing, Matter("complaint", text="收费"), address="::1", at=at)
    return {
        "alert": (supervisor, f"alerts/{alert.pk}", "handle", {"result": "已核实"}),
        "case": (supervisor, f"cases/{case.pk}", "take", {}),
    }


@pytest.mark.parametrize("name", ["alert", "case"])
def test_the_second_of_two_who_read_the_same_is_told_so(name, rows, client):
    who, row, verb, said = rows[name]
    client.force_login(who)
    tag = client.get(f"/api/v1/{row}/").headers["ETag"]

    def post(**headers):
        return client.post(
            f"/api/v1/{row}/{verb}/", said, content_type="application/json", headers=headers
        )

    assert post().status_code == 428
    first = post(**{"If-Match": tag})
    assert first.status_code == 200, first.json()
    assert first.headers["ETag"] != tag
    second = post(**{"If-Match": tag})
    assert (second.status_code, second.json()["code"]) == (412, "version_changed")
    assert who.name in second.json()["detail"]


def test_the_version_of_a_case_is_not_its_clocks(rows, client, at):
    who, row, _verb, _said = rows["case"]
    client.force_login(who)
    before = client.get(f"/api/v1/{row}/")
    with time_machine.travel(at + timedelta(days=30), tick=False):
        client.force_login(who)
        after = client.get(f"/api/v1/{row}/")
    assert before.json()["clocks"] != after.json()["clocks"]
    assert before.headers["ETag"] == after.headers["ETag"]
