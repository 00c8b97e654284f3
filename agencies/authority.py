"""Who may change a register: asked here, answered by the app that knows accounts and offices."""

from typing import Protocol

from agencies.journal import Actor
from agencies.models import Agency, Region


class NotAuthorised(Exception):
    """The caller's appointments do not include what the verb needs."""

    code = "not_authorised"


class Holder(Protocol):
    """Somebody signed in.  Both questions raise NotAuthorised for one who may not."""

    def keeper(self, agency: Agency | None) -> Actor:
        """The caller as one who keeps the registers of `agency`; None asks for any agency."""

    def registrar(self, region: Region | None) -> Actor:
        """The caller as one who keeps the catalogue of `region`; None asks for the whole one."""


By = Holder | Actor


def keeper(by: By, agency: Agency | None) -> Actor:
    """Who keeps the agency's registers; an Actor is a command at the machine itself."""
    return by if isinstance(by, Actor) else by.keeper(agency)


def registrar(by: By, region: Region | None) -> Actor:
    """Who keeps the region's catalogue; an Actor is a command at the machine itself."""
    return by if isinstance(by, Actor) else by.registrar(region)
