"""The registers of the law are kept on pages, over the API and from files, each by its keeper."""

import csv
import io
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from agencies.journal import breaks
from agencies.models import Agency, Assignment, CalendarDay, Entrustment, Event, Plan, Power
from filings.models import Assistance, Conflict, Limit
from tests import factories

FROM = {"valid_from": "2022-01-01"}
PLAN = {
    "agency": "CYSJ",
    "number": "ZX-9",
    "kind": "special",
    "name": "食品专项",
    "items": "JC-0001",
    "visits": "12",
    "made_on": "2022-01-10",
    "approved_by": "昌邑区政府",
    "approval_number": "昌政批2号",
    "valid_to": "2022-12-31",
} | FROM
LETTER = {"agency": "CYDW", "number": "WT-1", "items": "JC-0001", "published_on": "2022-01-05"}
LEVEL = {"item": "JC-0001", "region": "220202", "level": "county", "source": "市政府决定"}
POWER = {"region": "220202", "code": "JC-0001", "name": "食品生产检查"}
LIMIT = {
    "code": "SX-1",
    "name": "年度上限",
    "region": "220202",
    "items": "JC-0001",
    "agencies": "CYSJ",
    "together": "true",
    "most": "2",
    "source": "昌政发1号",
} | FROM
HELP = {"agency": "CYSJ", "number": "XZ-1", "region": "220302", "helper": "铁西区局"}
CONFLICT = {
    "agency": "CYSJ",
    "officer": "S-1",
    "subject": "91220202MA0Y0A11XR",
    "kind": "interest",
    "note": "配偶任职",
}
KEPT = {
    "plans": (Plan, PLAN, "clerk"),
    "entrustments": (Entrustment, LETTER | FROM, "supervisor"),
    "assignments": (Assignment, LEVEL | FROM, "supervisor"),
    "powers": (Power, POWER | FROM, "supervisor"),
    "limits": (Limit, LIMIT, "supervisor"),
    "assistances": (Assistance, HELP | FROM, "clerk"),
    "conflicts": (Conflict, CONFLICT | FROM, "clerk"),
}
EACH = pytest.mark.parametrize("name", KEPT)


@pytest.fixture(autouse=True)
def _there(at, agency, item, elsewhere, clerk, supervisor, district, subject):
    factories.officer(agency, code="S-1")
    factories.agency(district, code="CYDW", kind="entrusted", principal=agency)
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def keeper(request, client):
    def sign_in(name):
        account = request.getfixturevalue(KEPT[name][2])
        client.force_login(account)
        return account

    return sign_in


def body(said):
    """The cells as the API takes them."""
    lists = {key: said[key].split(";") for key in ("items", "agencies") if key in said}
    yes = {"together": True} if "together" in said else {}
    return said | lists | yes


def send(client, path, said, **headers):
    return client.post(f"/api/v1/{path}/", said, content_type="application/json", headers=headers)


@EACH
def test_is_entered_on_a_page_and_read_there(client, keeper, name):
    model, said, _who = KEPT[name]
    account = keeper(name)
    assert client.get(f"/registers/{name}/new/").status_code == 200
    answer = client.post(f"/registers/{name}/new/", said)
    made = model.objects.latest("pk")
    assert answer.headers["Location"] == f"/registers/{name}/{made.pk}/"
    assert account.name in client.get(answer.headers["Location"]).content.decode()
    listed = client.get(f"/registers/{name}/")
    assert listed.status_code == 200
    assert f"/registers/{name}/{made.pk}/" in listed.content.decode()
    assert f'href="/registers/{name}/"' in client.get("/registers/").content.decode()


@EACH
def test_is_entered_over_the_api_and_ended(client, keeper, name):
    model, said, _who = KEPT[name]
    account = keeper(name)
    answer = send(client, name, body(said))
    assert answer.status_code == 201, answer.json()
    made = model.objects.latest("pk")
    where = f"{name}/{made.pk}"
    assert client.get(f"/api/v1/{name}/").json()["results"][0] == answer.json()
    over = {"on": "2022-08-01", "reason": "废止"}
    assert send(client, f"{where}/end", over).status_code == 428
    stale = send(client, f"{where}/end", over, **{"If-Match": '"abc"'})
    assert stale.status_code == 412
    etag = client.get(f"/api/v1/{where}/").headers["ETag"]
    ended = send(client, f"{where}/end", over, **{"If-Match": etag})
    assert ended.json()["valid_to"] == "2022-08-01"
    told = Event.objects.about(made).order_by("pk")
    assert [(one.verb, one.actor) for one in told] == [
        ("register", account.name),
        ("end", account.name),
    ]
    assert list(breaks(told[0].chain)) == []


@EACH
def test_is_brought_from_a_file_once(name, tmp_path):
    model, said, _who = KEPT[name]
    file = Path(tmp_path) / "rows.csv"
    out = io.StringIO()
    writer = csv.DictWriter(out, said)
    writer.writeheader()
    writer.writerow(said)
    file.write_text(out.getvalue(), encoding="utf-8")
    before = model.objects.count()
    for _time in range(2):
        call_command("import_records", name, str(file))
        assert model.objects.count() == before + 1


@EACH
@pytest.mark.parametrize("who", ["inspector", "reviewer", "auditor", "administrator", "outsider"])
def test_is_kept_by_nobody_else(client, request, name, who):
    client.force_login(request.getfixturevalue(who))
    model, said, _keeper = KEPT[name]
    before = model.objects.count()
    assert send(client, name, body(said)).status_code in (400, 403)
    assert client.post(f"/registers/{name}/new/", said).status_code == 403
    assert model.objects.count() == before


