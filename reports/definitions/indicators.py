"""The indicators of a compile: one figure divided by another (domain F4)."""

from django.utils.translation import gettext_lazy as _

from reports.definitions.terms import Indicator

INDICATORS = (
    Indicator(
        "planned_share",
        _("Inspections by plan"),
        _("Filings set off by the annual plan or a draw, of all filings."),
        "planned",
        "count",
    ),
    Indicator(
        "code_shown",
        _("Code shown first"),
        _("Visits at which the code was shown before the start, of all visits."),
        "coded_visit",
        "visit",
    ),
    Indicator(
        "scanned",
        _("Visits with a scan"),
        _("Visits with a scan of the filing's or the subject's code, of all visits."),
        "scanned_visit",
        "visit",
    ),
    Indicator(
        "completion",
        _("Tasks completed"),
        _("Filings whose result is published, of those to be inspected."),
        "published",
        "due",
    ),
    Indicator(
        "publication",
        _("Results published"),
        _("Filings whose result is published, of those with a result."),
        "published",
        "resulted",
    ),
    Indicator(
        "publication_in_time",
        _("Results published in time"),
        _("Results published by their last day, of all results but those withheld for a reason."),
        "published_in_time",
        "to_publish",
    ),
    Indicator(
        "finishing",
        _("Published ones finished"),
        _("Published and closed filings, of the published ones."),
        "finished",
        "published",
    ),
    Indicator(
        "joint_share",
        _("Joint visits"),
        _("Visits made by several agencies together, of all visits."),
        "joint_visit",
        "visit",
    ),
    Indicator(
        "joint_of_shareable",
        _("Joint visits where several had tasks"),
        _(
            "Joint visits, of the visits that were joint or at subjects on which several agencies "
            "filed in the same month."
        ),
        "joint_visit",
        "shareable_visit",
    ),
    Indicator(
        "off_site_share",
        _("Off-site inspections"),
        _("Filings by another method than the visit, of all filings."),
        "off_site",
        "count",
    ),
    Indicator(
        "problem_rate",
        _("Problems found"),
        _("Filings with a problem, of those with a result."),
        "problem",
        "resulted",
    ),
    Indicator(
        "correction_rate",
        _("Problems put right"),
        _("Problems corrected on order, rectified or closed, of all problems."),
        "put_right",
        "problem",
    ),
    Indicator(
        "visits_per_subject",
        _("Visits per subject"),
        _(
            "Visits divided by the subjects that were visited. Not by all subjects: the register "
            "of subjects tells the present, so that figure would change after the year had ended."
        ),
        "visit",
        "visited_subject",
        percent=False,
    ),
    Indicator(
        "filed_before",
        _("Filed before the visit"),
        _("Filings submitted before the arrival, of all filings."),
        "timing:before",
        "count",
    ),
    Indicator(
        "alerts_handled",
        _("Alerts handled"),
        _("Handled alerts, of those raised on filings of the period."),
        "alerts_handled",
        "alerts_raised",
    ),
    Indicator(
        "bad_ratings",
        _("Bad ratings"),
        _("Ratings of 1 or 2, of these ratings; a dash when fewer than five are bad or good."),
        "bad_rating",
        "rated",
    ),
    Indicator(
        "bad_ratings_checked",
        _("Bad ratings verified"),
        _(
            "Cases of bad ratings that a supervisor answered, in whole groups of five of one "
            "agency."
        ),
        "bad_rating_checked",
        "bad_rating_case",
    ),
    Indicator(
        "frequency_alerts_handled",
        _("Alerts on too many visits handled"),
        _("Handled alerts on caps and crowding, of those raised on filings of the period."),
        "frequency_alerts_handled",
        "frequency_alerts_raised",
    ),
    Indicator(
        "filing_rate",
        _("Filing rate"),
        _("Filings, of the filings and the visits on record that were never filed."),
        "count",
        "known",
    ),
    Indicator(
        "certified",
        _("Certificate-holding rate"),
        _("Officers with a certificate in force on the last day, of all officers."),
        "officers_certified",
        "officers",
    ),
)
