"""State × verb × role × own, other or taking part: every cell against a table written by hand.

The table below is not drawn from the workflow: a change of either must be made in both, and is
seen by whoever reviews it.
"""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest

from filings.policy import refusal
from filings.workflow import STEPS, Status, Verb
from officers.authority import Authority
from officers.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
DOOR = "on_site recorded refused terminated"
# verb: who may, in which states, whether whoever takes part is barred, what else must hold
MAY = {
    "revise": ("officer", "draft returned", False, None),
    "submit": ("officer", "draft returned", False, None),
    "approve": ("approver", "submitted", True, None),
    "return": ("approver", "submitted", True, None),
    "endorse": ("supervisor", "submitted", True, "asked"),
    "oppose": ("supervisor", "submitted", True, "asked"),
    "join": ("officer clerk", "submitted approved", False, "joint"),
    "merge": ("officer clerk", "submitted approved", False, "merge"),
    "decline": ("officer clerk", "submitted approved", False, "joint"),
    "leave": ("officer clerk", "submitted approved", False, "shared"),
    "withdraw": ("officer", "draft submitted returned approved", False, None),
    "expire": ("approver", "approved", False, None),
    "check_in": ("officer", "approved", False, None),
    "check_in_late": ("officer", "approved expired", False, None),
    "admit_late": ("supervisor", "approved expired", True, None),
    "serve": ("officer", "approved on_site", False, "unserved"),
    "refuse": ("officer", "approved on_site", False, None),
    "terminate": ("officer", "approved on_site", False, None),
    "record": ("officer", "on_site", False, None),
    "confirm": ("approver", "recorded", True, "numbered"),
    "close": ("officer", "confirmed", False, None),
    "back_file": ("officer", DOOR, False, "pending"),
    "unlock": ("supervisor", DOOR, True, "pending"),
    "approve_afterwards": ("approver", DOOR, True, "back_filed"),
    "attach": ("officer", f"{DOOR} confirmed", False, None),
    "preserve": ("officer", "on_site recorded confirmed", False, None),
    "decide_evidence": ("approver", f"{DOOR} confirmed closed voided", True, "preserved"),
    "deliver": ("officer", "recorded confirmed", False, "result"),
    "publish": ("approver", "confirmed closed", False, "result"),
    "correct": ("officer", "recorded confirmed closed", False, None),
    "file_across": ("officer", "on_site recorded confirmed closed", False, "across"),
    "transfer": ("officer", "recorded confirmed", False, "transferred"),
    "acknowledge": ("officer", "recorded confirmed closed", False, "sent"),
    "report_rectification": ("officer", "recorded confirmed", False, "ordered"),
    "recheck": ("officer", "recorded confirmed", False, "reported"),
    "void": ("approver", f"{DOOR} confirmed closed expired", True, "numbered"),
}
# What makes the further condition of a verb true.
WHEN = {
    None: {},
    "asked": {"second_review": "asked"},
    "joint": {"beside": -2},
    "merge": {"beside": -1},
    "shared": {"visit_id": 1},
    "unserved": {"notice_served_at": None},
    "across": {"region": "220000/220300/"},
    "numbered": {"number": "N"},
    "preserved": {"preserved": True},
    "pending": {"emergency": True},
    "back_filed": {"emergency": True, "back_filed_at": factories.NOW},
    "result": {"result": {}},
    "transferred": {"result": {"follow_up": "transferred"}},
    "sent": {"result": {"follow_up": "copied", "sent": True}},
    "ordered": {"result": {"follow_up": "rectification"}},
    "reported": {"result": {"follow_up": "rectification", "reported": True}},
}
PLACES = ("own", "other", "taking part")


class Rows:
    """As many rows as there are, asked like a queryset."""

    def __init__(self, *rows):
        self.rows = rows

    def filter(self, **_wanted):
        return self

    def exists(self):
        return bool(self.rows)

    def all(self):
        return self.rows


