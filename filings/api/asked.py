"""Which body each verb on a filing takes."""

from filings.api.bodies import (
    ApproveBody,
    CheckInBody,
    CloseBody,
    DeclineBody,
    LeaveBody,
    NothingBody,
    OfferBody,
    ReasonBody,
    RecordBody,
    ServeBody,
)
from filings.api.offline_body import LateCheckInBody
from filings.api.preservation_bodies import DecideEvidenceBody, PreserveBody
from filings.api.result_bodies import (
    AcknowledgeBody,
    AcrossBody,
    CorrectBody,
    DeliverBody,
    PublishBody,
    RecheckBody,
    ReportBody,
    TransferBody,
)
from filings.workflow import Verb

BODIES: dict[Verb, type[NothingBody]] = {
    Verb.SUBMIT: NothingBody,
    Verb.APPROVE: ApproveBody,
    Verb.RETURN: ReasonBody,
    Verb.ENDORSE: ApproveBody,
    Verb.OPPOSE: ReasonBody,
    Verb.JOIN: OfferBody,
    Verb.MERGE: OfferBody,
    Verb.DECLINE: DeclineBody,
    Verb.LEAVE: LeaveBody,
    Verb.WITHDRAW: ReasonBody,
    Verb.EXPIRE: NothingBody,
    Verb.CHECK_IN: CheckInBody,
    Verb.CHECK_IN_LATE: LateCheckInBody,
    Verb.ADMIT_LATE: ReasonBody,
    Verb.SERVE: ServeBody,
    Verb.REFUSE: ReasonBody,
    Verb.TERMINATE: ReasonBody,
    Verb.RECORD: RecordBody,
    Verb.CONFIRM: NothingBody,
    Verb.CLOSE: CloseBody,
    Verb.UNLOCK: ReasonBody,
    Verb.APPROVE_AFTERWARDS: ApproveBody,
    Verb.VOID: ReasonBody,
    Verb.PRESERVE: PreserveBody,
    Verb.DECIDE_EVIDENCE: DecideEvidenceBody,
    Verb.DELIVER: DeliverBody,
    Verb.PUBLISH: PublishBody,
    Verb.FILE_ACROSS: AcrossBody,
    Verb.CORRECT: CorrectBody,
    Verb.TRANSFER: TransferBody,
    Verb.ACKNOWLEDGE: AcknowledgeBody,
    Verb.REPORT_RECTIFICATION: ReportBody,
    Verb.RECHECK: RecheckBody,
}
