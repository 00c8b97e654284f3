"""Who may act."""

from officers.models.access import ApiToken, RecoveryCode, SecondFactor, Throttle
from officers.models.account import Account, Appointment
from officers.models.device import Device
from officers.models.idempotency import IdempotencyKey
from officers.models.officer import Certificate, Officer

__all__ = [
    "Account",
    "ApiToken",
    "Appointment",
    "Certificate",
    "Device",
    "IdempotencyKey",
    "Officer",
    "RecoveryCode",
    "SecondFactor",
    "Throttle",
]
