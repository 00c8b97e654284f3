"""The codes that the definitions name, in the order in which tables list them."""

TYPES = ["daily", "case", "special"]
TRIGGERS = [
    "annual_plan",
    "double_random",
    "complaint",
    "assigned",
    "monitoring",
    "requested",
    "superior",
    "media",
    "emergency",
    "recheck",
    "permit",
    "audit",
    "other",
]
METHODS = ["on_site", "documents", "relied_on", "testing", "network", "commissioned"]
INDUSTRIES = list("ABCDEFGHIJKLMNOPQRST")
OUTCOMES = [
    "no_problem",
    "corrected",
    "pending",
    "no_activity",
    "closed_down",
    "uncooperative",
    "gone",
]
FOLLOW_UPS = ["none", "daily_supervision", "rectification", "transferred", "copied", "other"]
STANDINGS = [
    "imported",
    "unnumbered",
    "withdrawn",
    "voided",
    "waiting",
    "expired",
    "refused",
    "terminated",
    "unrecorded",
    "incomplete",
    "enforced",
    "statutory",
]
TIMINGS = ["before", "on_site", "after", "late", "open"]
CASE_KINDS = ["complaint", "refusal", "recusal"]
CASE_OUTCOMES = ["upheld", "partly", "unfounded", "unclear"]
FREQUENCY = {"visit_cap_reached", "visits_crowded"}
EXEMPT = [
    "complaint",
    "assigned",
    "superior",
    "monitoring",
    "media",
    "recheck",
    "requested",
    "permit",
    "emergency",
    "audit",
]
