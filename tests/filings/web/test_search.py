"""Everything is found from one box, and nothing that one may not know."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, inspector):
    """The names found by an officer, by kind, over the API; the page must show the same."""

    def asking(text, who=inspector):
        client.force_login(who)
        answer = client.get("/api/v1/search/", {"q": text}).json()
        page = client.get("/search/", {"q": text}).content.decode()
        for kind in answer:
            assert all(hit["name"] in page for hit in kind["results"])
        return {kind["kind"]: [hit["name"] for hit in kind["results"]] for kind in answer}

    return asking


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("昌邑区市", "agencies", "昌邑区市场监督管理局"),
        ("cyqscjd", "agencies", "昌邑区市场监督管理局"),
        ("cysj", "agencies", "昌邑区市场监督管理局"),
        ("spscjc", "items", "食品生产检查"),
        ("JC-0001", "items", "食品生产检查"),
        ("wangjian", "officers", "王检"),
        ("91220202MA0Y0A11XR", "subjects", "松花江食品有限公司"),
        ("https://s.example/?c=91220202MA0Y0A11XR", "subjects", "松花江食品有限公司"),
    ],
)
def test_names_are_found_by_characters_pinyin_and_codes(ask, subject, item, text, kind, name):
    assert name in ask(text)[kind]


def test_filings_are_found_by_number_and_by_subject(ask, filing_at, client):
    filing = filing_at("approved")
    assert ask(filing.number[:-2])["filings"] == [filing.subject.name]
    assert ask("松花江")["filings"] == [filing.subject.name]
    assert f'href="{filing.get_absolute_url()}"' in client.get("/search/?q=松花江").content.decode()


def test_a_certificate_finds_who_holds_it(ask, inspector):
    assert ask(inspector.officer.certificates.get().number)["officers"] == ["王检"]


def test_strangers_find_nothing(ask, filing_at, outsider, administrator):
    number = filing_at("approved").number
    for text in (number, "松花江", "昌邑", "王检"):
        assert ask(text, outsider) == {}
        assert ask(text, administrator) == {}


def test_nothing_is_said_of_nothing(client, inspector, subject):
    client.force_login(inspector)
    assert "松花江" not in client.get("/search/").content.decode()
    answer = client.get("/search/", {"q": "没有这个"}, headers={"Accept-Language": "en"})
    assert "Nothing is called “没有这个”" in answer.content.decode()
    assert client.get("/search/", {"x": "1"}).status_code == 400


def test_a_part_of_the_page_answers_while_one_types(client, inspector, subject):
    client.force_login(inspector)
    answer = client.get("/search/", {"q": "松花", "part": "1"}).content.decode()
    assert "松花江食品有限公司" in answer
    assert "<html" not in answer


def test_many_hits_lead_to_the_whole_list_with_as_many_queries(client, inspector, district):
    client.force_login(inspector)
    factories.subject(district, name="北山机械有限公司")
    with CaptureQueriesContext(connection) as one:
        client.get("/search/", {"q": "北山"})
    for number in range(12):
        factories.subject(district, name=f"北山{number}号机械有限公司")
    with CaptureQueriesContext(connection) as many:
        page = client.get("/search/", {"q": "北山"}).content.decode()
    assert len(many) == len(one)
    assert "/registers/subjects/?q=%E5%8C%97%E5%B1%B1" in page
    assert "松花江" not in client.get("/registers/subjects/", {"q": "北山"}).content.decode()
