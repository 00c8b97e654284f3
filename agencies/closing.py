"""What ends with an agency?  Answered by the apps above, which say so when they are loaded.

The ground floor knows no officer and no appointment, yet `dissolve` must leave neither behind.
"""

from datetime import date, datetime
from typing import Protocol

from agencies.journal import Actor
from agencies.models import Agency


class Closing(Protocol):
    """Ends everything of one kind that stands at the agency, in the caller's transaction."""

    def __call__(
        self, agency: Agency, *, on: date, by: Actor, at: datetime, reason: str
    ) -> None: ...


_closings: list[Closing] = []


def ends_with_agency(closing: Closing) -> Closing:
    """Have `closing` called whenever an agency is dissolved; a decorator."""
    _closings.append(closing)
    return closing


def close(agency: Agency, *, on: date, by: Actor, at: datetime, reason: str) -> None:
    """End whatever ends with the agency."""
    for closing in _closings:
        closing(agency, on=on, by=by, at=at, reason=reason)
