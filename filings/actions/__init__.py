"""The verbs: the only writers of filings.  Each names its actor and its moment."""

from collections.abc import Callable

from filings.actions.alerting import handle_alert
from filings.actions.appealing import appeal, review
from filings.actions.arriving import Noted, Signature, admit_late, check_in_late
from filings.actions.casework import (
    ask_agency,
    call_back,
    decide_recusal,
    hand_over,
    mend,
    release,
    reply,
    take_case,
)
from filings.actions.deciding import (
    approve,
    endorse,
    expire,
    oppose,
    return_,
    submit,
    void,
    withdraw,
)
from filings.actions.drafting import Draft, draft, revise
from filings.actions.emergency import (
    Emergency,
    approve_afterwards,
    back_file,
    open_emergency,
    unlock,
)
from filings.actions.evidence import (
    EvidenceDamaged,
    MalwareFound,
    NotScanned,
    Upload,
    attach,
    read_evidence,
)
from filings.actions.finding import Found
from filings.actions.following import acknowledge, recheck, report_rectification, transfer
from filings.actions.joining import decline, join, leave, merge
from filings.actions.moving import require_seen
from filings.actions.own import NotLetIn, Reach, ask_in, come_in, set_contact, who_is_in
from filings.actions.photos import read_photo, set_photo
from filings.actions.preserving import decide_evidence, preserve
from filings.actions.rating import (
    AlreadyRated,
    Caller,
    NoRight,
    Opinion,
    RightGiven,
    give_right,
    rate,
)
from filings.actions.rectifying import report_at_the_door
from filings.actions.results import Delivery, correct, deliver, file_across, publish
from filings.actions.ruling import RuleNotSet, Ruling, give_reason, set_rule
from filings.actions.saving import forget_filter, save_filter
from filings.actions.scanning import admit_miss
from filings.actions.subjects import change_subject
from filings.actions.supervising import Matter, bring, look_up, read_contact
from filings.actions.supervising import answer as answer_case
from filings.actions.sweeping import sweep
from filings.actions.visiting import (
    Arrival,
    Outcome,
    check_in,
    close,
    confirm,
    record,
    refuse,
    serve,
    terminate,
)
from filings.actions.watching import Watched, watch
from filings.models import Filing
from filings.workflow import Verb

__all__ = [
    "BY_VERB",
    "AlreadyRated",
    "Arrival",
    "Caller",
    "Delivery",
    "Draft",
    "Emergency",
    "EvidenceDamaged",
    "Found",
    "MalwareFound",
    "Matter",
    "NoRight",
    "NotLetIn",
    "NotScanned",
    "Noted",
    "Opinion",
    "Outcome",
    "Reach",
    "RightGiven",
    "RuleNotSet",
    "Ruling",
    "Signature",
    "Upload",
    "Watched",
    "acknowledge",
    "admit_late",
    "admit_miss",
    "answer_case",
    "appeal",
    "approve",
    "approve_afterwards",
    "ask_agency",
    "ask_in",
    "attach",
    "back_file",
    "bring",
    "call_back",
    "change_subject",
    "check_in",
    "check_in_late",
    "close",
    "come_in",
    "confirm",
    "correct",
    "decide_evidence",
    "decide_recusal",
    "decline",
    "deliver",
    "draft",
    "endorse",
    "expire",
    "file_across",
    "forget_filter",
    "give_reason",
    "give_right",
    "hand_over",
    "handle_alert",
    "join",
    "leave",
    "look_up",
    "mend",
    "merge",
    "open_emergency",
    "oppose",
    "preserve",
    "publish",
    "rate",
    "read_contact",
    "read_evidence",
    "read_photo",
    "recheck",
    "record",
    "refuse",
    "release",
    "reply",
    "report_at_the_door",
    "report_rectification",
    "require_seen",
    "return_",
    "review",
    "revise",
    "save_filter",
    "serve",
    "set_contact",
    "set_photo",
    "set_rule",
    "submit",
    "sweep",
    "take_case",
    "terminate",
    "transfer",
    "unlock",
    "void",
    "watch",
    "who_is_in",
    "withdraw",
]

BY_VERB: dict[Verb, Callable[..., Filing]] = {
    Verb.SUBMIT: submit,
    Verb.APPROVE: approve,
    Verb.RETURN: return_,
    Verb.ENDORSE: endorse,
    Verb.OPPOSE: oppose,
    Verb.JOIN: join,
    Verb.MERGE: merge,
    Verb.DECLINE: decline,
    Verb.LEAVE: leave,
    Verb.WITHDRAW: withdraw,
    Verb.EXPIRE: expire,
    Verb.CHECK_IN: check_in,
    Verb.CHECK_IN_LATE: check_in_late,
    Verb.ADMIT_LATE: admit_late,
    Verb.SERVE: serve,
    Verb.REFUSE: refuse,
    Verb.TERMINATE: terminate,
    Verb.RECORD: record,
    Verb.CONFIRM: confirm,
    Verb.CLOSE: close,
    Verb.UNLOCK: unlock,
    Verb.APPROVE_AFTERWARDS: approve_afterwards,
    Verb.VOID: void,
    Verb.PRESERVE: preserve,
    Verb.DECIDE_EVIDENCE: decide_evidence,
    Verb.DELIVER: deliver,
    Verb.PUBLISH: publish,
    Verb.CORRECT: correct,
    Verb.FILE_ACROSS: file_across,
    Verb.TRANSFER: transfer,
    Verb.ACKNOWLEDGE: acknowledge,
    Verb.REPORT_RECTIFICATION: report_rectification,
    Verb.RECHECK: recheck,
}
