"""Which rule stands beside which field: what it asks and its source, a press away (R-… ids)."""

from django import forms

from filings.rules.catalogue import CATALOGUE

FILING = {
    "items": "item_not_claimed",
    "lead": "certificate_not_valid",
    "partners": "too_few_officers",
    "check_type": "special_without_approval",
    "trigger": "daily_without_plan",
    "planned_start": "lead_time_short",
    "planned_end": "window_too_long",
    "place": "outside_jurisdiction",
    "on_site_reason": "off_site_possible",
    "plan_number": "plan_not_published",
    "assistants": "auxiliary_as_officer",
    "arrived_at": "clock_back_file",
    "fault": "clock_back_file_after_fault",
}
VERBS = {
    "outcome": "clock_confirm",
    "rectify_by": "clock_rectify",
    "channel": "clock_deliver",
    "notice_channel": "notice_not_served",
    "withheld": "clock_publish",
    "received_by": "clock_receipt",
    "passed": "clock_recheck",
}
REGISTERS: dict[str, dict[str, str]] = {
    "agencies": {
        "qualified_from": "agency_not_qualified",
        "parent": "township_without_county",
        "principal": "item_not_of_principal",
    },
    "items": {
        "level": "level_not_assigned",
        "subject_kinds": "item_not_for_this_kind",
        "off_site_possible": "off_site_possible",
        "published_on": "item_not_published",
        "basis_rank": "no_lawful_basis",
    },
    "claims": {"item": "items_beyond_powers", "valid_from": "item_not_claimed"},
    "officers": {
        "agency": "officer_of_another_agency",
        "category": "auxiliary_as_officer",
        "joined_on": "officer_not_in_service",
        "certificate_number": "certificate_not_valid",
        "certificate_to": "certificate_expiring",
        "certificate_checked_on": "annual_check_overdue",
    },
    "subjects": {
        "kind": "item_not_for_this_kind",
        "business_region": "outside_jurisdiction",
        "registration": "subject_gone",
        "credit_class": "visit_cap_reached",
        "whitelisted_from": "subject_whitelisted",
    },
    "plans": {
        "items": "item_not_planned",
        "visits": "budget_spent",
        "made_on": "clock_special_plan",
        "approval_number": "special_without_approval",
        "published_on": "clock_annual_plan",
    },
    "entrustments": {"items": "item_not_of_principal", "published_on": "outside_entrustment"},
    "assignments": {"level": "level_not_assigned"},
    "powers": {"code": "powers_unclaimed"},
    "limits": {"least": "floor_missed", "most": "cap_reached", "together": "shared_cap_reached"},
    "conflicts": {"kind": "officer_in_conflict"},
    "assistances": {"helper": "outside_jurisdiction"},
}


def put_beside(form: forms.BaseForm, rules: dict[str, str]) -> None:
    """Let the fields of `form` that `rules` names show their rule; not every form has them all."""
    for name, code in rules.items():
        if name in form.fields:
            form.fields[name].rule = CATALOGUE.get(code)
