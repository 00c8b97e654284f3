"""The registers are kept over HTTP by those appointed to it, under the rules of the import."""

from datetime import date

import pytest
import time_machine

from agencies.journal import breaks
from agencies.models import Agency, Claim, Event, ItemVersion, Region
from filings.models import Subject
from officers.models import Officer
from tests import factories

ZONE = {
    "code": "220271",
    "name": "吉林高新技术产业开发区",
    "kind": "zone",
    "parent": "220200",
    "valid_from": "2022-01-01",
}
BUREAU = {
    "code": "CYYJ",
    "name": "昌邑区应急管理局",
    "kind": "organ",
    "region": "220202",
    "qualified_from": "2022-01-01",
    "valid_from": "2022-01-01",
}
ITEM = {
    "code": "YJ-0001",
    "name": "危险化学品检查",
    "level": "county",
    "subject_kinds": ["enterprise", "self_employed"],
    "methods": ["on_site"],
    "unannounced_allowed": True,
    "published_on": "2022-01-01",
    "valid_from": "2022-01-01",
    "basis_rank": "law",
    "basis_title": "安全生产法",
    "basis_article": "第六十五条",
}


@pytest.fixture(autouse=True)
def _now(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def city_supervisor(city):
    account = factories.account("city_supervisor", name="何督")
    factories.appointment(account, "supervisor", region=city)
    return account


@pytest.fixture
def post(client):
    """Sends a body as somebody who has just read the row; gives the status and the answer."""

    def send(who, path, said, **headers):
        client.force_login(who)
        where, _, verb = path.partition("/")[2].partition("/")
        if verb and "If-Match" not in headers:
            read = client.get(f"/api/v1/{path.partition('/')[0]}/{where}/")
            headers["If-Match"] = read.headers.get("ETag", "")
        answer = client.post(
            f"/api/v1/{path}/", said, content_type="application/json", headers=headers
        )
        return answer.status_code, answer.json()

    return send


def refused(answer):
    status, body = answer
    return status, [(one["pointer"], one["code"]) for one in body["problems"]]


class TestRegions:
    def test_a_zone_is_entered_and_in_the_book(self, post, city_supervisor, city):
        status, body = post(city_supervisor, "regions", ZONE)
        assert (status, body["path"]) == (201, "220000/220200/220271/")
        event = Event.objects.get(verb="register")
        assert (event.actor, event.role, event.chain) == ("何督", "supervisor", "system")
        assert list(breaks("system")) == []

    def test_a_rename_follows_and_takes_divisions_and_agencies_along(
        self, post, city_supervisor, city, district, agency
    ):
        said = {"name": "昌邑新区", "kind": "county", "parent": "220200"}
        status, body = post(
            city_supervisor,
            f"regions/{district.code}/succeed",
            {"code": "220202", "valid_from": "2022-07-01", **said},
        )
        assert (status, body["name"]) == (201, "昌邑新区")
        district.refresh_from_db()
        assert district.valid_to == date(2022, 7, 1)
        assert Agency.objects.get(pk=agency.pk).region.name == "昌邑新区"

    def test_what_is_not_there_is_not_succeeded(self, post, city_supervisor, district):
        said = {**ZONE, "code": "220202", "valid_from": "2019-01-01"}
        assert refused(post(city_supervisor, "regions/220202/succeed", said)) == (
            400,
            [("/valid_from", "nothing_to_succeed")],
        )

    def test_ends_only_when_nothing_stands_in_it(self, post, city_supervisor, district, agency):
        over = {"on": "2022-12-31", "reason": "撤区"}
        where = f"regions/{district.code}/end"
        assert refused(post(city_supervisor, where, over)) == (400, [("/on", "still_in_use")])
        Agency.objects.filter(pk=agency.pk).update(valid_to=date(2022, 12, 31))
        assert post(city_supervisor, where, over)[1]["valid_to"] == "2022-12-31"
        assert refused(post(city_supervisor, where, over)) == (400, [("/on", "ended")])


class TestAgencies:
    def test_is_entered_by_the_supervisor_of_its_region(self, post, supervisor, district):
        status, body = post(supervisor, "agencies", BUREAU)
        assert (status, body["region"]["name"]) == (201, "昌邑区")

    @pytest.mark.parametrize("who", ["clerk", "inspector", "reviewer", "auditor", "administrator"])
    def test_by_nobody_else(self, post, request, district, who):
        assert post(request.getfixturevalue(who), "agencies", BUREAU)[0] == 403
        assert not Agency.objects.filter(code="CYYJ").exists()

    def test_and_not_in_another_region(self, post, supervisor, elsewhere):
        assert post(supervisor, "agencies", {**BUREAU, "region": elsewhere.code})[0] == 403

    def test_the_refusals_are_those_of_the_import(self, post, supervisor, district):
        said = {**BUREAU, "kind": "entrusted", "uscc": "91220202MA0Y0A11XX", "qualified_to": None}
        assert refused(post(supervisor, "agencies", said)) == (400, [("/uscc", "check")])
        del said["uscc"]
        assert refused(post(supervisor, "agencies", said)) == (400, [("/principal", "principal")])
        assert post(supervisor, "agencies", BUREAU)[0] == 201
        assert refused(post(supervisor, "agencies", BUREAU)) == (400, [("/code", "present")])

    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ({**BUREAU, "colour": "red"}, [("/colour", "unknown_field")]),
            ({**BUREAU, "name": 7}, [("/name", "not_text")]),
            ({**BUREAU, "valid_from": "2022-13-01"}, [("/valid_from", "date")]),
            ({"code": "X"}, None),
            ([1, 2], None),
        ],
    )
    def test_what_cannot_be_read_is_named(self, post, supervisor, district, said, found):
        status, problems = refused(post(supervisor, "agencies", said))
        assert status == 400
        assert found is None or problems == found

    def test_is_changed_with_what_it_said_before_in_the_book(self, post, supervisor, agency):
        said = {"name": "昌邑区市场监管局", "reason": "机构改革"}
        status, body = post(supervisor, f"agencies/{agency.code}/change", said)
        assert (status, body["name"]) == (200, "昌邑区市场监管局")
        event = Event.objects.get(verb="change")
        assert event.reason == "机构改革"
        assert '"before":{"name":"昌邑区市场监督管理局"}' in event.payload
        again = post(supervisor, f"agencies/{agency.code}/change", said)
        assert refused(again) == (400, [("", "unchanged")])

    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ({"parent": "CYSJ"}, [("/parent", "circle")]),
            ({"parent": "NONE"}, [("/parent", "unknown_code")]),
            ({"uscc": "1"}, [("/uscc", "uscc")]),
            ({"qualified_to": "2019-01-01"}, [("", "invalid")]),
            ({"code": "NEW"}, [("/code", "unknown_field")]),
        ],
    )
    def test_is_not_changed_into_what_it_cannot_be(self, post, supervisor, agency, said, found):
        answer = post(supervisor, "agencies/CYSJ/change", {**said, "reason": "改"})
        assert refused(answer) == (400, found)

    def test_is_merged_into_another_with_its_claims(self, post, supervisor, agency, item):
        other = factories.agency(agency.region)
        said = {"on": "2022-09-01", "reason": "合并", "successor": other.code}
        status, body = post(supervisor, f"agencies/{agency.code}/dissolve", said)
        assert (status, body["successor"], body["valid_to"]) == (200, other.code, "2022-09-01")
        assert Claim.objects.get(agency=agency).valid_to == date(2022, 9, 1)
        assert Event.objects.filter(chain=agency.code, verb="end").count() == 1

    def test_does_not_succeed_itself(self, post, supervisor, agency):
        said = {"on": "2022-09-01", "reason": "合并", "successor": agency.code}
        answer = post(supervisor, f"agencies/{agency.code}/dissolve", said)
        assert refused(answer) == (400, [("/successor", "itself")])

    def test_stays_while_another_stands_under_it(self, post, supervisor, agency):
        factories.agency(agency.region, parent=agency)
        said = {"on": "2022-09-01", "reason": "撤销"}
        answer = post(supervisor, f"agencies/{agency.code}/dissolve", said)
        assert refused(answer) == (400, [("/on", "still_in_use")])


