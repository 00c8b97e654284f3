"""Which form asks for a verb."""

from filings.web.joint_forms import DeclineForm, LeaveForm, OfferForm
from filings.web.result_forms import (
    AcknowledgeForm,
    AcrossForm,
    CorrectForm,
    DeliverForm,
    PublishForm,
    RecheckForm,
    ReportForm,
    TransferForm,
)
from filings.web.verb_forms import (
    ApproveForm,
    CheckInForm,
    CloseForm,
    LateCheckInForm,
    ReasonForm,
    RecordForm,
    ReturnForm,
    ServeForm,
    VerbForm,
)
from filings.workflow import Verb

FORMS: dict[Verb, type[VerbForm]] = {
    Verb.SUBMIT: VerbForm,
    Verb.APPROVE: ApproveForm,
    Verb.RETURN: ReturnForm,
    Verb.ENDORSE: ApproveForm,
    Verb.OPPOSE: ReasonForm,
    Verb.JOIN: OfferForm,
    Verb.MERGE: OfferForm,
    Verb.DECLINE: DeclineForm,
    Verb.LEAVE: LeaveForm,
    Verb.WITHDRAW: ReasonForm,
    Verb.EXPIRE: VerbForm,
    Verb.CHECK_IN: CheckInForm,
    Verb.CHECK_IN_LATE: LateCheckInForm,
    Verb.ADMIT_LATE: ReasonForm,
    Verb.SERVE: ServeForm,
    Verb.REFUSE: ReasonForm,
    Verb.TERMINATE: ReasonForm,
    Verb.RECORD: RecordForm,
    Verb.CONFIRM: VerbForm,
    Verb.CLOSE: CloseForm,
    Verb.UNLOCK: ReasonForm,
    Verb.APPROVE_AFTERWARDS: ApproveForm,
    Verb.VOID: ReasonForm,
    Verb.DELIVER: DeliverForm,
    Verb.PUBLISH: PublishForm,
    Verb.FILE_ACROSS: AcrossForm,
    Verb.CORRECT: CorrectForm,
    Verb.TRANSFER: TransferForm,
    Verb.ACKNOWLEDGE: AcknowledgeForm,
    Verb.REPORT_RECTIFICATION: ReportForm,
    Verb.RECHECK: RecheckForm,
}
