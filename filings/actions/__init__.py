"""The verbs: the only writers of filings.  Each names its actor and its moment."""

from filings.actions.deciding import approve, expire, return_, submit, withdraw
from filings.actions.drafting import Draft, draft, revise
from filings.actions.moving import require_seen
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
    "Found",
    "Outcome",
    "approve",
    "check_in",
    "close",
    "confirm",
    "draft",
    "expire",
    "record",
    "refuse",
    "require_seen",
    "return_",
    "revise",
    "submit",
    "terminate",
    "withdraw",
]