class TestItems:
    def test_is_published_versioned_and_abolished(self, post, city_supervisor):
        status, body = post(city_supervisor, "items", ITEM)
        assert (status, body["versions"][0]["methods"]) == (201, ["on_site"])
        assert body["versions"][0]["unannounced_allowed"] is True
        second = {**ITEM, "name": "危化品检查", "valid_from": "2022-07-01"}
        status, body = post(city_supervisor, "items/YJ-0001/succeed", second)
        assert [(v["version"], v["valid_to"]) for v in body["versions"]] == [
            (1, "2022-07-01"),
            (2, None),
        ]
        over = {"on": "2023-01-01", "reason": "五年未用"}
        assert post(city_supervisor, "items/YJ-0001/end", over)[0] == 200
        assert not ItemVersion.objects.filter(valid_to=None).exists()
        again = post(city_supervisor, "items/YJ-0001/end", over)
        assert refused(again) == (400, [("/on", "ended")])

    def test_has_a_checklist_that_its_next_version_may_change(self, post, city_supervisor):
        post(city_supervisor, "items", {**ITEM, "checklist": ["证照齐全", "台账完整"]})
        second = {**ITEM, "valid_from": "2022-07-01", "checklist": ["台账完整", "应急演练"]}
        _, body = post(city_supervisor, "items/YJ-0001/succeed", second)
        assert [[one["clause"] for one in v["checklist"]] for v in body["versions"]] == [
            ["证照齐全", "台账完整"],
            ["台账完整", "应急演练"],
        ]

    def test_has_points_with_their_standard_method_and_severity(self, post, city_supervisor):
        whole = {"clause": "台账完整", "standard": "GB 1", "method": "documents"}
        points = ["证照齐全|||serious", whole | {"severity": "critical"}]
        _, body = post(city_supervisor, "items", {**ITEM, "checklist": points})
        assert body["versions"][0]["checklist"] == [
            {"clause": "证照齐全", "severity": "serious"},
            whole | {"severity": "critical"},
        ]

    @pytest.mark.parametrize(
        ("points", "wrong"),
        [
            (["证照齐全", "台账；完整"], ("/checklist/1", "semicolon")),
            (["证照齐全", "长" * 201], ("/checklist/1", "max_length")),
            (["证照齐全", ""], ("/checklist/1", "blank")),
            ([{"clause": "a", "severity": "grave"}], ("/checklist/0/severity", "invalid_choice")),
            ([{"clause": "a|b"}], ("/checklist/0/clause", "vertical_bar")),
            ([{"standard": "GB 1"}], ("/checklist/0/clause", "required")),
            ([7], ("/checklist/0", "not_text")),
            (["证照齐全", "证照齐全"], ("/checklist", "repeated")),
        ],
    )
    def test_refuses_points_that_do_not_fit(self, post, city_supervisor, points, wrong):
        answer = post(city_supervisor, "items", {**ITEM, "checklist": points})
        assert refused(answer) == (400, [wrong])
        assert not ItemVersion.objects.exists()

    def test_the_catalogue_is_not_kept_in_a_district(self, post, supervisor):
        assert post(supervisor, "items", ITEM)[0] == 403


