"""Who may order the compile of a region's year."""

from agencies.authority import NotAuthorised
from agencies.journal import Actor
from agencies.models import Region
from officers.authority import Authority
from officers.roles import Permission


def orderer(authority: Authority, region: Region) -> Actor:
    """The account as the book records its order.  Raises NotAuthorised."""
    for held in authority.granting(Permission.YEAR_COMPILE):
        if _covers(held.region, region):
            return Actor(authority.account.name, held.role)
    raise NotAuthorised(Permission.YEAR_COMPILE)


def sealer(authority: Authority, region: Region) -> Actor:
    """The account as the book records its seal.  Raises NotAuthorised."""
    for held in authority.granting(Permission.YEAR_SEAL):
        if _covers(held.region, region):
            return Actor(authority.account.name, held.role)
    raise NotAuthorised(Permission.YEAR_SEAL)


def may_seal(authority: Authority, region: Region) -> bool:
    """Whether the account may propose and seal the region's periods."""
    try:
        return bool(sealer(authority, region))
    except NotAuthorised:
        return False


def reads_filings(authority: Authority, region: Region) -> bool:
    """Whether every filing behind a figure of `region` is open to the reader."""
    held = authority.granting(Permission.FILING_READ)
    return any(_covers(one.region, region) for one in held)


def _covers(held: Region | None, region: Region) -> bool:
    return held is not None and region.path.startswith(held.path)
