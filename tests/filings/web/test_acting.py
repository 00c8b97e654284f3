"""Every verb, done through its page."""

from datetime import timedelta

import pytest
import time_machine

from agencies.imports import batch
from agencies.imports.catalogue import Items
from agencies.imports.mapping import Map
from agencies.journal import Actor
from agencies.models import Claim, ItemVersion, LegalBasis
from filings import actions
from filings.actions import BY_VERB
from filings.models import Filing
from filings.web.verbs import FORMS
from filings.workflow import STEPS, Verb
from tests import factories

REASON = {"reason": "计划变更"}
TOLD = {"channel": "on_the_spot", "receiver": "刘总"}
CLEAN = {"outcome": "no_problem", "follow_up": "none"}


@pytest.fixture
def press(client, at):
    """Press the button of a verb as somebody, two hours into the planned day."""

    def do(account, filing, verb, *, later=timedelta(hours=2), version=None, **typed):
        client.force_login(account)
        seen = filing.version if version is None else version
        with time_machine.travel(at + later, tick=False):
            client.force_login(account)
            return client.post(
                f"{filing.get_absolute_url()}{verb}/",
                {"version": seen, **typed},
                headers={"Accept-Language": "en"},
            )

    return do


def test_every_verb_has_its_form_and_its_action():
    elsewhere = {Verb.DRAFT, Verb.REVISE, Verb.OPEN_EMERGENCY, Verb.BACK_FILE, Verb.ATTACH}

    assert set(FORMS) == set(BY_VERB) == set(STEPS) - elsewhere


class TestAct:
    @pytest.mark.parametrize(
        ("who", "before", "verb", "typed", "after"),
        [
            ("inspector", "draft", "submit", {}, "submitted"),
            ("reviewer", "submitted", "approve", {"opinion": "同意"}, "approved"),
            ("reviewer", "submitted", "return", REASON, "returned"),
            ("inspector", "approved", "withdraw", REASON, "withdrawn"),
            ("inspector", "approved", "check_in", {"scan_of": "none"}, "on_site"),
            ("inspector", "approved", "serve", {"notice_channel": "paper"}, "approved"),
            ("inspector", "approved", "refuse", REASON, "refused"),
            ("inspector", "on_site", "terminate", REASON, "terminated"),
            ("inspector", "on_site", "record", CLEAN, "recorded"),
            ("reviewer", "recorded", "confirm", {}, "confirmed"),
            ("inspector", "confirmed", "close", {}, "closed"),
            ("reviewer", "closed", "void", REASON, "voided"),
            ("inspector", "recorded", "deliver", TOLD, "recorded"),
            ("reviewer", "closed", "publish", {"withheld": ""}, "closed"),
            ("inspector", "closed", "correct", CLEAN | REASON | {"summary": "补"}, "recorded"),
        ],
    )
    def test_moves_the_filing_and_returns_to_it(
        self, who, before, verb, typed, after, press, filing_at, request
    ):
        filing = filing_at(before)

        answer = press(request.getfixturevalue(who), filing, verb, **typed)

        assert (answer.status_code, answer.headers["Location"]) == (302, filing.get_absolute_url())
        assert Filing.objects.get(pk=filing.pk).status == after

    def test_lets_a_filing_expire_when_its_window_has_passed(self, press, filing_at, reviewer):
        filing = filing_at("approved")

        press(reviewer, filing, "expire", later=timedelta(days=2))

        assert Filing.objects.get(pk=filing.pk).status == "expired"

    def test_offers_expiry_only_after_the_window(self, client, filing_at, reviewer, at):
        filing = filing_at("approved")
        url = f"{filing.get_absolute_url()}expire/"
        for later, offered in ((timedelta(hours=2), False), (timedelta(days=2), True)):
            with time_machine.travel(at + later, tick=False):
                client.force_login(reviewer)
                page = client.get(filing.get_absolute_url()).content.decode()
            assert (url in page) is offered

    def test_keeps_every_finding(self, press, filing_at, inspector):
        filing = filing_at("on_site")
        typed = {
            "outcome": "pending",
            "follow_up": "rectification",
            "rectify_by": "2022-07-01",
            "finding0-text": "记录不全",
            "finding0-severity": "minor",
            "finding0-item": filing.items.get().pk,
            "finding5-text": "通道堵塞",
            "finding5-severity": "serious",
        }

        assert press(inspector, filing, "record", **typed).status_code == 302

        found = Filing.objects.get(pk=filing.pk).result.findings
        assert set(found.values_list("text", "severity")) == {
            ("记录不全", "minor"),
            ("通道堵塞", "serious"),
        }

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({}, "This field is required"),
            ({**CLEAN, "follow_up": "rectification"}, "Give the day by which"),
            ({**CLEAN, "finding0-text": "记录不全"}, "A finding needs a text and a severity"),
            ({**CLEAN, "rectify_by": "0001-01-01"}, "Give a year from 1950 to 2099"),
            ({**CLEAN, "finding0-item": "999999999999999999999"}, "Select a valid choice"),
        ],
    )
    def test_says_what_is_wrong_at_its_field_and_keeps_what_was_typed(
        self, typed, told, press, filing_at, inspector
    ):
        answer = press(inspector, filing_at("on_site"), "record", summary="已查看台账", **typed)

        text = answer.content.decode()
        assert answer.status_code == 400
        assert told in text
        assert "已查看台账" in text

    def test_needs_the_reason(self, press, filing_at, reviewer):
        answer = press(reviewer, filing_at("submitted"), "return", reason="  ")

        assert answer.status_code == 400

    def test_opens_a_draft_that_cannot_be_submitted_with_the_problems_at_their_fields(
        self, press, client, agency, said, inspector, authority, at
    ):
        bare = actions.Draft(**{**vars(said), "items": (), "officers": said.officers[:1]})
        filing = actions.draft(agency, bare, by=authority(inspector), at=at)

        answer = press(inspector, filing, "submit")
        with time_machine.travel(at, tick=False):
            form = client.get(answer.headers["Location"]).context["form"]

        assert answer.headers["Location"].endswith("/revise/?check=1")
        assert {"items", "partners"} <= set(form.errors)


