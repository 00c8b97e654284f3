"""What is counted when a code is scanned that nobody knows."""

from datetime import datetime, timedelta

import structlog

from officers.actions import throttling
from officers.actions.throttling import Limit, TooManyAttempts

MINUTE = timedelta(minutes=1)
MISSES = Limit("code.miss", 20, MINUTE)
ALL_MISSES = Limit("code.miss.all", 1000, MINUTE)
log = structlog.get_logger("jianbei.door")


def admit_miss(address: str, *, at: datetime) -> None:
    """Count one code that is not known; an alarm is logged when the city sees too many a minute.

    Raises TooManyAttempts when the address has had its share.  A known code is never counted:
    who holds one is kept out by nobody else's guessing.
    """
    throttling.take(MISSES, address, at=at)
    try:
        throttling.take(ALL_MISSES, at=at)
    except TooManyAttempts as many:
        log.error("door.codes_are_being_guessed", seconds=many.seconds)