def result(*, follow_up="none", sent=False, reported=False):
    return SimpleNamespace(
        follow_up=follow_up,
        delivered_at=None,
        published_on=None,
        publication_withheld="",
        rectified_on=None,
        transfers=Rows(*[SimpleNamespace(received_at=None)] * sent),
        rectifications=Rows(*[SimpleNamespace(rechecked_at=None)] * reported),
    )


def plan(pk, agency):
    """A planned filing as the matching sees it."""
    return Plan(
        pk=pk,
        agency_id=agency,
        agency=None,
        planned_start=factories.NOW,
        planned_end=factories.NOW + timedelta(hours=1),
        method="on_site",
        unannounced=False,
        visit=None,
        visit_id=None,
        joint_barred=False,
        joint_answers=Rows(),
    )


class Plan(SimpleNamespace):
    __hash__ = object.__hash__


def filing(agency, status, parts, *, member):
    """A filing as the policy sees it; no row is written for it."""
    parts = dict(parts)
    found = parts.pop("result", None)
    held = Rows(*[SimpleNamespace(decided_at=None)] * parts.pop("preserved", False))
    beside = [plan(2, parts.pop("beside"))] if "beside" in parts else []
    where = SimpleNamespace(path=parts.pop("region", agency.region.path))
    subject = SimpleNamespace(planned=[plan(1, -1), *beside], business_region=where)
    facts = {"pk": 1, "subject": subject, "visit_id": None, "planned_end": factories.NOW}
    facts |= {
        "second_review": "",
        "second_reviewed_by_id": None,
        "number": None,
        "emergency": False,
        "back_filed_at": None,
        "unannounced": False,
    }
    facts |= {"notice_served_at": factories.NOW, "across_filed_on": None} | parts
    people = [SimpleNamespace(officer=SimpleNamespace(account_id=member))]
    return SimpleNamespace(
        agency=agency,
        status=status,
        origin="native",
        created_by_id=None,
        submitted_by_id=None,
        members=Rows(*people),
        preservations=held,
        get_status_display=lambda: status,
        **facts,
        **({"result": result(**found)} if found is not None else {}),
    )


def expected(verb, role, status, place):
    who, states, barred, _condition = MAY[verb]
    if role not in who.split() or place == "other":
        return False
    return status in states.split() and not (barred and place == "taking part")


@pytest.fixture
def holder(agency, authority):
    def of(role):
        account = factories.account(f"a_{role}")
        where = {"agency": agency} if role in ("officer", "approver", "clerk") else {}
        if role in ("supervisor", "environment", "auditor"):
            where = {"region": agency.region}
        factories.appointment(account, role, **where)
        return authority(account)

    return of


def test_the_table_names_every_verb_on_a_filing():
    assert set(MAY) == {str(verb) for verb, step in STEPS.items() if step.sources}


@pytest.mark.parametrize("role", list(Role))
def test_every_cell(role, holder, agency, stranger_agency):
    by: Authority = holder(role)
    wrong = []
    for verb, status, place in product(MAY, Status, PLACES):
        where = stranger_agency if place == "other" else agency
        member = by.account.pk if place == "taking part" else -1
        seen = filing(where, status, WHEN[MAY[verb][3]], member=member)
        allowed = refusal(Verb(verb), seen, by) is None
        if allowed != expected(verb, role, status, place):
            wrong.append((verb, str(status), place, allowed))
    assert wrong == []


@pytest.mark.parametrize("verb", [verb for verb in MAY if MAY[verb][3]])
def test_a_condition_that_does_not_hold_refuses(verb, holder, agency):
    who, states, _barred, condition = MAY[verb]
    by = holder(who.split()[0])
    for status in states.split():
        good = filing(agency, status, WHEN[condition], member=-1)
        assert refusal(Verb(verb), good, by) is None
        without = filing(agency, status, {}, member=-1)
        assert refusal(Verb(verb), without, by) is not None


@pytest.mark.parametrize("verb", MAY)
def test_history_is_changed_by_nobody(verb, holder, agency):
    who, states, _barred, condition = MAY[verb]
    old = filing(agency, states.split()[0], WHEN[condition], member=-1)
    old.origin = "imported"
    assert refusal(Verb(verb), old, holder(who.split()[0])) is not None