class TestRefusal:
    def test_of_one_without_the_appointment(self, press, filing_at, inspector, partner):
        assert press(partner, filing_at("submitted"), "approve").status_code == 403

    def test_of_a_verb_whose_moment_has_not_come(self, press, filing_at, inspector):
        answer = press(inspector, filing_at("submitted"), "record", **CLEAN)

        assert answer.status_code == 409
        assert "does not allow" in answer.content.decode()

    def test_of_a_verb_that_does_not_exist(self, press, filing_at, inspector):
        assert press(inspector, filing_at("draft"), "burn").status_code == 404

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
    def test_of_a_version_nobody_saw(self, version, press, filing_at, inspector):
        answer = press(inspector, filing_at("draft"), "submit", version=version)

        assert answer.status_code in (400, 409)


class TestStale:
    def test_says_who_did_what_and_keeps_what_was_typed(
        self, press, filing_at, reviewer, inspector, authority, at
    ):
        filing = filing_at("submitted")
        seen = filing.version
        actions.withdraw(filing, by=authority(inspector), at=at, reason="企业停业")

        answer = press(reviewer, filing, "return", version=seen, reason="请补充检查事项")

        text = answer.content.decode()
        assert answer.status_code == 409
        for said in ("王检", "withdrew it", "企业停业", "请补充检查事项"):
            assert said in text

    def test_leaves_the_verb_open_when_it_still_is(
        self, press, filing_at, inspector, partner, said, authority, at
    ):
        filing = filing_at("draft")
        seen = filing.version
        actions.revise(filing, said, by=authority(partner), at=at)

        answer = press(inspector, filing, "withdraw", version=seen, reason="重复")
        again = answer.context["form"].data["version"]

        assert answer.status_code == 409
        assert press(inspector, filing, "withdraw", version=again, **REASON).status_code == 302


class TestFollowingUp:
    def test_hands_on_and_notes_the_receipt(self, press, followed_at, inspector):
        filing = followed_at("transferred")
        press(inspector, filing, "transfer", receiver="公安分局", matter="涉嫌犯罪")
        sent = filing.result.transfers.get()

        press(inspector, filing, "acknowledge", version=filing.version + 1, sent=sent.pk)
        answer = press(
            inspector,
            filing,
            "acknowledge",
            version=filing.version + 1,
            sent=sent.pk,
            received_by="陈警官",
        )

        sent.refresh_from_db()
        assert (answer.status_code, sent.received_by) == (302, "陈警官")

    def test_notes_the_report_and_the_failed_recheck(self, press, followed_at, inspector):
        filing = followed_at("rectification")
        press(inspector, filing, "report_rectification", report="已更换")

        refused = press(inspector, filing, "recheck", version=filing.version + 1)
        answer = press(
            inspector, filing, "recheck", version=filing.version + 1, rectify_by="2022-07-30"
        )

        assert (refused.status_code, answer.status_code) == (400, 302)
        assert filing.result.rectifications.get().passed is False

    def test_opens_a_correction_with_what_is_recorded(self, client, followed_at, inspector, at):
        filing = followed_at("rectification")
        filing.result.findings.create(severity="minor", text="标签不清")
        with time_machine.travel(at, tick=False):
            client.force_login(inspector)
            page = client.get(f"{filing.get_absolute_url()}correct/").content.decode()
        assert "标签不清" in page


