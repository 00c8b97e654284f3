"""The whole authority of the system on one screen: who may do what (product 1)."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that one may be allowed to do."""

    FILING_READ = "filing.read"
    FILING_DRAFT = "filing.draft"
    FILING_SUBMIT = "filing.submit"
    FILING_DECIDE = "filing.decide"
    FILING_CHECK_IN = "filing.check_in"
    FILING_RECORD = "filing.record"
    FILING_CONFIRM = "filing.confirm"
    FILING_UNLOCK = "filing.unlock"
    REGISTER_READ = "register.read"
    REGISTER_WRITE = "register.write"
    CATALOGUE_WRITE = "catalogue.write"
    YEAR_READ = "year.read"
    YEAR_COMPILE = "year.compile"
    YEAR_SEAL = "year.seal"
    ALERT_HANDLE = "alert.handle"
    ACCOUNT_MANAGE = "account.manage"
    RULES_SET = "rules.set"
    JOB_MANAGE = "job.manage"


class Role(models.TextChoices):
    """The hats a person can wear; an appointment gives one of them for a time."""

    OFFICER = "officer", _("Officer")
    APPROVER = "approver", _("Approver")
    CLERK = "clerk", _("Clerk")
    SUPERVISOR = "supervisor", _("Supervisor")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(
        {
            Permission.FILING_READ,
            Permission.FILING_DRAFT,
            Permission.FILING_SUBMIT,
            Permission.FILING_CHECK_IN,
            Permission.FILING_RECORD,
            Permission.REGISTER_READ,
        }
    ),
    Role.APPROVER: frozenset(
        {
            Permission.FILING_READ,
            Permission.FILING_DECIDE,
            Permission.FILING_CONFIRM,
            Permission.REGISTER_READ,
            Permission.YEAR_READ,
        }
    ),
    Role.CLERK: frozenset(
        {
            Permission.FILING_READ,
            Permission.REGISTER_READ,
            Permission.REGISTER_WRITE,
            Permission.YEAR_READ,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            Permission.FILING_READ,
            Permission.FILING_UNLOCK,
            Permission.REGISTER_READ,
            Permission.CATALOGUE_WRITE,
            Permission.YEAR_READ,
            Permission.YEAR_SEAL,
            Permission.ALERT_HANDLE,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.FILING_READ,
            Permission.REGISTER_READ,
            Permission.YEAR_READ,
            Permission.YEAR_COMPILE,
            Permission.YEAR_SEAL,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {Permission.ACCOUNT_MANAGE, Permission.RULES_SET, Permission.JOB_MANAGE}
    ),
}

AT_AGENCY = frozenset({Role.OFFICER, Role.APPROVER, Role.CLERK})
IN_REGION = frozenset({Role.SUPERVISOR, Role.AUDITOR})

SENSITIVE = frozenset({Role.APPROVER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR})
APART = (
    frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
)
