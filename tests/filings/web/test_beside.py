"""The rule beside each field, with its source."""

import pytest

from filings.rules.catalogue import CATALOGUE
from filings.web import beside, result_forms, verb_forms
from filings.web.disposing import SHORTEST
from filings.web.draft_form import DraftForm
from filings.web.emergency import BackFilingForm, EmergencyForm
from filings.web.shelves import REGISTERS
from filings.web.verbs import FORMS

pytestmark = pytest.mark.django_db


def _named(*forms):
    return {name for form in forms for name in form.base_fields}


def test_every_rule_named_is_one_and_every_field_too():
    every = {**beside.FILING, **beside.VERBS}
    for rules in (every, *beside.REGISTERS.values()):
        assert set(rules.values()) <= set(CATALOGUE)
    assert set(beside.FILING) <= _named(DraftForm, EmergencyForm, BackFilingForm)
    assert set(beside.VERBS) <= _named(
        *FORMS.values(), verb_forms.RecordForm, result_forms.CorrectForm
    )
    for name, rules in beside.REGISTERS.items():
        assert set(rules) <= {field.name for field in REGISTERS[name].kind.fields}


def test_an_officer_reads_rule_and_source_beside_the_field(client, inspector, subject, item):
    client.force_login(inspector)
    page = client.get(f"/filings/new/?subject={subject.pk}").content.decode()
    for name in ("planned_start", "plan_number", "on_site_reason"):
        entry = CATALOGUE[beside.FILING[name]]
        assert f">{entry.rule}</summary>" in page
        assert entry.source in page


def test_a_clerk_reads_rule_and_source_beside_the_field(client, clerk):
    client.force_login(clerk)
    page = client.get("/registers/officers/new/").content.decode()
    assert CATALOGUE["annual_check_overdue"].source in page


def test_an_approver_reads_by_when_a_result_is_published(client, reviewer, filing_at):
    client.force_login(reviewer)
    filing = filing_at("confirmed")
    page = client.get(f"/filings/{filing.pk}/").content.decode()
    assert CATALOGUE["clock_publish"].source in page


def test_who_sets_how_long_things_are_kept_reads_the_law_beside_the_field(client, administrator):
    client.force_login(administrator)
    page = client.get("/disposals/").content.decode()
    assert f">{SHORTEST.rule}</summary>" in page
    assert SHORTEST.source in page
