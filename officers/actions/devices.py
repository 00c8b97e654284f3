"""The devices on which an account signs without a connection: registered and revoked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from officers.authority import Authority
from officers.models import Device
from officers.roles import Permission
from officers.signatures import BadKey, read_key

MOST = 10
LONGEST_NAME = 120


class DeviceRefused(ValueError):
    """The device cannot be registered; `field` names what is wrong and the message why."""

    code = "device_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def require_door(by: Authority) -> None:
    """Refuse those who check in nowhere.  Raises NotAuthorised."""
    if not by.may(Permission.FILING_CHECK_IN):
        raise NotAuthorised(_("Only officers of an agency check in at a door."))


@transaction.atomic
def register(name: str, public_key: str, *, by: Authority, at: datetime) -> Device:
    """The caller's device with this key; the same one when it is known already.

    Raises NotAuthorised for those who check in nowhere, DeviceRefused for a key of another kind, a
    key that was revoked, and the eleventh device.
    """
    require_door(by)
    try:
        read_key(public_key)
    except BadKey as bad:
        message = _("This is no public key on the curve P-256 in base64.")
        raise DeviceRefused("public_key", message) from bad
    mine = Device.objects.filter(account=by.account)
    known = mine.filter(public_key=public_key).first()
    if known is not None and known.revoked_at is None:
        return known
    if known is not None:
        message = _("This device was revoked. Let it make a new key.")
        raise DeviceRefused("public_key", message)
    if mine.filter(revoked_at=None).count() >= MOST:
        message = _("You have %(most)d devices already. Revoke one that you no longer use.")
        raise DeviceRefused("public_key", message % {"most": MOST})
    made = Device.objects.create(
        account=by.account,
        name=name.strip()[:LONGEST_NAME] or _("A device"),
        public_key=public_key,
        registered_at=at,
    )
    _tell("register_device", made, by, at)
    return made


@transaction.atomic
def revoke(device: Device, *, by: Authority, at: datetime) -> Device:
    """The device vouches for nothing any more.  Only its owner and administrators may."""
    if by.account.pk != device.account_id and not by.may(Permission.ACCOUNT_MANAGE):
        raise NotAuthorised(_("Only its owner and administrators revoke a device."))
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at):
        _tell("revoke_device", device, by, at)
    device.refresh_from_db()
    return device


def _tell(verb: str, device: Device, by: Authority, at: datetime) -> None:
    journal.append(
        journal.SYSTEM,
        verb,
        device,
        by=by.actor(Permission.FILING_CHECK_IN),
        at=at,
        name=device.name,
        account=device.account.username,
    )
