"""What is counted when a code is scanned that nobody knows."""

from datetime import datetime, timedelta

import structlog

from officers.actions import throttling
from officers.actions.throttling import Limit, TooManyAttempts

MINUTE = timedelta(minutes=1)
MISSES = Limit("code.miss", 20, MINUTE)
ALL_MISSES = Limit("code.miss.all", 1000, MINUTE)
ALARM = Limit("code.alarm", 0, timedelta(days=1))
log = structlog.get_logger("jianbei.door")


def admit_miss(address: str, *, at: datetime) -> None:
    """Count one code that is not known; too many a minute in the whole city ring the alarm.

    It is logged, and stands on the health page for a day.

    Raises TooManyAttempts when the address has had its share.  A known code is never counted:
    who holds one is kept out by nobody else's guessing.
    """
    throttling.take(MISSES, address, at=at)
    try:
        throttling.take(ALL_MISSES, at=at)
    except TooManyAttempts as many:
        throttling.note(ALARM, at=at)
        log.error("door.codes_are_being_guessed", seconds=many.seconds)


def were_guessed(*, at: datetime) -> bool:
    """Whether codes were tried by the thousand within the day before `at`."""
    return throttling.is_noted(ALARM, at=at)
