"""The whole authority of the system on one screen: who may do what (product 1)."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that one may be allowed to do."""

    FILING_READ = "filing.read"
    FILING_DRAFT = "filing.draft"
    FILING_SUBMIT = "filing.submit"
    FILING_JOIN = "filing.join"
    FILING_DECIDE = "filing.decide"
    FILING_ENDORSE = "filing.endorse"
    FILING_CHECK_IN = "filing.check_in"
    FILING_RECORD = "filing.record"
    FILING_CONFIRM = "filing.confirm"
    FILING_UNLOCK = "filing.unlock"
    REGISTER_READ = "register.read"
    REGISTER_WRITE = "register.write"
    PERSONAL_READ = "personal.read"
    CATALOGUE_WRITE = "catalogue.write"
    YEAR_READ = "year.read"
    YEAR_COMPILE = "year.compile"
    YEAR_SEAL = "year.seal"
    ALERT_HANDLE = "alert.handle"
    CASE_WORK = "case.work"
    ACCOUNT_MANAGE = "account.manage"
    RULES_SET = "rules.set"
    JOB_MANAGE = "job.manage"
    DISPOSAL_AGREE = "disposal.agree"
    OFFICE_NOMINATE = "office.nominate"
    GLASS_ASK = "glass.ask"
    GLASS_OPEN = "glass.open"
    GLASS_READ = "glass.read"


class Role(models.TextChoices):
    """The hats a person can wear; an appointment gives one of them for a time."""

    OFFICER = "officer", _("Officer")
    APPROVER = "approver", _("Approver")
    CLERK = "clerk", _("Clerk")
    SUPERVISOR = "supervisor", _("Supervisor")
    ENVIRONMENT = "environment", _("Soft-environment office")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("System administrator")
    SECURITY = "security", _("Security administrator")


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(
        {
            Permission.FILING_READ,
            Permission.FILING_DRAFT,
            Permission.FILING_SUBMIT,
            Permission.FILING_JOIN,
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
            Permission.GLASS_READ,
            Permission.OFFICE_NOMINATE,
        }
    ),
    Role.CLERK: frozenset(
        {
            Permission.FILING_READ,
            Permission.FILING_JOIN,
            Permission.REGISTER_READ,
            Permission.REGISTER_WRITE,
            Permission.PERSONAL_READ,
            Permission.YEAR_READ,
            Permission.GLASS_READ,
            Permission.OFFICE_NOMINATE,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            Permission.FILING_READ,
            Permission.FILING_ENDORSE,
            Permission.FILING_UNLOCK,
            Permission.REGISTER_READ,
            Permission.PERSONAL_READ,
            Permission.CATALOGUE_WRITE,
            Permission.YEAR_READ,
            Permission.YEAR_SEAL,
            Permission.DISPOSAL_AGREE,
            Permission.ALERT_HANDLE,
            Permission.CASE_WORK,
            Permission.GLASS_READ,
            Permission.OFFICE_NOMINATE,
        }
    ),
    Role.ENVIRONMENT: frozenset({Permission.CASE_WORK}),
    Role.AUDITOR: frozenset(
        {
            Permission.FILING_READ,
            Permission.REGISTER_READ,
            Permission.YEAR_READ,
            Permission.YEAR_COMPILE,
            Permission.YEAR_SEAL,
            Permission.DISPOSAL_AGREE,
            Permission.GLASS_READ,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {Permission.RULES_SET, Permission.JOB_MANAGE, Permission.GLASS_ASK}
    ),
    Role.SECURITY: frozenset({Permission.ACCOUNT_MANAGE, Permission.GLASS_OPEN}),
}

# What an administrator may do at one agency while its glass is broken: read, and nothing else.
THROUGH_GLASS = frozenset({Permission.FILING_READ})

AT_AGENCY = frozenset({Role.OFFICER, Role.APPROVER, Role.CLERK})
IN_REGION = frozenset({Role.SUPERVISOR, Role.ENVIRONMENT, Role.AUDITOR})

# Who appoints to which role (reliability c.3, row 3).  The same person never does both halves.
MAY_GRANT: dict[Role, frozenset[Role]] = {Role.SECURITY: frozenset(Role)}
MAY_CONFIRM: dict[Role, frozenset[Role]] = {Role.SECURITY: frozenset(Role)}

# Whom an office may nominate for, within its own agency or region; security administrators decide.
MAY_NOMINATE: dict[Role, frozenset[Role]] = {
    Role.APPROVER: AT_AGENCY,
    Role.CLERK: AT_AGENCY,
    Role.SUPERVISOR: AT_AGENCY | IN_REGION,
}

# Who decides, watches or administers: needs a second factor, and comes into office only when a
# second security administrator confirms it.
SENSITIVE = frozenset(
    {
        Role.APPROVER,
        Role.SUPERVISOR,
        Role.ENVIRONMENT,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
        Role.SECURITY,
    }
)

# Whoever runs the system or hands out its offices holds no other one, and so sees no filing; with
# the auditor they are the three administrations that never lie in one hand (I12).
APART = frozenset(
    frozenset({lonely, other})
    for lonely in (Role.ADMINISTRATOR, Role.SECURITY)
    for other in Role
    if other != lonely
)

# Of these somebody is always left (I13).
NEVER_VACANT = frozenset({Role.SECURITY, Role.AUDITOR, Role.ADMINISTRATOR})
