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
from filings.actions.evidence import EvidenceDamaged, Upload, attach, read_evidence
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
    "EvidenceDamaged",
    "Found",
    "Outcome",
    "RuleNotSet",
    "Ruling",
    "Upload",
    "acknowledge",
    "approve",
    "approve_afterwards",
    "attach",
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
    "read_evidence",
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
