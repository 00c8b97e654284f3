"""What is said of each verb once it is done: in the history, and to whoever did it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filings.workflow import Verb

TOLD = {
    Verb.DRAFT: gettext_lazy("drafted it"),
    Verb.REVISE: gettext_lazy("revised it"),
    Verb.SUBMIT: gettext_lazy("submitted it"),
    Verb.APPROVE: gettext_lazy("approved it"),
    Verb.RETURN: gettext_lazy("returned it"),
    Verb.ENDORSE: gettext_lazy("agreed on second review"),
    Verb.OPPOSE: gettext_lazy("objected on second review"),
    Verb.JOIN: gettext_lazy("agreed to a joint visit"),
    Verb.MERGE: gettext_lazy("merged two visits into one"),
    Verb.DECLINE: gettext_lazy("declined a joint visit"),
    Verb.LEAVE: gettext_lazy("left the shared visit"),
    Verb.WITHDRAW: gettext_lazy("withdrew it"),
    Verb.EXPIRE: gettext_lazy("let it expire"),
    Verb.CHECK_IN: gettext_lazy("checked in on site"),
    Verb.CHECK_IN_LATE: gettext_lazy("recorded the check-in afterwards"),
    Verb.ADMIT_LATE: gettext_lazy("admitted a late check-in"),
    Verb.SERVE: gettext_lazy("noted the notice served"),
    Verb.REFUSE: gettext_lazy("recorded a refusal by the subject"),
    Verb.TERMINATE: gettext_lazy("terminated it"),
    Verb.RECORD: gettext_lazy("recorded the result"),
    Verb.CONFIRM: gettext_lazy("confirmed the result"),
    Verb.CLOSE: gettext_lazy("closed it"),
    Verb.OPEN_EMERGENCY: gettext_lazy("began an emergency inspection"),
    Verb.BACK_FILE: gettext_lazy("filed it afterwards"),
    Verb.UNLOCK: gettext_lazy("unlocked late filing"),
    Verb.APPROVE_AFTERWARDS: gettext_lazy("approved it afterwards"),
    Verb.VOID: gettext_lazy("voided it"),
    Verb.ATTACH: gettext_lazy("added evidence"),
    Verb.DELIVER: gettext_lazy("told the subject the result"),
    Verb.PUBLISH: gettext_lazy("decided on the publication"),
    Verb.CORRECT: gettext_lazy("corrected the result"),
    Verb.FILE_ACROSS: gettext_lazy("filed it with the other region"),
    Verb.TRANSFER: gettext_lazy("handed the matter on"),
    Verb.ACKNOWLEDGE: gettext_lazy("noted the receipt of a transfer"),
    Verb.REPORT_RECTIFICATION: gettext_lazy("noted the report of the rectification"),
    Verb.RECHECK: gettext_lazy("re-checked the rectification"),
}


def done(verb: Verb) -> str:
    """What to say when `verb` has been done."""
    said = {
        Verb.SUBMIT: _("The filing is submitted; the approver sees it now."),
        Verb.APPROVE: _("The filing is approved and has its number."),
        Verb.RETURN: _("The filing is returned to its officer."),
        Verb.ENDORSE: _("You have agreed; the agency may approve the filing now."),
        Verb.OPPOSE: _("The filing is returned to its officer."),
        Verb.JOIN: _("Your answer is noted; the visit is joint as soon as both sides agree."),
        Verb.MERGE: _("The two visits are one."),
        Verb.DECLINE: _("The offer is declined."),
        Verb.LEAVE: _("The filing has a visit of its own again."),
        Verb.WITHDRAW: _("The filing is withdrawn."),
        Verb.EXPIRE: _("The filing has expired."),
        Verb.CHECK_IN: _("You are checked in; record the result before you leave."),
        Verb.CHECK_IN_LATE: _("The check-in is recorded; record the result now."),
        Verb.ADMIT_LATE: _("The arrival may be recorded now."),
        Verb.SERVE: _("It is noted that the notice was served."),
        Verb.REFUSE: _("The refusal is recorded."),
        Verb.TERMINATE: _("The inspection is terminated."),
        Verb.RECORD: _("The result is recorded; the approver confirms it."),
        Verb.CONFIRM: _("The result is confirmed."),
        Verb.CLOSE: _("The filing is closed."),
        Verb.UNLOCK: _("The filing may be made up for."),
        Verb.APPROVE_AFTERWARDS: _("The filing is approved and has its number."),
        Verb.VOID: _("The filing is void; its number is not used again."),
        Verb.DELIVER: _("It is noted that the subject was told."),
        Verb.PUBLISH: _("The publication is settled."),
        Verb.CORRECT: _("The result is corrected; the approver confirms it anew."),
        Verb.FILE_ACROSS: _("The filing with the other region is noted."),
        Verb.TRANSFER: _("The transfer is noted."),
        Verb.ACKNOWLEDGE: _("The receipt is noted."),
        Verb.REPORT_RECTIFICATION: _("The report is noted; the re-check is due."),
        Verb.RECHECK: _("The re-check is noted."),
    }
    return said.get(verb, "")
