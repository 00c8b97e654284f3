"""The search vocabulary: what it finds, and what it refuses by name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict

from agencies.models import Agency, InspectionItem, ItemVersion, Region
from filings.filters import FilingFilter, SubjectFilter
from filings.models import Filing, FilingItem, Subject
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 6, 1, 4, tzinfo=UTC)


@pytest.fixture
def filing():
    day = date(2020, 1, 1)
    province = Region.objects.create(
        code="220000", name="吉林省", kind="province", path="220000/", valid_from=day
    )
    city = Region.objects.create(
        code="220200",
        name="吉林市",
        kind="prefecture",
        parent=province,
        path="220000/220200/",
        valid_from=day,
    )
    agency = Agency.objects.create(
        code="A1", name="局", kind="organ", region=city, qualified_from=day, valid_from=day
    )
    subject = Subject.objects.create(
        kind="enterprise", name="江城 100% 商行", business_address="1", business_region=city
    )
    item = InspectionItem.objects.create(code="I1")
    version = ItemVersion.objects.create(item=item, name="消防", level="city", valid_from=day)
    filing = Filing.objects.create(
        agency=agency,
        subject=subject,
        check_type="daily",
        trigger="annual_plan",
        status="draft",
        dated_at=datetime(2022, 12, 31, 15, 59, 59, 999999, tzinfo=UTC),
        planned_start=NOON,
        planned_end=NOON + timedelta(hours=1),
        created_at=NOON,
    )
    FilingItem.objects.create(filing=filing, item_version=version)
    return filing


def search(query, kind=FilingFilter, **kwargs):
    return kind(QueryDict(query), kind_rows(kind), **kwargs)


def kind_rows(kind):
    return (Filing if kind is FilingFilter else Subject).objects.all()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=draft",
        "status__in=draft,closed",
        "agency=A1",
        "region=220000",
        "type=daily",
        "q=100%25",
        "item=I1",
        "dated_after=2022-12-31",
        "dated_before=2022-12-31",
        "overdue=false",
        "origin=native&trigger=annual_plan",
    ],
)
def test_finds(filing, query):
    assert list(search(query).qs) == [filing]


@pytest.mark.parametrize(
    "query",
    [
        "status=closed",
        "q=1000",
        "dated_after=2023-01-01",
        "dated_before=2022-12-30",
        "officer=x",
        "overdue=true",
        "number=7",
        "type=case",
    ],
)
def test_leaves_out(filing, query):
    found = search(query)
    assert found.is_valid(), found.errors
    assert not found.qs


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ("statuss=draft", "statuss", "unknown_filter"),
        ("status=draft&status=closed", "status", "given_twice"),
        ("status=open", "status", "invalid_choice"),
        ("status__in=draft,open", "status__in", "invalid_choice"),
        ("agency=ZZ", "agency", "unknown_code"),
        ("agency=%00", "agency", "null_characters_not_allowed"),
        ("region=9223372036854775808", "region", "unknown_code"),
        ("dated_after=0001-01-01", "dated_after", "bad_day"),
        ("dated_after=２０２２-01-01", "dated_after", "bad_day"),
        ("dated_after=20220101", "dated_after", "bad_day"),
        ("dated_before=2022-02-30", "dated_before", "bad_day"),
        ("overdue=1", "overdue", "invalid_choice"),
        ("q=" + "字" * 65, "q", "max_length"),
        ("number=%00", "number", "null_characters_not_allowed"),
    ],
)
def test_refuses_by_name_and_shows_nothing(filing, query, name, code):
    found = search(query)
    assert not found.is_valid()
    assert [c for c, _ in found.errors[name]] == [code]
    assert not found.qs


def test_names_the_known_filters_and_lets_the_page_s_own_parameters_pass(filing):
    assert "dated_after" in search("x=1").errors["x"][0][1]
    assert search("cursor=abc", also=["cursor"]).is_valid()


def test_finds_subjects_by_name(filing):
    assert search("q=江城&region=220200", SubjectFilter).qs.count() == 1


@pytest.mark.parametrize("by", ["code", "number"])
def test_finds_by_officer_or_certificate(by):
    region = factories.region("220000", "吉林省")
    agency = factories.agency(region)
    officer = factories.officer(agency)
    subject = factories.subject(region)
    factories.filing(agency, subject, officers=[factories.officer(agency)])
    his = factories.filing(agency, subject, officers=[officer])
    wanted = officer.code if by == "code" else officer.certificates.get().number
    assert list(search(f"officer={wanted}").qs) == [his]
