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
from filings.actions.following import acknowledge, recheck, report_rectification, transfer
from filings.actions.moving import require_seen
from filings.actions.results import Delivery, correct, deliver, publish
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
    "Delivery",
    "Draft",
    "Emergency",
    "Found",
    "Outcome",
    "RuleNotSet",
    "Ruling",
    "acknowledge",
    "approve",
    "approve_afterwards",
    "back_file",
    "check_in",
    "close",
    "confirm",
    "correct",
    "deliver",
    "draft",
    "expire",
    "give_reason",
    "handle_alert",
    "open_emergency",
    "publish",
    "recheck",
    "record",
    "refuse",
    "report_rectification",
    "require_seen",
    "return_",
    "revise",
    "set_rule",
    "submit",
    "terminate",
    "transfer",
    "unlock",
    "void",
    "withdraw",
]
