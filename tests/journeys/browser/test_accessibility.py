"""No page breaks a rule of axe-core, small or wide, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys import pages
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


@pytest.mark.parametrize(
    "who",
    ["", "inspector", "reviewer", "clerk", "supervisor", "auditor", "administrator", "security"],
)
@pytest.mark.parametrize(("size", "language", "scheme"), LOOKS)
def test_no_page_breaks_a_rule(window, world, who, size, language, scheme):
    """Every page of the table, which holds every route: a new page cannot be missed."""
    opened = window(size, language, scheme)
    if who:
        opened.sign_in(world.people[who])
    found = []
    for _view, reader, path in pages.opened(world):
        if reader == who:
            found += violations(opened.page, path)
            opened.check()
    assert found == []
