"""What is odd about a visit: the supervisor is told, nobody is kept from the door (R-SIT-1, I8)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any, Protocol

from django.utils.translation import gettext_noop as _

from agencies.models import ItemVersion
from filings.models import Filing, FilingOfficer, OfflineArrival, Visit
from filings.rules.case import Case
from filings.rules.problem import Problem
from filings.workflow import AFTER_THE_DOOR, Status

THERE = (*AFTER_THE_DOOR, Status.CONFIRMED, Status.CLOSED)
EARTH = 6_371_000
MINUTE = timedelta(minutes=1)


class Placed(Protocol):
    """What has a place on the ground, in degrees, or none that is known."""

    @property
    def latitude(self) -> Any: ...

    @property
    def longitude(self) -> Any: ...


def metres(one: Placed, other: Placed) -> int | None:
    """How far apart two places are on the ground, in metres; None when one is not known."""
    known = (one.latitude, one.longitude, other.latitude, other.longitude)
    if any(part is None for part in known):
        return None
    north, east, there, away = (radians(float(str(part))) for part in known)
    half = sin((there - north) / 2) ** 2 + cos(north) * cos(there) * sin((away - east) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(min(half, 1))))


def near_the_address(case: Case, visit: Visit) -> Iterator[Problem]:
    """I8: who checks in stands at the address, as exactly as the device knows it."""
    found, most = metres(visit, case.subject), case.param("far_from_address", "metres")
    if found is not None and found - (visit.accuracy or 0) > most:
        yield Problem(
            "latitude",
            "far_from_address",
            "I8",
            _(
                "The check-in was %(found)s m from the address of %(subject)s; %(most)s m are "
                "allowed. Ask the officers where they were."
            ),
            {"found": found, "subject": case.subject, "most": most},
        )


def a_code_is_scanned(case: Case, visit: Visit) -> Iterator[Problem]:
    """R-SIT-1: on arrival a code is scanned or shown; only an emergency has none yet."""
    at_the_door = case.filing.method == ItemVersion.Method.ON_SITE and not case.filing.emergency
    if at_the_door and visit.scan_of == Visit.ScanOf.NONE and not visit.code_shown:
        yield Problem(
            "scan_of",
            "arrival_not_scanned",
            "R-SIT-1",
            _(
                "At %(subject)s nothing was scanned and no code was shown on arrival. "
                "Ask the officers why."
            ),
            {"subject": case.subject},
        )


def one_place_at_a_time(case: Case, visit: Visit) -> Iterator[Problem]:
    """I8: an officer does not arrive at two doors within minutes, unless they are neighbours."""
    if visit.arrived_at is None:
        return
    minutes, near = (case.param("two_places_at_once", name) for name in ("minutes", "metres"))
    span = timedelta(minutes=minutes)
    there = (
        FilingOfficer.objects.filter(
            officer__in=case.officers,
            filing__status__in=THERE,
            filing__visit__arrived_at__gt=visit.arrived_at - span,
            filing__visit__arrived_at__lt=visit.arrived_at + span,
        )
        .exclude(filing__subject=case.subject)
        .select_related("officer", "filing__visit", "filing__subject")
        .order_by("filing", "officer")
    )
    for one in there:
        apart = metres(visit, one.filing.visit or visit)
        if apart is None or apart > near:
            yield Problem(
                "officers",
                "two_places_at_once",
                "I8",
                _(
                    "%(officer)s arrived here and at %(other)s within %(minutes)s minutes. Ask "
                    "who was where."
                ),
                {"officer": one.officer, "other": one.filing.subject, "minutes": minutes},
            )
            return


def stayed_long_enough(case: Case, visit: Visit) -> Iterator[Problem]:
    """I8: the result of a visit is not recorded a few minutes after the arrival."""
    least, left = case.param("visit_too_short", "minutes"), visit.left_at
    if visit.arrived_at is None or left is None:
        return
    if left - visit.arrived_at >= timedelta(minutes=least):
        return
    yield Problem(
        "left_at",
        "visit_too_short",
        "I8",
        _(
            "The result was recorded %(found)s minutes after the arrival; a visit takes %(least)s "
            "minutes at least. Ask what was inspected."
        ),
        {"found": (left - visit.arrived_at) // MINUTE, "least": least},
    )


def clock_of_the_device(case: Case, noted: OfflineArrival) -> Iterator[Problem]:
    """P27: the clock of the device agrees with the server's."""
    most = case.param("device_clock_off", "minutes")
    if abs(noted.skew) > most * 60:
        yield Problem(
            "sent_at",
            "device_clock_off",
            "R-SIT-2",
            _(
                "The clock of the device was off by %(found)s minutes; %(most)s are allowed. The "
                "arrival was reckoned by the server's clock."
            ),
            {"found": round(noted.skew / 60), "most": most},
        )


def signed_on_the_device(case: Case, noted: OfflineArrival) -> Iterator[Problem]:
    """R-SIT-2: what was noted without a connection is vouched for by the officer's device."""
    if noted.proof != OfflineArrival.Proof.VALID:
        yield Problem(
            "signature",
            "arrival_not_signed",
            "R-SIT-2",
            _("No registered device vouches for the arrival of %(time)s. Ask for the reason."),
            {"time": noted.device_time.isoformat(timespec="minutes")},
        )


def arrived_when_allowed(case: Case, arrived: datetime) -> Iterator[Problem]:
    """R-APP-1: nobody was there before the approval and the window, whatever the device says."""
    if arrived < permitted(case.filing):
        yield Problem(
            "arrived_at",
            "arrival_before_permitted",
            "R-APP-1",
            _(
                "By the clock of the device the officers arrived at %(time)s, before they were "
                "allowed to. The arrival was recorded with the first lawful moment."
            ),
            {"time": arrived.isoformat(timespec="minutes")},
        )


def notice_was_served(case: Case) -> Iterator[Problem]:
    """R-NOT-1: every inspection is told of in writing, unless nobody was to know or could wait."""
    filing = case.filing
    if filing.notice_served_at is None and not filing.unannounced and not filing.emergency:
        yield Problem(
            "notice_served_at",
            "notice_not_served",
            "R-NOT-1",
            _(
                "It is not noted that %(subject)s got the notice of this inspection. Serve the "
                "notice and note it, then record the result."
            ),
            {"subject": case.subject},
        )


ARRIVAL = (near_the_address, a_code_is_scanned, one_place_at_a_time)
LEAVING = (stayed_long_enough,)
RESULT = (notice_was_served,)
OFFLINE = (clock_of_the_device, signed_on_the_device)


def permitted(filing: Filing) -> datetime:
    """The first moment at which the officers may be at the door."""
    return max(filing.planned_start, filing.approved_at or filing.planned_start)
