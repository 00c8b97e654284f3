"""The pages and the API of random draws."""

from datetime import date

import pytest
from django.utils import timezone

from agencies.calendar import local_date
from filings import draws
from filings.models import Draw
from tests import factories


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def pool(agency, district):
    for _turn in range(2):
        factories.officer(agency)
    return [factories.subject(district, credit_class="D") for _turn in range(6)]


@pytest.fixture
def said():
    return {
        "agency": "CYSJ",
        "name": "抽查",
        "public_source": "彩票",
        "public_on": "2099-01-01",
        "officers_each": 2,
        **{f"percent_{code}": 50 for code in "ABCD-"},
    }


@pytest.fixture
def draw(signed_in, pool, said):
    """A draw announced through the page, whose number is known by now."""
    answer = signed_in.post("/registers/draws/", said)
    assert answer.status_code == 302, answer.content.decode()
    made = Draw.objects.get()
    Draw.objects.update(public_on=local_date(timezone.now()))
    return made


class TestPages:
    def test_lead_from_the_announcement_to_the_protocol(self, signed_in, draw):
        here = draw.get_absolute_url()
        assert "The number as it was published" in signed_in.get(here).content.decode()
        assert "secret" not in signed_in.get(f"{here}protocol.json").json()

        signed_in.post(f"{here}draw/", {"number": "3 9 17"})
        first = draw.drawn.get(place=1)
        signed_in.post(f"{here}set-aside/{first.pk}/", {"reason": "已停业"})

        page = signed_in.get(here).content.decode()
        assert "已停业" in page
        told = signed_in.get(f"{here}protocol.json").json()
        assert len(told["drawn"]) == 4
        assert list(draws.faults(told)) == []

    def test_lay_a_refusal_at_its_field(self, signed_in, pool, said):
        answer = signed_in.post("/registers/draws/", said | {"public_on": "2020-01-01"})
        assert answer.status_code == 400
        assert "public_on" in answer.context["form"].errors

    def test_say_why_one_cannot_draw_yet(self, signed_in, draw):
        Draw.objects.update(public_on=date(2099, 1, 1))
        answer = signed_in.post(f"{draw.get_absolute_url()}draw/", {"number": "1"})
        assert "not before" in answer.content.decode()

    def test_are_read_only_for_others(self, signed_in, draw, inspector, outsider):
        here = draw.get_absolute_url()
        signed_in.force_login(inspector)
        assert signed_in.get("/registers/draws/").context["form"] is None
        assert signed_in.post("/registers/draws/", {}).status_code == 403
        assert signed_in.post(f"{here}draw/", {"number": "1"}).status_code == 403
        signed_in.force_login(outsider)
        assert signed_in.get(here).status_code == 404

    def test_ask_few_questions_of_the_database(
        self, signed_in, draw, django_assert_max_num_queries
    ):
        signed_in.post(f"{draw.get_absolute_url()}draw/", {"number": "3 9 17"})
        for path in ("/registers/draws/", draw.get_absolute_url()):
            with django_assert_max_num_queries(5):
                signed_in.get(path)


class TestApi:
    def test_announces_draws_and_sets_aside(self, signed_in, pool, post_seen):
        def post(path, **body):
            return post_seen(f"/api/v1/draws/{path}", body)

        told = {"agency": "CYSJ", "name": "抽查", "public_source": "彩票"}
        made = post("", **told, public_on="2099-01-01", percent={"D": 50}, officers_each=2)
        assert made.status_code == 201, made.json()
        Draw.objects.update(public_on=local_date(timezone.now()))
        here = f"{made.json()['id']}/"

        assert post(f"{here}draw/", number="3 9 17").json()["seed"]
        assert post(f"{here}set_aside/", place=1, reason="已停业").status_code == 200
        assert post(f"{here}set_aside/", place=99, reason="已停业").status_code == 404

        found = signed_in.get(f"/api/v1/draws/{here}protocol/").json()
        assert list(draws.faults(found)) == []
        assert len(signed_in.get("/api/v1/draws/").json()["results"]) == 1
