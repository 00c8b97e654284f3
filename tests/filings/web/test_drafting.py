"""Filing and revising through the pages."""

from datetime import date, timedelta

import pytest
import time_machine

from agencies.models import Plan
from filings import actions
from filings.models import Filing
from tests import factories


@pytest.fixture
def desk(client, inspector, partner, at):
    """The inspector's browser on the morning of the tests."""
    with time_machine.travel(at, tick=False):
        client.force_login(inspector)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        yield client


@pytest.fixture
def typed(item, inspector, partner):
    """What the form sends for a lawful filing of tomorrow."""
    return {
        "items": [item.pk],
        "lead": inspector.officer.pk,
        "partners": [partner.officer.pk],
        "planned_start": "2022-06-16T09:00",
        "planned_end": "2022-06-16T17:00",
        "check_type": "daily",
        "trigger": "annual_plan",
        "method": "on_site",
        "assistants": "0",
        "place": "示例路1号",
        "plan_number": "JH-2022-01",
    }


class TestChoose:
    @pytest.mark.parametrize("wanted", ["松花江", "songhua", "SHJ", "91220202MA0Y0A11XR"])
    def test_finds_the_subject_by_name_pinyin_or_code(self, desk, subject, wanted):
        subject.search = "songhuajiangshipinyouxiangongsi shjspyxgs"
        subject.save()

        page = desk.get("/filings/new/", {"q": wanted}).content.decode()

        assert f"/filings/new/?subject={subject.pk}" in page

    def test_says_when_nobody_is_called_so(self, desk):
        assert "Nobody is called" in desk.get("/filings/new/?q=无此企业").content.decode()

    def test_is_for_officers_alone(self, client, reviewer):
        client.force_login(reviewer)

        assert client.get("/filings/new/").status_code == 403

    @pytest.mark.parametrize("query", ["subject=x", "subject=99", f"subject={10**19}", "agency=NO"])
    def test_answers_404_to_what_does_not_exist(self, desk, query):
        assert desk.get(f"/filings/new/?{query}").status_code == 404


class TestDraft:
    def test_offers_claimed_items_and_own_colleagues_with_sensible_beginnings(
        self, desk, subject, item, stranger_agency, inspector, partner
    ):
        factories.item(claimed_by=[stranger_agency])
        factories.officer(stranger_agency)

        form = desk.get(f"/filings/new/?subject={subject.pk}").context["form"]

        assert list(form.fields["items"].queryset) == [item]
        assert set(form.fields["partners"].queryset) == {inspector.officer, partner.officer}
        assert form["lead"].value() == inspector.officer.pk
        assert form["place"].value() == subject.business_address
        assert f"{form['planned_start'].value():%Y-%m-%d %H:%M}" == "2022-06-16 09:00"
        assert form["plan_number"].value() == Plan.objects.latest("pk").number

    def test_names_no_plan_that_is_not_published_for_the_day(self, desk, subject):
        Plan.objects.update(published_on=None)
        form = desk.get(f"/filings/new/?subject={subject.pk}").context["form"]
        assert form["plan_number"].value() == ""

    def test_offers_those_first_whose_certificate_holds(self, desk, subject, agency, inspector):
        ended = factories.officer(agency, name="丁")
        factories.filing(agency, subject, officers=[inspector.officer, ended])
        ended.certificates.update(valid_to=date(2022, 1, 1))
        form = desk.get(f"/filings/new/?subject={subject.pk}").context["form"]
        assert list(form.fields["partners"].queryset)[-1] == ended

    def test_saves_a_draft(self, desk, subject, typed, inspector, partner):
        answer = desk.post(f"/filings/new/?subject={subject.pk}", typed)

        filing = Filing.objects.get()
        assert answer.headers["Location"] == filing.get_absolute_url()
        assert (filing.status, filing.place, filing.created_by) == ("draft", "示例路1号", inspector)
        assert filing.members.get(lead=True).officer == inspector.officer
        assert filing.members.count() == 2

    def test_saves_and_submits_at_once(self, desk, subject, typed):
        desk.post(f"/filings/new/?subject={subject.pk}", {**typed, "submit": "1"})

        assert Filing.objects.get().status == "submitted"

    def test_saves_what_cannot_be_submitted_and_shows_every_problem_at_its_field(
        self, desk, subject, typed
    ):
        bare = {**typed, "items": [], "partners": [], "submit": "1"}

        answer = desk.post(f"/filings/new/?subject={subject.pk}", bare, follow=True)

        assert Filing.objects.get().status == "draft"
        assert set(answer.context["form"].errors) == {"items", "partners"}
        assert "No inspection item is named" in answer.content.decode()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("planned_start", ""),
            ("planned_start", "soon"),
            ("planned_start", "0001-01-01T00:00"),
            ("planned_end", "9999-12-31T23:59"),
            ("planned_end", "2022-06-16T08:00"),
            ("items", ["x"]),
            ("items", ["99999999999999999999"]),
            ("lead", "0"),
            ("check_type", "burn"),
            ("trigger", "other"),
            ("assistants", "-1"),
            ("assistants", "9" * 30),
            ("place", "x" * 301),
            ("place", "\x00"),
        ],
    )
    def test_names_the_field_that_cannot_be_read(self, desk, subject, typed, field, value):
        answer = desk.post(f"/filings/new/?subject={subject.pk}", {**typed, field: value})

        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert not Filing.objects.exists()

    def test_puts_the_partners_of_late_first(self, desk, subject, agency, inspector, said):
        usual = factories.officer(agency, name="丁")
        factories.officer(agency, name="甲")
        factories.filing(agency, subject, officers=[inspector.officer, usual])

        form = desk.get(f"/filings/new/?subject={subject.pk}").context["form"]

        assert form.fields["partners"].queryset[0] == usual


