"""Rows of the registers are changed and succeeded on pages, by who saw what they change."""

from datetime import date

import pytest
import time_machine

from agencies.models import Event, ItemVersion
from filings.models import Assistance, Subject
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def form_of(client):
    """What the form at an address holds, as a browser would send it back."""

    def read(where):
        form = client.get(where).context["form"]
        said = {one.name: one.value() for one in form}
        return {name: value for name, value in said.items() if value not in (None, False)}

    return read


@pytest.fixture
def keeper(client, clerk):
    client.force_login(clerk)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


class TestChange:
    @pytest.fixture
    def here(self, subject):
        return f"/registers/subjects/{subject.pk}/"

    @pytest.fixture
    def helped(self, agency):
        return Assistance.objects.create(
            agency=agency,
            number="XZ-1",
            region=agency.region,
            helper="铁西区局",
            valid_from=date(2022, 1, 1),
        )

    def test_is_offered_to_who_keeps_the_register(self, keeper, here, inspector):
        assert f'href="{here}change/"' in keeper.get(here).content.decode()
        keeper.force_login(inspector)
        assert f'href="{here}change/"' not in keeper.get(here).content.decode()
        assert keeper.get(f"{here}change/").status_code == 403

    def test_writes_what_was_typed_over_and_why(self, keeper, form_of, here, subject):
        said = form_of(f"{here}change/") | {"name": "松花江乳业有限公司", "reason": "更名"}
        answer = keeper.post(f"{here}change/", said)
        assert (answer.status_code, answer.headers["Location"]) == (302, here)
        changed = Subject.objects.get(pk=subject.pk)
        assert (changed.name, changed.former_names) == (
            "松花江乳业有限公司",
            ["松花江食品有限公司"],
        )
        event = Event.objects.about(subject).get()
        assert (event.verb, event.reason) == ("change", "更名")

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": ""}, "name"),
            ({"size": "huge"}, "size"),
            ({"industry": "9"}, "industry"),
            ({"whitelisted_from": "soon"}, "whitelisted_from"),
            ({"name": "a\u202eb"}, "name"),
            ({"reason": ""}, "reason"),
        ],
    )
    def test_says_at_its_field_what_is_wrong(self, change, field, keeper, form_of, here, subject):
        said = form_of(f"{here}change/") | {"name": "新名", "reason": "更名"} | change
        answer = keeper.post(f"{here}change/", said)
        assert answer.status_code == 400
        assert field in answer.context["form"].errors
        assert Subject.objects.get(pk=subject.pk).name == "松花江食品有限公司"

    def test_refuses_to_say_the_same_again(self, keeper, form_of, here):
        answer = keeper.post(f"{here}change/", form_of(f"{here}change/") | {"reason": "无"})
        assert answer.status_code == 400
        assert "says this already" in answer.content.decode()

    def test_the_slower_of_two_is_told_and_loses_nothing(self, keeper, form_of, here, subject):
        typed = form_of(f"{here}change/") | {"industry": "C14", "reason": "核实"}
        faster = form_of(f"{here}change/") | {"name": "松花江乳业有限公司", "reason": "更名"}
        keeper.post(f"{here}change/", faster)

        answer = keeper.post(f"{here}change/", typed)

        assert answer.status_code == 409
        page = answer.content.decode()
        assert "孙册" in page
        assert 'value="C14"' in page
        again = keeper.post(
            f"{here}change/", form_of(f"{here}change/") | {"industry": "C14"} | {"reason": "核实"}
        )
        assert again.status_code == 302
        assert Subject.objects.get(pk=subject.pk).name == "松花江乳业有限公司"

    def test_ending_asks_for_what_was_seen_too(self, keeper, helped):
        here = f"/registers/assistances/{helped.pk}/"
        seen = keeper.get(here).context["form"]["seen"].value()
        Assistance.objects.update(helper="另一单位")
        over = {"on": "2022-08-01", "reason": "废止", "seen": seen}
        assert keeper.post(f"{here}end/", over).status_code == 409
        fresh = keeper.get(here).context["form"]["seen"].value()
        assert keeper.post(f"{here}end/", over | {"seen": fresh}).status_code == 302

    def test_a_letter_of_assistance_is_corrected(self, keeper, form_of, helped):
        here = f"/registers/assistances/{helped.pk}/change/"
        said = form_of(here) | {"helper": "铁西区市场监管局", "reason": "笔误"}
        assert keeper.post(here, said).status_code == 302
        helped.refresh_from_db()
        assert helped.helper == "铁西区市场监管局"


