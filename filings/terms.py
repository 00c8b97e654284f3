"""How long each clock runs: terms with the day from which they hold (domain D3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.calendar import add_working_days, local_date, midnight


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
    RECHECK = "recheck", _("Re-check the rectification")
    RECEIPT = "receipt", _("Receipt for the transfer")
    ANSWER = "answer", _("Answer the case")


@dataclass(frozen=True, slots=True)
class Term:
    """So many days, counted from the day after the one on which the clock starts."""

    days: int
    working: bool = True

    def end(self, start: datetime) -> datetime:
        """The first instant at which a term that starts at `start` is over."""
        day = local_date(start)
        counted = add_working_days(day, self.days)
        last = counted if self.working else day + timedelta(days=self.days)
        return midnight(last + timedelta(days=1))


TERMS: dict[Clock, tuple[tuple[date, Term], ...]] = {
    Clock.MERGE: ((date(2000, 1, 1), Term(1)),),
    Clock.JOIN: ((date(2000, 1, 1), Term(3)),),
    Clock.BACK_FILE: ((date(2000, 1, 1), Term(2)),),
    Clock.BACK_FILE_AFTER_FAULT: ((date(2000, 1, 1), Term(10, working=False)),),
    Clock.APPROVE_AFTERWARDS: ((date(2000, 1, 1), Term(2)),),
    Clock.CHECK_IN_LATE: ((date(2000, 1, 1), Term(10, working=False)),),
    Clock.RESULT: ((date(2000, 1, 1), Term(3)),),
    Clock.CONFIRM: ((date(2000, 1, 1), Term(3)),),
    Clock.DELIVER: ((date(2000, 1, 1), Term(3)),),
    Clock.PUBLISH: ((date(2000, 1, 1), Term(20)),),
    Clock.RECHECK: ((date(2000, 1, 1), Term(10)),),
    Clock.RECEIPT: ((date(2000, 1, 1), Term(5)),),
    Clock.ANSWER: ((date(2000, 1, 1), Term(15, working=False)),),
}


def term(clock: Clock, on: date) -> Term:
    """The term of `clock` that holds on the day `on`, the later one where it has changed.

    The first one known holds for days before it too: nothing that was typed stops a clock.
    """
    known = TERMS[clock]
    held = [one for since, one in known if since <= on]
    return held[-1] if held else known[0][1]


def ends(clock: Clock, start: datetime) -> datetime:
    """When `clock`, started at `start`, has run out."""
    return term(clock, local_date(start)).end(start)
