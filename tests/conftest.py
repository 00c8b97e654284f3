"""The cast: a city over two districts, the people of one agency, and strangers."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.utils import translation

from agencies import guards, walls
from agencies.calendar import local_date
from config.messages import compile_catalog
from filings import actions, catalogue, recalled
from officers import guards as officers_guards
from officers.authority import Authority
from reports import guards as reports_guards
from tests import factories
from tests.factories import NOW


def pytest_configure():
    """Compile the translations when they are newer than their result.

    What a test itself asks is asked of everything; each request declares its own scope.
    """
    compile_catalog()
    walls.narrow(walls.EVERYTHING)


PASSWORD = "Correct-Horse-2022"


@pytest.fixture(scope="session")
def guards_missing_after_migration(django_db_setup, django_db_blocker):
    """Which guards the migrations failed to leave; read before the suite takes them away.

    Transactional tests empty every table when they end, which the guards rightly refuse.
    """
    with django_db_blocker.unblock():
        found = guards.missing(connection)
        guards.remove(connection)
        for one in officers_guards.EVERY:
            found |= one.missing(connection)
        officers_guards.OFFICES_STAFFED.remove(connection)
        officers_guards.HOLDERS_ADMITTED.remove(connection)
        officers_guards.GLASS_AS_ASKED.remove(connection)
        for one in reports_guards.EVERY:
            found |= one.missing(connection)
            one.remove(connection)
    return found


@pytest.fixture(autouse=True, scope="session")
def _unguarded(guards_missing_after_migration):
    """Every test may empty the tables; the tests of the guards set them again."""


@pytest.fixture(autouse=True, scope="session")
def _alone_at_the_end(django_db_setup, django_db_blocker):
    """Nobody else is connected when the test database is dropped.

    A thread of the live server or a worker's session may outlast its process by a moment, and
    PostgreSQL drops no database in use.
    """
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _no_texts_of_another_test():
    """Keys come again in another test with other texts."""
    catalogue.forget()
    recalled.forget()


@pytest.fixture(autouse=True)
def _in_english():
    """What is raised outside a request speaks English, whether or not .mo files are compiled."""
    with translation.override("en"):
        yield


@pytest.fixture
def at():
    """The moment at which the tests act: 10 o'clock on 15 June 2022 in Shanghai."""
    return NOW


@pytest.fixture
def wording(agency, subject, said):
    """The body of a draft, as a client of the API writes it."""
    return {
        "agency": agency.code,
        "subject": subject.pk,
        "type": "daily",
        "trigger": "annual_plan",
        "planned_start": "2022-06-15T13:00:00+08:00",
        "planned_end": "2022-06-15T18:00:00+08:00",
        "items": ["JC-0001"],
        "officers": [one.code for one in said.officers],
        "place": "示例路1号",
        "plan_number": "2022-01",
    }


@pytest.fixture
def post_seen(client):
    """Post a verb of the API to a row that one has just read; gives the answer."""

    def post(path, said, **headers):
        row = path.rstrip("/").rpartition("/")[0]
        seen = {"If-Match": client.get(f"{row}/").headers.get("ETag", '"1"')}
        return client.post(path, said, content_type="application/json", headers=seen | headers)

    return post


@pytest.fixture
def province(db):
    return factories.region("220000", "吉林省")


@pytest.fixture
def city(province):
    return factories.region("220200", "吉林市", parent=province, kind="prefecture")


@pytest.fixture
def district(city):
    return factories.region("220202", "昌邑区", parent=city)


@pytest.fixture
def elsewhere(province):
    other = factories.region("220300", "四平市", parent=province, kind="prefecture")
    return factories.region("220302", "铁西区", parent=other)


@pytest.fixture
def agency(district):
    """The agency of the cast, with the published plans that its filings name."""
    made = factories.agency(district, code="CYSJ", name="昌邑区市场监督管理局")
    for number in ("JH-2022-01", "2022-01"):
        factories.plan(made, number)
    return made


@pytest.fixture
def stranger_agency(elsewhere):
    return factories.agency(elsewhere, code="TXSJ", name="铁西区市场监督管理局")


def _person(username, name, role, **place):
    account = factories.account(username, name=name, password=PASSWORD)
    factories.appointment(account, role, **place)
    return account


@pytest.fixture
def inspector(agency):
    """An officer who signs in and files."""
    account = _person("inspector", "王检", "officer", agency=agency)
    factories.officer(agency, account=account, name="王检")
    return account


@pytest.fixture
def partner(agency):
    """The second officer, who signs in too."""
    account = _person("partner", "李同", "officer", agency=agency)
    factories.officer(agency, account=account, name="李同")
    return account


@pytest.fixture
def reviewer(agency):
    """The agency's approver."""
    return _person("reviewer", "赵批", "approver", agency=agency)


@pytest.fixture
def clerk(agency):
    return _person("clerk", "孙册", "clerk", agency=agency)


@pytest.fixture
def supervisor(district):
    return _person("supervisor", "周督", "supervisor", region=district)


@pytest.fixture
def auditor(city):
    return _person("auditor", "吴审", "auditor", region=city)


@pytest.fixture
def administrator(db):
    return _person("administrator", "郑管", "administrator")


@pytest.fixture
def security(db):
    """Who hands out the offices."""
    return _person("security", "何安", "security")


@pytest.fixture
def second_security(db):
    """Who confirms what the other one hands out."""
    return _person("second-security", "许安", "security")


@pytest.fixture
def outsider(stranger_agency):
    """An officer of an agency in another city."""
    return _person("outsider", "冯外", "officer", agency=stranger_agency)


