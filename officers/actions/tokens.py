"""Tokens by which a program acts as an account: made, read, revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency
from officers import policy
from officers.authority import Authority
from officers.models import Account, ApiToken
from officers.roles import Permission

PREFIX = "jb_"
LONGEST = timedelta(days=366)
NOTE_USE_EVERY = timedelta(minutes=1)
GRANTABLE = frozenset(Permission) - {
    Permission.ACCOUNT_MANAGE,
    Permission.PERSONAL_READ,
    Permission.DISPOSAL_AGREE,
    Permission.OFFICE_NOMINATE,
    Permission.GLASS_ASK,
    Permission.GLASS_OPEN,
    Permission.GLASS_READ,
}


class BadToken(Exception):
    """The token is unknown, expired or revoked, or its account is barred."""

    code = "bad_token"


class TokenRefused(ValueError):
    """A token of this kind is never made; the message says why."""

    code = "token_refused"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token is for: its name, the permissions, the agency or all, and its end."""

    name: str
    scopes: frozenset[Permission]
    expires_at: datetime
    agency: Agency | None = None


@transaction.atomic
def make(
    account: Account, grant: Grant, *, by: Authority | Actor, at: datetime
) -> tuple[ApiToken, str]:
    """A token of the account and its text, which nobody can read again.  Raises TokenRefused."""
    actor = policy.security(by, account)
    _require_lawful(grant, at)
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=account,
        agency=grant.agency,
        name=grant.name,
        scopes=sorted(grant.scopes),
        hint=text[:9],
        digest=_digest(text),
        created_at=at,
        expires_at=grant.expires_at,
    )
    _tell("make_token", token, actor, at, scopes=token.scopes, expires_at=token.expires_at)
    return token, text


def read(text: str, *, at: datetime) -> tuple[ApiToken, Authority]:
    """The token and what it may do now; notes its use, at most once a minute.  Raises BadToken."""
    rows = ApiToken.objects.select_related("account").filter(digest=_digest(text))
    token = next(iter(rows.filter(revoked_at=None, expires_at__gt=at)), None)
    if token is None or not token.account.is_active:
        raise BadToken
    if token.last_used_at is None or token.last_used_at < at - NOTE_USE_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    authority = Authority.of(token.account, local_date(at))
    scope = frozenset(Permission(one) for one in token.scopes) & GRANTABLE
    return token, authority.within(scope, token.agency_id)


@transaction.atomic
def revoke(token: ApiToken, *, by: Authority, at: datetime) -> None:
    """End the token at its next use, as its owner or a security administrator.

    Raises NotAuthorised.
    """
    if by.account.pk != token.account_id and not by.may(Permission.ACCOUNT_MANAGE):
        raise NotAuthorised(_("Only its owner and security administrators revoke a token."))
    actor = by.actor(Permission.ACCOUNT_MANAGE)
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        _tell("revoke_token", token, actor, at)


def _require_lawful(grant: Grant, at: datetime) -> None:
    if not grant.scopes or not grant.scopes <= GRANTABLE:
        raise TokenRefused(
            _("Name at least one of these permissions: %(known)s.")
            % {"known": ", ".join(sorted(GRANTABLE))}
        )
    if not at < grant.expires_at <= at + LONGEST:
        raise TokenRefused(_("A token lasts at least a day and at most 366 days."))


def _tell(verb: str, token: ApiToken, actor: Actor, at: datetime, **facts: object) -> None:
    journal.append(
        journal.SYSTEM,
        verb,
        token,
        by=actor,
        at=at,
        name=token.name,
        account=token.account.username,
        agency=token.agency.code if token.agency else "",
        **facts,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
