"""Opening, barring and readmitting accounts, their passwords, and who is which officer."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from agencies import journal
from agencies.calendar import local_date
from agencies.journal import Actor
from officers import policy
from officers.authority import Authority
from officers.models import Account, Officer
from officers.passwords import one_time_password

KEPT = 5
By = Authority | Actor


@transaction.atomic
def create_account(username: str, name: str, *, by: By, at: datetime) -> tuple[Account, str]:
    """A new account, and the password to hand over, which only opens the page to change it."""
    actor = policy.security(by)
    password = one_time_password()
    account = Account(username=username, name=name, created_at=at, must_change_password=True)
    account.set_password(password)
    account.password_set_at = at
    account.full_clean(exclude=["password"])
    account.save()
    journal.append(journal.SYSTEM, "create_account", account, by=actor, at=at, username=username)
    return account, password


@transaction.atomic
def open_account(username: str, name: str, *, password: str, by: Actor, at: datetime) -> Account:
    """A new account that can sign in with this password; without appointments it may do nothing."""
    account = Account(username=username, name=name, created_at=at)
    account.set_password(password)
    account.save()
    journal.append(journal.SYSTEM, "open_account", account, by=by, at=at, username=username)
    return account


@transaction.atomic
def set_password(account: Account, password: str, *, by: Actor, at: datetime) -> None:
    """The account signs in with this password from now on."""
    account.set_password(password)
    account.save(update_fields=["password"])
    journal.append(journal.SYSTEM, "set_password", account, by=by, at=at)


@transaction.atomic
def identify(officer: Officer, account: Account, *, by: Actor, at: datetime) -> None:
    """The officer under management is the person who signs in with this account."""
    officer.account = account
    officer.save(update_fields=["account"])
    journal.append(journal.SYSTEM, "identify", officer, by=by, at=at, username=account.username)


@transaction.atomic
def issue_password(account: Account, *, by: By, at: datetime) -> str:
    """A new one-time password; whoever is signed in with the old one is out."""
    actor = policy.security(by, account)
    password = one_time_password()
    _set(account, password, at, must_change=True)
    journal.append(journal.SYSTEM, "issue_password", account, by=actor, at=at)
    return password


@transaction.atomic
def change_password(account: Account, new: str, *, at: datetime) -> None:
    """The owner's own new password.  Raises ValidationError naming every rule it breaks."""
    validate_password(new, account)
    _set(account, new, at, must_change=False)
    journal.append(journal.SYSTEM, "change_password", account, by=Actor(account.name), at=at)


@transaction.atomic
def bar(account: Account, *, by: By, at: datetime, reason: str) -> None:
    """End every session and token of the account at its next request."""
    actor = policy.security(by, account)
    policy.require_others(account, local_date(at))
    Account.objects.filter(pk=account.pk).update(is_active=False)
    account.is_active = False
    journal.append(journal.SYSTEM, "bar_account", account, by=actor, at=at, reason=reason)


@transaction.atomic
def match(account: Account, subject: str, *, by: By, at: datetime) -> None:
    """Who signs in at the identity provider as `subject` is this account; empty ends it.

    Raises NotAuthorised, and ValidationError when another account is matched to it.
    """
    actor = policy.security(by, account)
    account.provider_subject = subject.strip() or None
    account.full_clean(exclude=["password"])
    account.save(update_fields=["provider_subject"])
    verb = "match_account" if account.provider_subject else "unmatch_account"
    journal.append(journal.SYSTEM, verb, account, by=actor, at=at)


@transaction.atomic
def readmit(account: Account, *, by: By, at: datetime) -> None:
    """Let a barred account sign in again."""
    actor = policy.security(by, account)
    Account.objects.filter(pk=account.pk).update(is_active=True)
    account.is_active = True
    journal.append(journal.SYSTEM, "readmit_account", account, by=actor, at=at)


def _set(account: Account, password: str, at: datetime, *, must_change: bool) -> None:
    former = [account.password, *account.former_passwords][:KEPT]
    account.set_password(password)
    account.former_passwords = former
    account.must_change_password = must_change
    account.password_set_at = at
    account.save()
