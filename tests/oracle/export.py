"""The rows that a second count needs, as plain dictionaries."""

from agencies.models import Agency, Claim, InspectionItem, ItemVersion, Plan, Region
from filings.models import (
    Alert,
    Draw,
    DrawnSubject,
    Filing,
    FilingItem,
    FilingOfficer,
    Limit,
    Rating,
    Result,
    RuleSetting,
    Subject,
    SupervisionCase,
    Visit,
)
from officers.models import Certificate, Officer

SOURCES = {
    "regions": (Region, "id code name parent_id valid_from valid_to"),
    "agencies": (Agency, "id code name region_id valid_from valid_to"),
    "items": (InspectionItem, "id code"),
    "versions": (ItemVersion, "id item_id name version valid_from valid_to"),
    "claims": (Claim, "agency_id item_id valid_from valid_to"),
    "officers": (Officer, "id agency_id joined_on left_on"),
    "certificates": (Certificate, "officer_id status valid_from valid_to"),
    "subjects": (Subject, "id industry credit_class"),
    "visits": (Visit, "id arrived_at left_at code_shown certificates_shown scan_of joint"),
    "filings": (
        Filing,
        (
            "id agency_id subject_id origin status number dated_at check_type trigger method"
            " visit_id emergency unlocked_at submitted_at back_filed_at plan_number unannounced"
        ),
    ),
    "filing_items": (FilingItem, "filing_id item_version_id"),
    "members": (FilingOfficer, "filing_id officer_id"),
    "results": (
        Result,
        (
            "filing_id outcome follow_up complete_record enforcement_followed published_on"
            " rectified_on publish_by publication_withheld"
        ),
    ),
    "ratings": (Rating, "id agency_id level rated_on"),
    "cases": (SupervisionCase, "id agency_id filing_id kind outcome opened_at"),
    "plans": (Plan, "id agency_id number valid_from valid_to"),
    "limits": (
        Limit,
        "id code name region_id credit_class together most months valid_from valid_to",
    ),
    "limited_items": (Limit.items.through, "limit_id inspectionitem_id"),
    "limited_agencies": (Limit.agencies.through, "limit_id agency_id"),
    "settings": (RuleSetting, "code severity params region_id valid_from valid_to"),
    "draws": (Draw, "id agency_id year"),
    "drawn": (DrawnSubject, "draw_id subject_id set_aside_at"),
    "alerts": (Alert, "filing_id code handled_at"),
}


def export():
    """Every table that counts, whole."""
    return {
        name: list(model.objects.values(*columns.split()))
        for name, (model, columns) in SOURCES.items()
    }
