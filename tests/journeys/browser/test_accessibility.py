"""No page breaks a rule of axe-core, small or wide, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [
    pytest.param(PHONE, "zh-CN", "light", id="phone"),
    pytest.param(DESK, "en-GB", "dark", id="desk"),
]
AXE = Axe()


def violations(page, path):
    page.goto(path)
    found = AXE.run(page, options={"resultTypes": ["violations"]})
    return [
        f"{path}: {one['id']}: {node['html']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


@pytest.fixture
def rooms(filing_at, clerk):
    """The pages of each role, on a register where something has happened."""
    draft, waiting = filing_at("draft"), filing_at("submitted")
    there, done = filing_at("on_site"), filing_at("recorded")
    return {
        "inspector": [
            "/filings/today/",
            "/design/",
            f"/filings/emergency/?subject={draft.subject_id}",
            f"/filings/{there.pk}/code/",
            "/filings/",
            "/filings/new/?q=a",
            f"/filings/new/?subject={draft.subject_id}",
            f"/filings/{draft.pk}/revise/?check=1",
            f"/filings/{there.pk}/record/",
            f"/filings/{done.pk}/evidence/",
            "/account/tokens/",
        ],
        "reviewer": [
            f"/filings/queue/?open={waiting.pk}",
            "/filings/?status=submitted",
            f"/filings/{waiting.pk}/",
            f"/filings/{done.pk}/",
        ],
        "auditor": ["/years/"],
        "supervisor": ["/alerts/"],
        "security": ["/accounts/", "/accounts/new/", f"/accounts/{clerk.pk}/"],
        "administrator": [
            "/jobs/",
            "/health/",
            "/rules/",
            "/rules/visit_cap_reached/",
        ],
    }


@pytest.mark.parametrize(("size", "language", "scheme"), LOOKS)
def test_pages_break_no_rule(window, rooms, size, language, scheme, request):
    found = []
    for who, paths in rooms.items():
        opened = window(size, language, scheme)
        opened.page.goto("/sign-in/")
        found += violations(opened.page, "/sign-in/")
        page = opened.sign_in(request.getfixturevalue(who))
        for path in paths:
            found += violations(page, path)
            opened.check()
    assert found == []
