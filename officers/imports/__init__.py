"""Rows of the registers of people."""

from officers.imports.accounts import Accounts, Appointments
from officers.imports.officers import Officers

__all__ = ["Accounts", "Appointments", "Officers"]
