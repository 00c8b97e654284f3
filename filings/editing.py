"""Which fields of a filing can be written anew, by which verb and in which state (API table)."""

from filings.workflow import STEPS, Status, Verb

DRAFTED = frozenset(
    {
        "subject",
        "check_type",
        "double_random",
        "unannounced",
        "recheck",
        "trigger",
        "trigger_source",
        "plan_number",
        "place",
        "planned_start",
        "planned_end",
        "method",
        "on_site_reason",
        "assistants",
        "third_party",
        "items",
        "officers",
    }
)
FOUND = frozenset(
    {"outcome", "follow_up", "summary", "rectify_by", "enforcement_followed", "findings"}
)
# Which fields a verb writes anew; every other field is fixed once it is written.
CHANGES: dict[Verb, frozenset[str]] = {
    Verb.REVISE: DRAFTED,
    Verb.BACK_FILE: DRAFTED - {"subject", "planned_start"} | {"fault"},
    Verb.CORRECT: FOUND,
}
EDITABLE: dict[Status, frozenset[str]] = {
    status: frozenset().union(*(CHANGES[verb] for verb in CHANGES if status in STEPS[verb].sources))
    for status in Status
}