@pytest.mark.parametrize("name", ["plans", "entrustments", "assistances", "conflicts"])
def test_what_an_agency_keeps_is_unknown_to_a_stranger(client, keeper, outsider, name):
    model, said, _who = KEPT[name]
    keeper(name)
    client.post(f"/registers/{name}/new/", said)
    made = model.objects.latest("pk")
    client.force_login(outsider)
    assert client.get(f"/registers/{name}/{made.pk}/").status_code == 404
    assert client.get(f"/api/v1/{name}/{made.pk}/").status_code == 404
    assert client.get(f"/api/v1/{name}/").json()["results"] == []


@pytest.mark.parametrize(
    ("name", "changes", "pointer", "code"),
    [
        ("plans", {"approval_number": ""}, "/approval_number", "required"),
        ("plans", {"valid_to": "2022-01-01"}, "/valid_to", "period"),
        ("plans", {"items": "NONE"}, "/items", "unknown_reference"),
        ("plans", {"visits": "0"}, "/visits", "range"),
        ("entrustments", {"agency": "CYSJ"}, "/agency", "not_entrusted"),
        ("assignments", {"region": "999999"}, "/region", "unknown_reference"),
        ("limits", {"most": ""}, "/most", "required"),
        ("limits", {"least": "3"}, "/most", "below_floor"),
        ("limits", {"months": "61"}, "/months", "range"),
        ("assistances", {"helper": ""}, "/helper", "required"),
    ],
)
def test_what_it_cannot_be_is_refused_by_name(client, keeper, name, changes, pointer, code):
    keeper(name)
    told = {key: value for key, value in (KEPT[name][1] | changes).items() if value}
    answer = send(client, name, body(told))
    assert answer.status_code == 400
    assert (pointer, code) in [(one["pointer"], one["code"]) for one in answer.json()["problems"]]


class TestAnnouncing:
    @pytest.fixture
    def plan(self):
        return Plan.objects.get(number="JH-2022-01")

    def change(self, client, plan, **said):
        etag = client.get(f"/api/v1/plans/{plan.pk}/").headers["ETag"]
        return send(client, f"plans/{plan.pk}/change", said, **{"If-Match": etag})

    def test_a_plan_is_published_and_given_a_budget(self, client, keeper, plan):
        keeper("plans")
        answer = self.change(client, plan, published_on="2022-03-20", visits=80, reason="公布")
        assert (answer.json()["published_on"], answer.json()["visits"]) == ("2022-03-20", 80)
        event = Event.objects.about(plan).get(verb="change")
        assert (event.reason, event.chain) == ("公布", "CYSJ")

    def test_by_its_clerk_alone(self, client, inspector, supervisor, plan):
        for account in (inspector, supervisor):
            client.force_login(account)
            assert self.change(client, plan, visits=80, reason="改").status_code == 403

    def test_an_agency_in_another_region_is_not_there(self, client, outsider, plan):
        client.force_login(outsider)
        assert Agency.objects.filter(code="TXSJ").exists()
        assert client.get(f"/api/v1/plans/{plan.pk}/").status_code == 404


class TestCalendar:
    """The working-day calendar is kept by whoever keeps the whole catalogue."""

    DAY = {"day": "2027-10-01", "worked": "false", "name": "国庆节", "source": "国务院通知"}

    @pytest.fixture
    def city_keeper(self, client, city):
        account = factories.account("city_keeper", name="何督")
        factories.appointment(account, "supervisor", region=city)
        client.force_login(account)
        return account

    def test_is_entered_on_a_page(self, client, city_keeper):
        assert client.get("/registers/days/new/").status_code == 200
        answer = client.post("/registers/days/new/", self.DAY)
        made = CalendarDay.objects.get()
        assert answer.headers["Location"] == f"/registers/days/{made.pk}/"
        assert not made.worked
        assert "国庆节" in client.get(answer.headers["Location"]).content.decode()

    def test_is_entered_and_changed_over_the_api(self, client, city_keeper):
        said = self.DAY | {"worked": "true"}
        made = send(client, "days", said)
        assert (made.status_code, made.json()["worked"]) == (201, True)
        where, tag = f"days/{made.json()['id']}/change", made.headers["ETag"]
        change = {"worked": False, "reason": "通知更正"}
        assert send(client, where, change).status_code == 428
        changed = send(client, where, change, **{"If-Match": tag})
        assert (changed.status_code, changed.json()["worked"]) == (200, False)
        assert send(client, where, change, **{"If-Match": tag}).status_code == 412
        told = Event.objects.about(CalendarDay.objects.get())
        assert [one.verb for one in told] == ["register", "change"]

    @pytest.mark.parametrize(
        ("change", "pointer"), [({"day": "1.10."}, "/day"), ({"worked": "maybe"}, "/worked")]
    )
    def test_names_the_field_that_is_wrong(self, client, city_keeper, change, pointer):
        answer = send(client, "days", self.DAY | change)
        assert answer.status_code == 400
        assert answer.json()["problems"][0]["pointer"] == pointer

    @pytest.mark.parametrize("who", ["supervisor", "clerk", "inspector"])
    def test_by_nobody_else(self, client, request, who):
        client.force_login(request.getfixturevalue(who))
        assert send(client, "days", self.DAY).status_code == 403
        assert not CalendarDay.objects.exists()

    def test_is_brought_from_a_file(self, tmp_path):
        file = Path(tmp_path) / "days.csv"
        file.write_text("day,worked,name,source\n2027-01-01,no,元旦,通知\n", encoding="utf-8")
        call_command("import_records", "days", str(file), "--by", "赵管")
        assert CalendarDay.objects.get().name == "元旦"
