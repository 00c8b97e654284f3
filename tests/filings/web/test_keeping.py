"""The pages of the registers, as readers and keepers meet them."""

from datetime import date

import pytest

from agencies.models import CalendarDay, Entrustment
from filings.web.shelves import REGISTERS
from tests import factories


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def filled(agency, item, subject, inspector, district):
    """One row in every register, by the register's name."""
    since = {"valid_from": date(2022, 1, 1)}
    letter = {"agency": agency, "number": "1"} | since
    return {
        "regions": district,
        "plans": agency.plans.first(),
        "entrustments": Entrustment.objects.create(**letter),
        "assignments": district.assignments.create(item=item.item, level="county", **since),
        "powers": district.powers.create(code="JC-0001", name="食品生产检查", **since),
        "days": CalendarDay.objects.create(
            day=date(2027, 10, 1), worked=False, name="国庆节", source="通知"
        ),
        "limits": district.limits.create(code="SX", name="上限", most=2, **since),
        "conflicts": inspector.officer.conflicts.create(subject=subject, kind="other", **since),
        "assistances": district.assistances.create(helper="局", **letter),
        "agencies": agency,
        "items": item.item,
        "claims": agency.claims.get(),
        "officers": inspector.officer,
        "subjects": subject,
    }


class TestPages:
    @pytest.mark.parametrize("name", REGISTERS)
    def test_list_and_show_every_register(self, signed_in, filled, name):
        listed = signed_in.get(f"/registers/{name}/")
        here = f"/registers/{name}/{filled[name].pk}/"
        assert here in listed.content.decode()
        assert signed_in.get(here).status_code == 200

    @pytest.mark.parametrize("name", REGISTERS)
    def test_ask_few_questions_of_the_database(
        self, signed_in, filled, name, django_assert_max_num_queries
    ):
        for path in (f"/registers/{name}/", f"/registers/{name}/{filled[name].pk}/"):
            with django_assert_max_num_queries(7):
                signed_in.get(path)

    def test_search_by_the_filters_of_the_api(self, signed_in, filled):
        assert len(signed_in.get("/registers/subjects/?q=松花江").context["rows"]) == 1
        assert signed_in.get("/registers/subjects/?q=nothing").context["rows"] == []
        assert signed_in.get("/registers/subjects/?colour=red").status_code == 400

    def test_pick_days_in_a_calendar(self, signed_in, agency):
        page = signed_in.get("/registers/officers/?expires_before=2022-09-01").content.decode()
        assert 'type="date" name="expires_before" value="2022-09-01"' in page

    def test_show_an_item_with_its_bases(self, signed_in, filled, item):
        page = signed_in.get(f"/registers/items/{item.item.pk}/").content.decode()
        assert "产品质量法" in page

    def test_hide_what_is_not_seen(self, signed_in, filled, stranger_agency):
        assert signed_in.get(f"/registers/agencies/{stranger_agency.pk}/").status_code == 404
        assert signed_in.get("/registers/nothing/").status_code == 404

    def test_are_closed_to_an_administrator(self, client, administrator):
        client.force_login(administrator)
        assert client.get("/registers/agencies/").status_code == 403


class TestExpiring:
    def test_finds_who_soon_holds_no_certificate(self, signed_in, agency):
        ending = factories.officer(agency, certified=False)
        factories.certificate(ending, valid_to=date(2022, 7, 1))
        renewed = factories.officer(agency)
        factories.certificate(renewed, valid_to=date(2022, 7, 1))

        found = signed_in.get("/registers/officers/?expires_before=2022-09-01").context["rows"]

        assert [pk for pk, *_rest in found] == [ending.pk]


class TestEnter:
    def test_puts_an_officer_into_the_register(self, signed_in, agency):
        said = {"agency": "CYSJ", "code": "0901", "name": "甲", "joined_on": "2020-01-01"}
        answer = signed_in.post("/registers/officers/new/", said)

        made = agency.officers.get()
        assert answer.headers["Location"] == f"/registers/officers/{made.pk}/"
        page = signed_in.get(answer.headers["Location"]).content.decode()
        assert "<strong>entered</strong>" in page

    def test_asks_for_choices_by_name_and_for_days_in_a_calendar(self, signed_in):
        signed_in.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
        page = signed_in.get("/registers/officers/new/").content.decode()
        assert '<option value="officer">执法人员</option>' in page
        assert 'type="date" name="joined_on"' in page

    def test_takes_what_was_chosen(self, signed_in, agency):
        said = {"agency": "CYSJ", "code": "0901", "name": "甲", "joined_on": "2020-01-01"}
        signed_in.post("/registers/officers/new/", said | {"category": "auxiliary"})
        assert agency.officers.get().category == "auxiliary"

    def test_lays_every_refusal_at_its_field(self, signed_in, agency):
        said = {"agency": "CYSJ", "code": "0901", "name": "甲", "joined_on": "soon"}
        answer = signed_in.post("/registers/officers/new/", said)
        assert answer.status_code == 400
        assert "joined_on" in answer.context["form"].errors

    def test_is_closed_to_those_who_keep_nothing(self, client, inspector):
        client.force_login(inspector)
        assert client.get("/registers/officers/new/").status_code == 403


class TestEnd:
    def test_releases_a_claim_with_the_reason(self, signed_in, filled):
        here = f"/registers/claims/{filled['claims'].pk}/"
        seen = signed_in.get(here).context["form"]["seen"].value()
        signed_in.post(f"{here}end/", {"on": "2023-01-01", "reason": "职能划转", "seen": seen})

        filled["claims"].refresh_from_db()
        assert filled["claims"].valid_to == date(2023, 1, 1)
        assert "职能划转" in signed_in.get(here).content.decode()

    def test_says_why_it_cannot_end(self, signed_in, filled):
        here = f"/registers/claims/{filled['claims'].pk}/end/"
        seen = signed_in.get(here.removesuffix("end/")).context["form"]["seen"].value()
        answer = signed_in.post(here, {"on": "2019-01-01", "reason": "职能划转", "seen": seen})
        assert answer.status_code == 400
        assert "on" in answer.context["form"].errors

    def test_is_for_keepers(self, client, inspector, filled):
        client.force_login(inspector)
        here = f"/registers/claims/{filled['claims'].pk}/end/"
        assert client.post(here, {"on": "2023-01-01", "reason": "x"}).status_code == 403
