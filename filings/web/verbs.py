"""Which form asks for a verb, and which action does it."""

from collections.abc import Callable

from filings import actions
from filings.models import Filing
from filings.web.result_forms import (
    AcknowledgeForm,
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
    ReasonForm,
    RecordForm,
    VerbForm,
)
from filings.workflow import Verb

FORMS: dict[Verb, type[VerbForm]] = {
    Verb.SUBMIT: VerbForm,
    Verb.APPROVE: ApproveForm,
    Verb.RETURN: ReasonForm,
    Verb.WITHDRAW: ReasonForm,
    Verb.EXPIRE: VerbForm,
    Verb.CHECK_IN: CheckInForm,
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
    Verb.CORRECT: CorrectForm,
    Verb.TRANSFER: TransferForm,
    Verb.ACKNOWLEDGE: AcknowledgeForm,
    Verb.REPORT_RECTIFICATION: ReportForm,
    Verb.RECHECK: RecheckForm,
}
ACTIONS: dict[Verb, Callable[..., Filing]] = {
    Verb.SUBMIT: actions.submit,
    Verb.APPROVE: actions.approve,
    Verb.RETURN: actions.return_,
    Verb.WITHDRAW: actions.withdraw,
    Verb.EXPIRE: actions.expire,
    Verb.CHECK_IN: actions.check_in,
    Verb.REFUSE: actions.refuse,
    Verb.TERMINATE: actions.terminate,
    Verb.RECORD: actions.record,
    Verb.CONFIRM: actions.confirm,
    Verb.CLOSE: actions.close,
    Verb.UNLOCK: actions.unlock,
    Verb.APPROVE_AFTERWARDS: actions.approve_afterwards,
    Verb.VOID: actions.void,
    Verb.DELIVER: actions.deliver,
    Verb.PUBLISH: actions.publish,
    Verb.CORRECT: actions.correct,
    Verb.TRANSFER: actions.transfer,
    Verb.ACKNOWLEDGE: actions.acknowledge,
    Verb.REPORT_RECTIFICATION: actions.report_rectification,
    Verb.RECHECK: actions.recheck,
}
