"""Who may act."""

from officers.models.access import ApiToken, RecoveryCode, SecondFactor, Throttle
from officers.models.account import Account, Appointment
from officers.models.break_glass import BreakGlass, GlassNotice
from officers.models.device import Device
from officers.models.idempotency import IdempotencyKey
from officers.models.nomination import Nomination
from officers.models.officer import Certificate, Officer

__all__ = [
    "Account",
    "ApiToken",
    "Appointment",
    "BreakGlass",
    "Certificate",
    "Device",
    "GlassNotice",
    "IdempotencyKey",
    "Nomination",
    "Officer",
    "RecoveryCode",
    "SecondFactor",
    "Throttle",
]
