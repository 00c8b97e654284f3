"""The tables of a compile."""

from django.utils.translation import gettext_lazy as _

from filings.models import SupervisionCase
from reports.definitions.conduct import CONDUCT, SHEETS
from reports.definitions.terms import Column, Ratio, Table

FILED = Column("count", _("Filings"), "count")
STATUTORY = Column("statutory", _("Statutory inspections"), "statutory")
BOTH = (FILED, STATUTORY)
TABLES = (
    Table(
        "reconciliation",
        _("From filings to statutory inspections"),
        _(
            "Every filing of the period stands in one row, the first that fits. The statutory "
            "number counts one object with a complete record as one; it leaves out checks that "
            "were not made, have no complete record, or were followed by a penalty or another "
            "enforcement act. Patrols without a definite object cannot be filed here."
        ),
        _("filings"),
        "Filing, Result",
        "standing",
        (Column("count", _("Filings"), "every"),),
    ),
    Table(
        "by_agency",
        _("By agency"),
        _(
            "By agency; every agency that existed in the period has a row. 0 is an agency that "
            "could inspect and did not; a dash is one that had no item to inspect by."
        ),
        _("filings"),
        "Filing.agency, Claim",
        "agency",
        BOTH,
        parts=True,
    ),
    Table(
        "by_region",
        _("By region"),
        _(
            "By the agency's own region; divisions are not added upwards. A dash is a region "
            "in which no agency could inspect."
        ),
        _("filings"),
        "Agency.region",
        "region",
        BOTH,
        parts=True,
    ),
    Table(
        "by_month",
        _("By month"),
        _("By the month of submission, Beijing time."),
        _("filings"),
        "Filing.dated_at",
        "month",
        BOTH,
        parts=True,
    ),
    Table(
        "by_type",
        _("By type of inspection"),
        _("By type of inspection."),
        _("filings"),
        "Filing.check_type",
        "type",
        BOTH,
        parts=True,
    ),
    Table(
        "by_trigger",
        _("By what set it off"),
        _("By what set the inspection off."),
        _("filings"),
        "Filing.trigger",
        "trigger",
        BOTH,
        parts=True,
    ),
    Table(
        "by_method",
        _("By method"),
        _("By method; all but the first are off site."),
        _("filings"),
        "Filing.method",
        "method",
        BOTH,
        parts=True,
    ),
    Table(
        "by_industry",
        _("By industry"),
        _("By the section of GB/T 4754 to which the subject's industry belongs."),
        _("filings"),
        "Subject.industry",
        "industry",
        BOTH,
        parts=True,
    ),
    Table(
        "by_timing",
        _("When it was filed"),
        _(
            "Before the arrival; on site, before leaving; after the visit, in time; late, only "
            "after a supervisor unlocked it."
        ),
        _("filings"),
        "Filing.submitted_at, Filing.back_filed_at, Visit.arrived_at, Visit.left_at",
        "timing",
        BOTH,
        parts=True,
    ),
    Table(
        "by_item",
        _("By inspection item"),
        _(
            "How often each item was announced, all versions together; a filing with three items "
            "is announced three times. Counted once, it belongs to the item with the lowest code, "
            "so that this column adds up to the filings. A dash is an item nobody here claimed."
        ),
        _("filing-items"),
        "FilingItem, Claim",
        "item",
        (
            Column("count", _("Announced"), "count"),
            Column("once", _("Counted once"), "count", "first_item"),
            Column("statutory", _("Statutory inspections"), "statutory", "first_item"),
        ),
    ),
    *SHEETS,
    *CONDUCT,
    Table(
        "by_outcome",
        _("By outcome"),
        _("By recorded outcome; those without one are a row of their own."),
        _("filings"),
        "Result.outcome",
        "outcome",
        (FILED,),
        parts=True,
    ),
    Table(
        "by_follow_up",
        _("By follow-up"),
        _("Filings with a result by what followed, and how many of them are closed."),
        _("filings"),
        "Result.follow_up",
        "follow_up",
        (
            Column("count", _("Filings"), "resulted"),
            Column("finished", _("Finished"), "finished"),
        ),
    ),
    Table(
        "by_times",
        _("How often at the same subject"),
        _("Filings by how often the agency filed upon the same subject in the period."),
        _("filings"),
        "Filing.agency, Filing.subject",
        "times",
        (FILED, Column("pairs", _("Agency and subject"), "pair")),
        parts=True,
    ),
    Table(
        "by_rating",
        _("By rating"),
        _(
            "Ratings of the period by level, in complete groups of five of one agency. A dash in "
            "every row: one of the levels was given fewer than five times."
        ),
        _("ratings"),
        "Rating.level",
        "",
        (Column("count", _("Ratings"), ""),),
    ),
    Table(
        "alerts",
        _("Alerts by rule"),
        _("Alerts raised on filings of the period, and how many were handled."),
        _("alerts"),
        "Alert",
        "alert",
        (
            Column("count", _("Raised"), "every"),
            Column("handled", _("Handled"), "every", "alert_handled"),
            Column("open", _("Open"), "every", "alert_open"),
        ),
    ),
    Table(
        "cases",
        _("Complaints and cases"),
        _(
            "Cases brought against filings of the period by kind, and how they were answered. Bad "
            "ratings stand in their indicators only."
        ),
        _("cases"),
        "SupervisionCase",
        "case",
        (
            Column("count", _("Cases brought"), "every"),
            *(
                Column(code, label, "every", f"case_{code}")
                for code, label in SupervisionCase.Outcome.choices
            ),
            Column("open", _("Open"), "every", "case_open"),
        ),
    ),
    Table(
        "certificates",
        _("Certificates by agency"),
        _(
            "Officers in service on the last day, those of them with a certificate in force, and "
            "the items the agency had claimed that day. A dash is an agency with none of these."
        ),
        _("persons; items"),
        "Officer, Certificate, Claim",
        "agency",
        (
            Column("officers", _("Officers"), "officers"),
            Column("officers_certified", _("With a certificate"), "officers_certified"),
            Column("items_claimed", _("Items claimed"), "items_claimed"),
        ),
        registered=True,
        ratios=(Ratio("rate", _("Certificate-holding rate"), "officers_certified", "officers"),),
    ),
)