class TestRevise:
    @pytest.fixture
    def filing(self, filing_at):
        return filing_at("draft")

    def test_shows_what_the_filing_says(self, desk, filing, typed):
        form = desk.get(f"/filings/{filing.pk}/revise/").context["form"]

        assert form["items"].value() == typed["items"]
        assert form["partners"].value() == typed["partners"]
        assert form["version"].value() == filing.version

    def test_replaces_it(self, desk, filing, typed):
        typed = {**typed, "version": filing.version, "place": "新地址", "partners": []}

        answer = desk.post(f"/filings/{filing.pk}/revise/", typed)

        filing.refresh_from_db()
        assert answer.status_code == 302
        assert (filing.place, filing.members.count(), filing.version) == ("新地址", 1, 2)

    def test_takes_another_subject(self, desk, filing, typed, district):
        other = factories.subject(district)
        chosen = f"/filings/{filing.pk}/revise/?subject={other.pk}"

        assert (
            chosen
            in desk.get(f"/filings/{filing.pk}/revise/?choose=1&q={other.name}").content.decode()
        )
        desk.post(chosen, {**typed, "version": filing.version})

        filing.refresh_from_db()
        assert filing.subject == other

    def test_tells_who_was_faster_and_keeps_what_was_typed(
        self, desk, filing, typed, said, partner, authority, at
    ):
        seen = filing.version
        actions.revise(filing, said, by=authority(partner), at=at)

        answer = desk.post(
            f"/filings/{filing.pk}/revise/", {**typed, "version": seen, "place": "二楼冷库"}
        )

        text = answer.content.decode()
        assert "李同" in text
        assert "revised it" in text
        assert "二楼冷库" in text
        assert answer.context["form"].data["version"] == seen + 1

    def test_is_refused_once_submitted(self, desk, filing_at):
        assert desk.get(f"/filings/{filing_at('submitted').pk}/revise/").status_code == 409

    def test_asks_the_database_a_fixed_number_of_times(
        self, desk, filing, agency, django_assert_max_num_queries
    ):
        for _ in range(5):
            factories.officer(agency)
            factories.item(claimed_by=[agency])

        # Five of them for the visits beside the form and for what was usual lately.
        with django_assert_max_num_queries(37):
            desk.get(f"/filings/{filing.pk}/revise/?check=1")

    def test_keeps_items_no_longer_claimed_choosable(self, desk, filing, agency, item, at):
        agency.claims.update(valid_to=(at - timedelta(days=1)).date())

        form = desk.get(f"/filings/{filing.pk}/revise/?check=1").context["form"]

        assert list(form.fields["items"].queryset) == [item]
        assert "items" in form.errors