class TestChecklist:
    @pytest.fixture
    def listed(self, item):
        item.checklist = [
            {"clause": "1. 证照齐全有效", "severity": "serious"},
            {"clause": "2. 记录完整", "severity": "minor"},
        ]
        item.save()

    def test_becomes_findings_where_something_is_wrong(self, listed, press, inspector, filing_at):
        filing = filing_at("on_site")
        line = f"check{filing.items.get().pk}_1"

        press(
            inspector,
            filing,
            "record",
            outcome="pending",
            follow_up="none",
            **{line: "on", f"{line}_text": "缺四月台账"},
        )

        found = Filing.objects.get(pk=filing.pk).result.findings.get()
        assert (found.clause, found.severity, found.text) == ("2. 记录完整", "minor", "缺四月台账")
        assert found.filing_item == filing.items.get()

    def test_contradicts_a_result_without_problems(self, listed, press, inspector, filing_at):
        filing = filing_at("on_site")

        answer = press(
            inspector, filing, "record", **CLEAN, **{f"check{filing.items.get().pk}_0": "on"}
        )

        assert answer.status_code == 400
        assert "outcome" in answer.context["form"].errors


class TestLargestChecklists:
    """Twelve items of a hundred points: no field is lost, and no query is asked per item."""

    @pytest.fixture
    def filing(self, filing_at, agency):
        points = [{"clause": f"要点{number}"} for number in range(100)]
        filing = filing_at("on_site")
        for _number in range(12):
            version = factories.item(claimed_by=[agency], checklist=points)
            LegalBasis.objects.create(item_version=version, rank="law", title="食品安全法")
            filing.items.create(item_version=version)
        return filing

    def test_are_recorded_as_they_were_filled_in(self, filing, press, inspector):
        last = filing.items.order_by("pk").last()
        said = {"outcome": "pending", "follow_up": "none"}
        for item in filing.items.order_by("pk")[1:]:
            for number in range(100):
                said[f"check{item.pk}_{number}_text"] = ""
                said[f"check{item.pk}_{number}_basis"] = ""
        basis = last.item_version.bases.order_by("pk").last()
        said |= {f"check{last.pk}_99": "on", f"check{last.pk}_99_text": "缺失"}
        said |= {f"check{last.pk}_99_basis": basis.pk}
        assert len(said) > 2_400

        assert press(inspector, filing, "record", **said).status_code == 302

        found = Filing.objects.get(pk=filing.pk).result.findings.get()
        assert (found.filing_item, found.point, found.text) == (last, 100, "缺失")
        assert found.basis == basis

    def test_are_asked_for_in_a_fixed_number_of_queries(
        self, filing, client, inspector, at, django_assert_max_num_queries
    ):
        with time_machine.travel(at + timedelta(hours=2), tick=False):
            client.force_login(inspector)
            with django_assert_max_num_queries(40):
                page = client.get(f"{filing.get_absolute_url()}record/")
        assert len(page.context["form"].checklist.lines) == 1200


class TestImportedChecklist:
    """What a file says is to be gone through stands before the officer and in the result."""

    @pytest.fixture
    def item(self, agency, at, tmp_path):
        table = tmp_path / "items.csv"
        table.write_text(
            "code,name,level,published_on,valid_from,basis_rank,basis_title,checklist\n"
            "JC-0003,食品生产检查,county,2020-01-01,2020-01-01,law,产品质量法,"
            "证照齐全；台账完整|GB 31654|documents|serious\n"
        )
        order = batch.Order(path=table, rules=Map())
        assert batch.take(Items(), order, by=Actor("沈会计"), at=at).accepted == 1
        version = ItemVersion.objects.get(item__code="JC-0003")
        Claim.objects.create(agency=agency, item=version.item, valid_from=version.valid_from)
        return version

    def test_is_shown_and_its_points_are_found(self, client, press, inspector, filing_at, at):
        filing = filing_at("on_site")
        with time_machine.travel(at + timedelta(hours=2), tick=False):
            client.force_login(inspector)
            page = client.get(f"{filing.get_absolute_url()}record/").content.decode()
        assert page.index("证照齐全") < page.index("台账完整")
        assert "GB 31654 · 书面检查 · 严重" in page

        line = f"check{filing.items.get().pk}_1"
        said = {"outcome": "pending", "follow_up": "none", line: "on", f"{line}_text": "缺四月"}
        assert press(inspector, filing, "record", **said).status_code == 302

        found = Filing.objects.get(pk=filing.pk).result.findings.get()
        assert (found.point, found.clause, found.text) == (2, "台账完整", "缺四月")
        assert (found.severity, found.standard, found.method) == (
            "serious",
            "GB 31654",
            "documents",
        )
        with time_machine.travel(at + timedelta(hours=2), tick=False):
            page = client.get(filing.get_absolute_url()).content.decode()
        assert "GB 31654 · 书面检查" in page


def test_check_in_notes_the_place_the_device_tells(press, inspector, filing_at):
    filing = filing_at("approved")

    press(
        inspector,
        filing,
        "check_in",
        scan_of="none",
        latitude="43.837883",
        longitude="126.549572",
        accuracy="12",
    )

    visit = Filing.objects.get(pk=filing.pk).visit
    assert (str(visit.latitude), str(visit.longitude), visit.accuracy) == (
        "43.837883",
        "126.549572",
        12,
    )
