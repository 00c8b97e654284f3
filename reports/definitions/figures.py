"""The single figures of a compile, and what is missing."""

from django.utils.translation import gettext_lazy as _

from reports.definitions.terms import Figure

TOTALS = (
    Figure(
        "agencies",
        _("Enforcement agencies"),
        _("Agencies of the region and its divisions that exist on the last day."),
        _("agencies"),
        "Agency",
    ),
    Figure(
        "items",
        _("Inspection items"),
        _("Items of the catalogue with a version in force on the last day; one catalogue for all."),
        _("items"),
        "InspectionItem, ItemVersion",
    ),
    Figure(
        "items_claimed",
        _("Inspection items claimed"),
        _("Of these items, those claimed on the last day by an agency of the region."),
        _("items"),
        "Claim",
    ),
    Figure(
        "officers",
        _("Enforcement officers"),
        _("Officers of the region's agencies in service on the last day."),
        _("persons"),
        "Officer",
    ),
    Figure(
        "officers_certified",
        _("Officers with a certificate"),
        _("Of these officers, those with a certificate that is active and in force that day."),
        _("persons"),
        "Certificate",
    ),
    Figure(
        "filings",
        _("Filings of the period"),
        _(
            "Filings made here that bear a number and are neither withdrawn nor voided, submitted "
            "from the first instant of the first day up to the last of the last, Beijing time."
        ),
        _("filings"),
        "Filing",
        "count",
    ),
    Figure(
        "statutory",
        _("Statutory number of inspections"),
        _("Filings with a complete record that no penalty or other enforcement act followed."),
        _("inspections"),
        "Filing, Result",
        "statutory",
    ),
    Figure(
        "imported",
        _("Imported filings"),
        _("Records of inspections taken over from other systems; never part of the filings."),
        _("filings"),
        "Filing",
        "standing:imported",
    ),
    Figure(
        "withdrawn",
        _("Withdrawn filings"),
        _("Filings that were withdrawn; never part of the filings."),
        _("filings"),
        "Filing",
        "standing:withdrawn",
    ),
    Figure(
        "voided",
        _("Voided filings"),
        _("Filings that were voided; they keep their number and are not counted."),
        _("filings"),
        "Filing",
        "standing:voided",
    ),
    Figure(
        "unnumbered",
        _("Filings without a number"),
        _("Drafts, submitted and returned filings; not yet part of the filings."),
        _("filings"),
        "Filing",
        "standing:unnumbered",
    ),
    Figure(
        "visits",
        _("Visits"),
        _("Visits made on these filings; a joint visit counts once."),
        _("visits"),
        "Visit",
        "visit",
    ),
    Figure(
        "joint_visits",
        _("Joint visits"),
        _("Of these visits, those made by several agencies together."),
        _("visits"),
        "Visit.joint",
        "joint_visit",
    ),
    Figure(
        "visited_subjects",
        _("Subjects visited"),
        _("Different subjects at which a visit was made."),
        _("subjects"),
        "Visit, Subject",
        "visited_subject",
    ),
    Figure(
        "rated_visits",
        _("Rated visits"),
        _("Ratings of the period in complete groups of five of one agency, at most one a visit."),
        _("ratings"),
        "Rating",
        "rated",
    ),
    Figure(
        "mean_rating",
        _("Mean rating"),
        _("Sum of the levels divided by these ratings, rounded half up to two places."),
        _("of 5"),
        "Rating",
    ),
)

MISSING = (
    Figure(
        "agencies_idle",
        _("Agencies without a filing"),
        _("Agencies that could inspect by an item they claimed and filed nothing."),
        _("agencies"),
        "Agency, Claim",
    ),
    Figure(
        "items_unused",
        _("Claimed items without a filing"),
        _("Items that an agency of the region claimed and no filing announced."),
        _("items"),
        "Claim, FilingItem",
    ),
    Figure(
        "officers_idle",
        _("Officers on no filing"),
        _("Officers in service on the last day who take part in no filing of the period."),
        _("persons"),
        "Officer, FilingOfficer",
    ),
    Figure(
        "officers_uncertified",
        _("Officers without a certificate"),
        _("Officers in service on the last day without a certificate in force."),
        _("persons"),
        "Certificate",
    ),
    Figure(
        "planless",
        _("Planned inspections without a plan"),
        _("Filings set off by a plan or a draw that name no plan."),
        _("filings"),
        "Filing.plan_number",
        "planless",
    ),
    Figure(
        "plans_unfiled",
        _("Plans without a filing"),
        _("Plans of the region's agencies that hold in the period and that no filing names."),
        _("plans"),
        "Plan, Filing.plan_number",
    ),
    Figure(
        "to_enter",
        _("Filings without a result"),
        _("Filings that were to be inspected and have no result."),
        _("filings"),
        "Result",
        "to_enter",
    ),
    Figure(
        "drawn_unfiled",
        _("Drawn subjects without a filing"),
        _(
            "Subjects that an agency of the region drew for a year of the period, did not set "
            "aside and filed nothing upon."
        ),
        _("subjects"),
        "DrawnSubject, Filing",
    ),
    Figure(
        "unfiled",
        _("Visits never filed"),
        _("Filings with an arrival on record and no number, neither withdrawn nor voided."),
        _("filings"),
        "Filing, Visit",
        "unfiled",
    ),
    Figure(
        "scans_unfiled",
        _("Scans without a filing"),
        _("Of these visits, those at which a code was scanned."),
        _("filings"),
        "Filing, Visit.scan_of",
        "scan_unfiled",
    ),
)
