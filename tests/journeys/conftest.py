"""A world in which everything has happened once, for the walks over all pages."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile

from agencies.calendar import local_date
from agencies.journal import Actor
from filings import actions, codes
from filings.actions import drawing
from filings.imports import uploads
from filings.models import Upload
from officers.actions import breaking_glass
from officers.authority import Authority
from reports import actions as years
from reports import sealing
from reports.periods import of_year
from tests import factories
from tests.journeys.pages import World

AUDITOR = Actor("吴审", "auditor")
CSV = "agency,code,name,joined_on\nCYSJ,0901,甲,2020-01-01\nCYSJ,0902,乙,soon\n"


@pytest.fixture
def people(request):
    """Who works here, by the names of the cast."""
    names = ("inspector", "reviewer", "clerk", "supervisor", "auditor", "administrator", "security")
    return {name: request.getfixturevalue(name) for name in names}


@pytest.fixture
def world(people, filing_at, followed_at, emergency_at, authority, city, agency, district, at):
    """One of everything, made by the verbs."""
    cache.clear()
    draft, waiting, approved = (filing_at(one) for one in ("draft", "submitted", "approved"))
    there, done = filing_at("on_site"), filing_at("recorded")
    emergency = emergency_at()
    code = codes.of(there)
    matter = actions.Matter(kind="complaint", text="收费")
    case = actions.bring(there, matter, address="10.0.0.1", at=at + timedelta(hours=2))
    office = authority(people["supervisor"])
    actions.ask_agency(case, "是否收费？", by=office, at=at + timedelta(hours=3))
    clerk = authority(people["clerk"])
    draw = _draw(agency, district, clerk, at)
    upload = _upload(clerk, at)
    glass = _glass(agency, people, at - timedelta(days=1))
    compilation, seal = _year(city, people, at)
    return World(
        draft, waiting, approved, there, done, emergency, case, code,
        codes.of(followed_at("rectification")), draw, upload, glass,
        compilation, seal, city.code, people,
    )  # fmt: skip


def _draw(agency, district, clerk, at):
    for _turn in range(2):
        factories.officer(agency)
    for _turn in range(4):
        factories.subject(district, credit_class="D")
    tomorrow = local_date(at) + timedelta(days=1)
    said = drawing.Announced(name="抽查", public_source="彩票", public_on=tomorrow)
    return drawing.freeze(agency, said, by=clerk, at=at)


def _upload(clerk, at):
    brought = uploads.Brought("officers", "people.csv", ContentFile(CSV.encode()))
    upload = uploads.bring(brought, by=clerk, at=at)
    uploads.run(upload.job_id, clock=lambda: at)
    return Upload.objects.get(pk=upload.pk)


def _glass(agency, people, at):
    """Emergency access of the day before; who was told has not noted it."""
    by = {
        name: Authority.of(people[name], local_date(at)) for name in ("administrator", "security")
    }
    asked = breaking_glass.ask(
        breaking_glass.Need(agency, 30, "核对备份"), by=by["administrator"], at=at
    )
    return breaking_glass.open_glass(asked, by=by["security"], at=at)


def _year(city, people, at):
    ordered = years.order(of_year(local_date(at).year), city, by=AUDITOR, at=at)
    compilation = years.run(ordered.job_id, clock=lambda: at)
    proposal = sealing.propose(compilation, by=AUDITOR, at=at, account=people["auditor"])
    seal = sealing.seal(proposal, by=Actor("周督"), at=at, account=people["supervisor"])
    return compilation, seal
