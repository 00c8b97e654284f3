"""What every table and figure of a compiled year means: name, definition, unit, source.

This is data.  A change of meaning raises VERSION, which is part of what the digest covers.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

VERSION = 1


@dataclass(frozen=True, slots=True)
class Definition:
    """One named figure or table; `source` says from which records it is counted."""

    name: str
    label: str
    definition: str
    unit: str
    source: str


TOTALS = (
    Definition(
        "agencies",
        _("Enforcement agencies"),
        _("Agencies of the region and its divisions that exist on 31 December."),
        _("agencies"),
        "Agency",
    ),
    Definition(
        "items",
        _("Inspection items"),
        _("Items of the catalogue with a version in force on 31 December; one catalogue for all."),
        _("items"),
        "InspectionItem, ItemVersion",
    ),
    Definition(
        "items_claimed",
        _("Inspection items claimed"),
        _("Of these items, those claimed on 31 December by an agency of the region."),
        _("items"),
        "Claim",
    ),
    Definition(
        "officers",
        _("Enforcement officers"),
        _("Officers of the region's agencies in service on 31 December."),
        _("persons"),
        "Officer",
    ),
    Definition(
        "filings",
        _("Filings of the year"),
        _(
            "Filings made here that bear a number and are neither withdrawn nor voided, submitted "
            "from 1 January 0:00 up to, not including, the next 1 January 0:00, Beijing time."
        ),
        _("filings"),
        "Filing",
    ),
    Definition(
        "imported",
        _("Imported filings"),
        _("Records of inspections taken over from other systems; never part of the filings."),
        _("filings"),
        "Filing",
    ),
    Definition(
        "withdrawn",
        _("Withdrawn filings"),
        _("Filings of the year that were withdrawn or voided; never part of the filings."),
        _("filings"),
        "Filing",
    ),
    Definition(
        "unnumbered",
        _("Filings without a number"),
        _("Drafts, submitted and returned filings of the year; not yet part of the filings."),
        _("filings"),
        "Filing",
    ),
    Definition(
        "rated_visits",
        _("Rated visits"),
        _("Visits of the year's filings that the subject rated; a joint visit counts once."),
        _("visits"),
        "Rating",
    ),
    Definition(
        "mean_rating",
        _("Mean rating"),
        _("Sum of the levels divided by the rated visits, rounded half up to two places."),
        _("of 5"),
        "Rating",
    ),
)

TABLES = (
    Definition(
        "by_agency",
        _("By agency"),
        _("Filings of the year by agency; every agency that existed in the year has a row."),
        _("filings"),
        "Filing.agency",
    ),
    Definition(
        "by_region",
        _("By region"),
        _("Filings of the year by the agency's own region; divisions are not added upwards."),
        _("filings"),
        "Agency.region",
    ),
    Definition(
        "by_month",
        _("By month"),
        _("Filings of the year by the month of submission, Beijing time."),
        _("filings"),
        "Filing.dated_at",
    ),
    Definition(
        "by_type",
        _("By type of inspection"),
        _("Filings of the year by type of inspection."),
        _("filings"),
        "Filing.check_type",
    ),
    Definition(
        "by_trigger",
        _("By what set it off"),
        _("Filings of the year by what set the inspection off."),
        _("filings"),
        "Filing.trigger",
    ),
    Definition(
        "by_item",
        _("By inspection item"),
        _(
            "How often each item was announced in filings of the year, all versions together. A "
            "filing with three items counts three times, so the sum is not the number of filings."
        ),
        _("filing-items"),
        "FilingItem",
    ),
    Definition(
        "by_outcome",
        _("By outcome"),
        _("Filings of the year by recorded outcome; those without one are a row of their own."),
        _("filings"),
        "Result.outcome",
    ),
    Definition(
        "by_rating",
        _("By rating"),
        _("Rated visits of the year's filings by level; a joint visit counts once."),
        _("visits"),
        "Rating.level",
    ),
)

NO_RESULT = "none"
SUMS_TO_FILINGS = ("by_agency", "by_region", "by_month", "by_type", "by_trigger", "by_outcome")
