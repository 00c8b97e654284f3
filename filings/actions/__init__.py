"""The verbs: the only writers of filings.  Each names its actor and its moment."""

from filings.actions.deciding import approve, expire, return_, submit, void, withdraw
from filings.actions.drafting import Draft, draft, revise
from filings.actions.emergency import (
    Emergency,
    approve_afterwards,
    back_file,
    open_emergency,
    unlock,
)
from filings.actions.moving import require_seen
from filings.actions.ruling import RuleNotSet, Ruling, give_reason, handle_alert, set_rule
from filings.actions.visiting import (
    Arrival,
    Found,
    Outcome,
    check_in,
    close,
    confirm,
    record,
    refuse,
    terminate,
)

__all__ = [
    "Arrival",
    "Draft",
    "Emergency",
    "Found",
    "Outcome",
    "RuleNotSet",
    "Ruling",
    "approve",
    "approve_afterwards",
    "back_file",
    "check_in",
    "close",
    "confirm",
    "draft",
    "expire",
    "give_reason",
    "handle_alert",
    "open_emergency",
    "record",
    "refuse",
    "require_seen",
    "return_",
    "revise",
    "set_rule",
    "submit",
    "terminate",
    "unlock",
    "void",
    "withdraw",
]
