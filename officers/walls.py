"""What does the database hold back of people, and how far does an authority reach into it?"""

from agencies.walls import Scope, of_agency, of_parent
from officers.authority import Authority

WALLS = (
    of_agency("officers_officer"),
    of_parent("officers_certificate", "officer_id", "officers_officer"),
)


def scope(authority: Authority) -> Scope:
    """The agencies of the appointments, whatever these permit: what is permitted is asked apart.

    Where a glass is broken, its agency is among them.
    """
    held = (*authority.appointments, *authority.lent)
    return Scope(
        own=tuple(sorted({one.agency_id for one in held if one.agency_id is not None})),
        watched=tuple(sorted({one.region.path for one in held if one.region is not None})),
        account=authority.account.pk,
    )
