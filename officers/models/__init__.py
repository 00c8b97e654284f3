"""Who may act."""

from officers.models.account import Account, Appointment
from officers.models.officer import Certificate, Officer

__all__ = ["Account", "Appointment", "Certificate", "Officer"]
