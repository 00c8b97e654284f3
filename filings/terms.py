"""What deadlines are set for, and how a term is counted (domain D3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.calendar import local_date, midnight
from agencies.working_days import WorkingDays


class Clock(models.TextChoices):
    """What a deadline is set for."""

    MERGE = "merge", _("Answer the offer to merge two visits")
    JOIN = "join", _("Answer the offer of a joint visit")
    VISIT = "visit", _("Make the visit")
    BACK_FILE = "back_file", _("Back-file the emergency")
    BACK_FILE_AFTER_FAULT = "back_file_after_fault", _("Back-file after a fault")
    APPROVE_AFTERWARDS = "approve_afterwards", _("Approve the emergency")
    CHECK_IN_LATE = "check_in_late", _("Record the arrival afterwards")
    RESULT = "result", _("Record the result")
    CONFIRM = "confirm", _("Confirm the result")
    DELIVER = "deliver", _("Tell the subject the result")
    PUBLISH = "publish", _("Publish the result")
    RECTIFY = "rectify", _("The subject rectifies")
    DECIDE_EVIDENCE = "decide_evidence", _("Decide on the evidence registered in advance")
    RECHECK = "recheck", _("Re-check the rectification")
    RECEIPT = "receipt", _("Receipt for the transfer")
    ANSWER = "answer", _("Answer the case")
    TAKE_CASE = "take_case", _("Take the case up")
    CALL_BACK = "call_back", _("Call the enterprise back")
    REPLY = "reply", _("Reply to the office")
    MEND = "mend", _("Mend what was found right")
    ANNUAL_PLAN = "annual_plan", _("Publish the annual plan")
    SPECIAL_PLAN = "special_plan", _("Publish the special plan")
    UPDATE_LIST = "update_list", _("Update the list of items")
    FILE_ACROSS = "file_across", _("File with the other region")
    ANNUAL_DATA = "annual_data", _("Publish the data of the year")
    DECIDE_RECUSAL = "decide_recusal", _("Decide on the recusal")


@dataclass(frozen=True, slots=True)
class Term:
    """So many working days, then so many days of the calendar; or so many hours.

    Days are counted from the day after the one on which the clock starts, hours from the start.
    """

    working_days: int
    days: int = 0
    hours: int = 0

    def end(self, start: datetime, calendar: WorkingDays) -> datetime:
        """The first instant at which a term that starts at `start` is over."""
        if self.hours:
            return start + timedelta(hours=self.hours)
        worked = calendar.add(local_date(start), self.working_days)
        return midnight(worked + timedelta(days=self.days + 1))