class TestClaims:
    @pytest.fixture
    def claimed(self, agency):
        version = factories.item()
        return {"agency": agency.code, "item": version.item.code, "valid_from": "2022-06-01"}

    def test_are_made_and_given_up_by_the_clerk(self, post, clerk, claimed):
        status, body = post(clerk, "claims", claimed)
        assert (status, body["valid_to"]) == (201, None)
        assert Event.objects.get(verb="register").chain == "CYSJ"
        over = {"on": "2022-06-01", "reason": "误领"}
        assert refused(post(clerk, f"claims/{body['id']}/end", over)) == (400, [("/on", "period")])
        over["on"] = "2022-08-01"
        assert post(clerk, f"claims/{body['id']}/end", over)[1]["valid_to"] == "2022-08-01"

    def test_a_key_makes_a_repeated_request_one(self, post, clerk, claimed):
        key = {"Idempotency-Key": "claim-2022-06"}
        first = post(clerk, "claims", claimed, **key)
        assert post(clerk, "claims", claimed, **key) == first
        assert Claim.objects.count() == 1

    def test_of_an_agency_one_does_not_see_are_as_if_it_were_not_there(
        self, post, clerk, claimed, stranger_agency
    ):
        said = {**claimed, "agency": stranger_agency.code}
        answer = post(clerk, "claims", said)
        assert refused(answer) == (400, [("/agency", "unknown_reference")])
        assert post(clerk, "claims/999/end", {"on": "2023-01-01", "reason": "无"})[0] == 404

    @pytest.mark.parametrize("who", ["inspector", "reviewer", "supervisor"])
    def test_are_the_clerks_business(self, post, request, claimed, who):
        assert post(request.getfixturevalue(who), "claims", claimed)[0] == 403


