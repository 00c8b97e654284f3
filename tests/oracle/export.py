"""The rows that a second count needs, as plain dictionaries."""

from agencies.models import Agency, Claim, InspectionItem, ItemVersion, Region
from filings.models import Filing, FilingItem, Rating, Result
from officers.models import Officer

_SOURCES = {
    "regions": (Region, "id code name parent_id valid_from valid_to"),
    "agencies": (Agency, "id code name region_id valid_from valid_to"),
    "items": (InspectionItem, "id code"),
    "versions": (ItemVersion, "id item_id name valid_from valid_to"),
    "claims": (Claim, "agency_id item_id valid_from valid_to"),
    "officers": (Officer, "agency_id joined_on left_on"),
    "filings": (
        Filing,
        "id agency_id origin status number dated_at check_type trigger visit_id",
    ),
    "filing_items": (FilingItem, "filing_id item_version_id"),
    "results": (Result, "filing_id outcome"),
    "ratings": (Rating, "visit_id level"),
}


def export():
    """Every table that counts, whole."""
    return {
        name: list(model.objects.values(*columns.split()))
        for name, (model, columns) in _SOURCES.items()
    }