@pytest.fixture
def authority(at):
    """What an account may do on the day of the tests."""

    def of(account, on=None):
        return Authority.of(account, on or local_date(at))

    return of


@pytest.fixture
def subject(district):
    return factories.subject(district, name="松花江食品有限公司", uscc="91220202MA0Y0A11XR")


@pytest.fixture
def item(agency):
    return factories.item(code="JC-0001", name="食品生产检查", claimed_by=[agency])


@pytest.fixture
def said(subject, item, inspector, partner, at):
    """What the inspector says of a visit tomorrow."""
    return actions.Draft(
        subject=subject,
        check_type="daily",
        trigger="annual_plan",
        planned_start=at + timedelta(hours=1),
        planned_end=at + timedelta(hours=9),
        items=(item,),
        officers=(inspector.officer, partner.officer),
        place="示例路1号",
        plan_number="JH-2022-01",
    )


@pytest.fixture
def filing_at(agency, said, inspector, reviewer, authority, at):
    """A filing led by its own verbs to the state asked for.

    The second is for another item: a visit is filed once (R-DUP-4).  From the third on it is of
    another subject: an agency visits one twice a year (R-FRQ-4).
    """
    filer, decider = authority(inspector), authority(reviewer)
    made = count(1)

    def lead(status):
        told, nth = said, next(made)
        if nth == 2:
            told = replace(said, items=(factories.item(claimed_by=[agency]),))
        elif nth > 2:
            told = replace(said, subject=factories.subject(said.subject.business_region))
        filing = actions.draft(agency, told, by=filer, at=at)
        for reached, step in _road(filer, decider, at):
            if filing.status == status:
                break
            if status in reached:
                step(filing)
        assert filing.status == status
        return filing

    return lead


@pytest.fixture
def emergency_at(agency, said, inspector, reviewer, authority, at):
    """An emergency led to the state asked for, back-filed and approved afterwards or not yet."""
    filer, decider = authority(inspector), authority(reviewer)
    sudden = actions.Emergency(reason="燃气泄漏", reported_to="赵批", arrived_at=at)
    ways = {
        "on_site": lambda f: f,
        "recorded": lambda f: actions.record(
            f, actions.Outcome(outcome="no_problem"), by=filer, at=at
        ),
        "refused": lambda f: actions.refuse(f, by=filer, at=at, reason="未亮证"),
        "terminated": lambda f: actions.terminate(f, by=filer, at=at, reason="已停业"),
    }

    def lead(status="on_site", *, back_filed=False, approved=False):
        filing = actions.open_emergency(agency, said, sudden, by=filer, at=at)
        ways[status](filing)
        if back_filed or approved:
            actions.back_file(filing, said, by=filer, at=at + timedelta(hours=4))
        if approved:
            actions.approve_afterwards(filing, by=decider, at=at + timedelta(hours=5))
        return filing

    return lead


@pytest.fixture
def followed_at(filing_at, inspector, reviewer, authority, at):
    """A filing whose result is followed up, handed on or reported as rectified or not yet."""
    filer, decider = authority(inspector), authority(reviewer)

    def lead(follow_up, status="recorded", *, handed=False, reported=False):
        filing = filing_at("on_site")
        day = local_date(at) + timedelta(days=14)
        found = actions.Outcome(outcome="pending", follow_up=follow_up, rectify_by=day)
        actions.record(filing, found, by=filer, at=at + timedelta(hours=3))
        later = {"by": filer, "at": at + timedelta(hours=4)}
        if handed:
            actions.transfer(filing, receiver="昌邑区公安分局", matter="涉嫌犯罪", **later)
        if reported:
            actions.report_rectification(filing, report="已更换", **later)
        if status in ("confirmed", "closed"):
            actions.confirm(filing, by=decider, at=at + timedelta(hours=5))
        if status == "closed":
            actions.close(filing, by=filer, at=at + timedelta(hours=6), finished_on=day)
        return filing

    return lead


def _road(filer, decider, at):
    door = at + timedelta(hours=2)
    late = at + timedelta(days=2)
    submitted = {"submitted", "returned"}
    there = {"on_site", "recorded", "confirmed", "closed", "voided"}
    approved = there | {"approved", "expired", "refused", "terminated"}
    clean = actions.Outcome(outcome="no_problem")
    noticed = actions.Arrival(code_shown=True, notice_served=True)
    return [
        (submitted | approved, lambda f: actions.submit(f, by=filer, at=at)),
        ({"returned"}, lambda f: actions.return_(f, by=decider, at=at, reason="补充")),
        (approved, lambda f: actions.approve(f, by=decider, at=at)),
        ({"expired"}, lambda f: actions.expire(f, by=decider, at=late)),
        ({"refused"}, lambda f: actions.refuse(f, by=filer, at=door, reason="未亮码")),
        ({"terminated"}, lambda f: actions.terminate(f, by=filer, at=door, reason="已停业")),
        (there, lambda f: actions.check_in(f, noticed, by=filer, at=door)),
        (there - {"on_site"}, lambda f: actions.record(f, clean, by=filer, at=door)),
        ({"voided"}, lambda f: actions.void(f, by=decider, at=late, reason="立案错误")),
        ({"confirmed", "closed"}, lambda f: actions.confirm(f, by=decider, at=late)),
        ({"closed"}, lambda f: actions.close(f, by=filer, at=late)),
        ({"withdrawn"}, lambda f: actions.withdraw(f, by=filer, at=at, reason="计划变更")),
    ]