class TestOfficers:
    @pytest.fixture
    def newcomer(self, agency):
        return {
            "agency": agency.code,
            "code": "0099",
            "name": "钱新",
            "joined_on": "2022-06-01",
            "certificate_issuer": "吉林省司法厅",
            "certificate_number": "07020299999",
            "certificate_from": "2022-01-01",
            "certificate_to": "2026-12-31",
        }

    def test_are_entered_changed_and_let_go(self, post, clerk, newcomer):
        status, body = post(clerk, "officers", newcomer)
        assert (status, body["certificates"][0]["number"]) == (201, "07020299999")
        where = f"officers/{body['id']}"
        status, body = post(clerk, f"{where}/change", {"post": "科长", "reason": "任命"})
        assert (status, body["post"]) == (200, "科长")
        early = {"on": "2022-06-01", "reason": "调离"}
        assert refused(post(clerk, f"{where}/leave", early)) == (400, [("/on", "period")])
        assert post(clerk, f"{where}/leave", {**early, "on": "2022-07-01"})[0] == 200
        again = post(clerk, f"{where}/leave", {**early, "on": "2022-08-01"})
        assert refused(again) == (400, [("/on", "ended")])

    def test_a_certificate_is_suspended_in_the_agencys_book(self, post, clerk, newcomer, at):
        where = f"officers/{post(clerk, 'officers', newcomer)[1]['id']}/certificate"
        named = {"issuer": "吉林省司法厅", "number": "07020299999", "reason": "年检未过"}
        status, body = post(clerk, where, {**named, "status": "suspended"})
        assert (status, body["certificates"][0]["status"]) == (200, "suspended")
        assert not Officer.objects.get(code="0099").certificates.valid(at.date()).exists()
        assert Event.objects.get(chain="CYSJ", verb="change").reason == "年检未过"
        wrong = post(clerk, where, {**named, "valid_to": "2021-01-01"})
        assert refused(wrong) == (400, [("", "invalid")])
        assert post(clerk, where, {**named, "number": "0000000"})[0] == 404

    def test_are_not_kept_by_strangers(self, post, outsider, supervisor, inspector):
        where = f"officers/{inspector.officer.pk}/change"
        said = {"post": "局长", "reason": "自荐"}
        assert post(outsider, where, said)[0] == 404
        assert post(supervisor, where, said)[0] == 403
        assert post(inspector, where, said)[0] == 403


class TestSubjects:
    def test_are_entered_and_found_under_a_new_name(self, post, clerk, district, client):
        said = {
            "kind": "enterprise",
            "name": "雾凇食品有限公司",
            "uscc": "91110000600037341L",
            "business_region": "220202",
        }
        status, body = post(clerk, "subjects", said)
        assert status == 201
        changed = {"name": "雾凇集团", "reason": "更名", "whitelisted_from": "2022-06-15"}
        status, body = post(clerk, f"subjects/{body['id']}/change", changed)
        assert body["former_names"] == ["雾凇食品有限公司"]
        assert Subject.objects.called("wsjt").count() == 1
        wrong = {"whitelisted_to": "2022-01-01", "reason": "误"}
        answer = post(clerk, f"subjects/{body['id']}/change", wrong)
        assert refused(answer) == (400, [("", "invalid")])

    def test_are_not_kept_by_officers(self, post, inspector, subject):
        assert (
            post(inspector, f"subjects/{subject.pk}/change", {"name": "某", "reason": "改"})[0]
            == 403
        )


def test_two_who_enter_the_same_are_told(post, supervisor, district, monkeypatch):
    """Whoever comes second by a moment finds the row already written."""
    monkeypatch.setattr("agencies.imports.places.Agencies.stored", lambda self, rows: {})
    assert post(supervisor, "agencies", BUREAU)[0] == 201
    assert refused(post(supervisor, "agencies", BUREAU)) == (400, [("/code", "present")])
    assert Region.objects.filter(code="220202").count() == 1


class TestVersions:
    SAID = {"name": "昌邑区市场监管局", "reason": "更名"}

    def test_a_change_asks_for_the_version_seen(self, client, supervisor, agency):
        client.force_login(supervisor)
        answer = client.post("/api/v1/agencies/CYSJ/change/", self.SAID, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (428, "version_missing")

    def test_who_was_overtaken_is_told_by_whom(self, post, client, supervisor, agency):
        client.force_login(supervisor)
        tag = client.get("/api/v1/agencies/CYSJ/")["ETag"]
        assert post(supervisor, "agencies/CYSJ/change", self.SAID, **{"If-Match": tag})[0] == 200
        other = self.SAID | {"name": "别名"}
        status, body = post(supervisor, "agencies/CYSJ/change", other, **{"If-Match": tag})
        assert (status, body["code"]) == (412, "version_changed")
        assert "周督" in body["detail"]

    def test_a_certificate_belongs_to_what_was_seen(self, post, client, clerk, inspector):
        where = f"officers/{inspector.officer.pk}"
        client.force_login(clerk)
        tag = client.get(f"/api/v1/{where}/")["ETag"]
        inspector.officer.certificates.update(status="suspended")
        said = {"post": "科长", "reason": "任命"}
        assert post(clerk, f"{where}/change", said, **{"If-Match": tag})[0] == 412
