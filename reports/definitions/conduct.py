"""The tables of how inspections went: the operational sheet, the conduct, the caps (domain F3)."""

from django.utils.translation import gettext_lazy as _

from filings.models import Result
from reports.definitions.terms import Column, Ratio, Table

SHEET = (
    Column("due", _("To be inspected"), "due"),
    Column("to_enter", _("Result to be entered"), "to_enter"),
    Column("entering", _("Being entered"), "entering"),
    Column("published", _("Published"), "published"),
    *(
        Column(f"outcome_{code}", label, f"outcome:{code}")
        for code, label in Result.Outcome.choices
    ),
    *(
        Column(f"follow_up_{code}", label, f"follow_up:{code}")
        for code, label in Result.FollowUp.choices
    ),
    Column("finished", _("Finished"), "finished"),
)
RATES = (
    Ratio("completion", _("Completion rate"), "published", "due"),
    Ratio("finishing", _("Finishing rate"), "finished", "published"),
)
_SHEET_SAYS = _(
    "What was to be inspected (filings neither expired, refused nor terminated), how far the "
    "results are, what they say, what followed, and what is finished, that is published and "
    "closed. The completion rate is the published ones of those to be inspected, the finishing "
    "rate the finished ones of the published."
)

SHEETS = (
    Table(
        "sheet",
        _("Operational sheet"),
        _SHEET_SAYS,
        _("filings"),
        "Filing, Result",
        "agency",
        SHEET,
        ratios=RATES,
    ),
    Table(
        "sheet_by_region",
        _("Operational sheet by region"),
        _SHEET_SAYS,
        _("filings"),
        "Filing, Result, Agency.region",
        "region",
        SHEET,
        ratios=RATES,
    ),
)


def _cap_columns(prefix: str) -> tuple[Column, ...]:
    return (
        Column("visits", _("Visits counted"), "count", f"{prefix}_visits"),
        Column("exempt", _("Exempt visits"), "count", f"{prefix}_exempt"),
        Column("bound", _("Subjects visited"), "count", f"{prefix}_bound"),
        Column("reached", _("At the cap"), "count", f"{prefix}_reached"),
        Column("exceeded", _("Beyond the cap"), "count", f"{prefix}_exceeded"),
    )


CONDUCT = (
    Table(
        "conduct",
        _("How inspections were made"),
        _(
            "By agency: filings by another method than the visit, filings with a visit, those of "
            "them with a joint visit, with the code shown, a scan, the certificates shown; "
            "unannounced ones; when they were filed; and results published by their last day."
        ),
        _("filings"),
        "Filing, Visit, Result",
        "agency",
        (
            Column("off_site", _("Off site"), "off_site"),
            Column("arrived", _("With a visit"), "arrived"),
            Column("joint", _("Joint"), "joint"),
            Column("coded", _("Code shown"), "coded"),
            Column("scanned", _("Scanned"), "scanned"),
            Column("certificates_shown", _("Certificates shown"), "certificates_shown"),
            Column("unannounced", _("Unannounced"), "unannounced"),
            Column("before", _("Filed before"), "timing:before"),
            Column("on_site", _("Filed on site"), "timing:on_site"),
            Column("after", _("Filed afterwards, in time"), "timing:after"),
            Column("late", _("Filed late"), "timing:late"),
            Column("to_publish", _("Results to publish"), "to_publish"),
            Column("published_in_time", _("Published in time"), "published_in_time"),
        ),
        ratios=(
            Ratio("joint_share", _("Joint share"), "joint", "arrived"),
            Ratio("in_time_share", _("In-time share"), "published_in_time", "to_publish"),
        ),
    ),
    Table(
        "caps",
        _("Use of the caps"),
        _(
            "Each cap on visits to one subject in a calendar year, as in force on the last day of "
            "the period: the visits of the period that count, those exempt by what set them off, "
            "the subjects visited, and how many of these are at the cap or beyond it. A subject "
            "counts once for each agency unless the cap binds several together."
        ),
        _("visits; subjects"),
        "Limit, RuleSetting, Visit",
        "cap",
        _cap_columns("cap"),
    ),
    Table(
        "caps_by_agency",
        _("Use of the general cap by agency"),
        _(
            "By agency: its visits of the period that count towards the cap that every agency "
            "has, the exempt ones, its subjects, and how many are at the cap or beyond it."
        ),
        _("visits; subjects"),
        "RuleSetting, Visit",
        "agency",
        _cap_columns("agency_cap"),
        ratios=(Ratio("beyond", _("Share beyond the cap"), "exceeded", "bound"),),
    ),
)