class TestSucceed:
    @pytest.fixture
    def here(self, client, city, item):
        account = factories.account("city_keeper", name="何督")
        factories.appointment(account, "supervisor", region=city)
        client.force_login(account)
        return f"/registers/items/{item.item.pk}/"

    def test_publishes_a_version_that_begins_with_the_latest(self, client, form_of, here, item):
        said = form_of(f"{here}succeed/")
        assert (said["name"], said["basis_title"]) == ("食品生产检查", "产品质量法")
        ItemVersion.objects.filter(pk=item.pk).update(checklist=[{"clause": "1"}])
        answer = client.post(
            f"{here}succeed/",
            form_of(f"{here}succeed/") | {"name": "食品生产监督检查", "valid_from": "2022-07-01"},
        )
        assert answer.status_code == 302, answer.context["form"].errors
        item.refresh_from_db()
        assert item.valid_to == date(2022, 7, 1)
        latest = ItemVersion.objects.get(version=2)
        assert (latest.name, latest.checklist) == ("食品生产监督检查", [{"clause": "1"}])

    def test_publishes_another_checklist_and_filings_keep_theirs(
        self, client, form_of, here, item, filing_at
    ):
        ItemVersion.objects.filter(pk=item.pk).update(checklist=[{"clause": "证照齐全"}])
        filing = filing_at("submitted")
        said = form_of(f"{here}succeed/")
        assert said["checklist"] == "证照齐全"
        next_one = said | {
            "checklist": "证照齐全\r\n台账完整|||serious",
            "valid_from": "2022-07-01",
        }
        assert client.post(f"{here}succeed/", next_one).status_code == 302
        published = ItemVersion.objects.get(version=2)
        assert published.checklist == [
            {"clause": "证照齐全"},
            {"clause": "台账完整", "severity": "serious"},
        ]
        shown = client.get(here).content.decode()
        assert "台账完整" in shown
        assert "严重" in shown
        kept = filing.items.get().item_version
        assert (kept.version, kept.checklist) == (1, [{"clause": "证照齐全"}])

    def test_refuses_a_checklist_with_an_empty_point(self, client, form_of, here):
        said = form_of(f"{here}succeed/") | {"checklist": "证照齐全;;", "valid_from": "2022-07-01"}
        answer = client.post(f"{here}succeed/", said)
        assert answer.status_code == 400
        assert "checklist" in answer.context["form"].errors
        assert ItemVersion.objects.count() == 1

    def test_is_not_for_what_is_changed_in_place(self, client, here, subject):
        assert client.get(f"/registers/subjects/{subject.pk}/succeed/").status_code == 404
        assert client.get(f"{here}change/").status_code == 404


class TestCertificate:
    @pytest.fixture
    def held(self, inspector):
        return inspector.officer.certificates.get()

    @pytest.fixture
    def here(self, held):
        return f"/registers/officers/{held.officer_id}/certificates/{held.pk}/"

    def test_is_offered_to_who_keeps_officers(self, keeper, here, held, inspector):
        page = f"/registers/officers/{held.officer_id}/"
        assert f'href="{here}"' in keeper.get(page).content.decode()
        keeper.force_login(inspector)
        assert f'href="{here}"' not in keeper.get(page).content.decode()
        assert keeper.get(here).status_code == 403

    def test_is_renewed_and_suspended_with_the_reason(self, keeper, form_of, here, held):
        said = form_of(here) | {"valid_to": "2027-06-30", "reason": "换证"}
        answer = keeper.post(here, said)
        assert answer.headers["Location"] == f"/registers/officers/{held.officer_id}/"
        keeper.post(here, form_of(here) | {"status": "suspended", "reason": "年审未过"})
        held.refresh_from_db()
        assert (held.status, held.valid_to) == ("suspended", date(2027, 6, 30))
        events = list(Event.objects.about(held).order_by("id"))
        assert [(one.verb, one.reason) for one in events] == [
            ("change", "换证"),
            ("change", "年审未过"),
        ]

    def test_refuses_nothing_unsaid_and_a_stale_page(self, keeper, form_of, here, held):
        said = form_of(here)
        assert keeper.post(here, said).status_code == 400
        type(held).objects.filter(pk=held.pk).update(valid_to=date(2026, 1, 1))
        stale = keeper.post(here, said | {"status": "revoked", "reason": "吊销"})
        assert stale.status_code == 409
        held.refresh_from_db()
        assert held.status == "active"

    def test_answers_only_under_its_own_officer(self, keeper, held, partner):
        other = f"/registers/officers/{partner.officer.pk}/certificates/{held.pk}/"
        assert keeper.get(other).status_code == 404
