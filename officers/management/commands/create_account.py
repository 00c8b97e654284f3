"""Make an account from the command line: the way the first security administrators come in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency, Region
from officers.actions.accounts import create_account
from officers.actions.appointing import Office, appoint
from officers.roles import AT_AGENCY, IN_REGION, Role

BAD_INPUT = 2
BY = Actor("create_account")


class Command(BaseCommand):
    help = "Make an account, appoint it, and print the password it has to change at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name to sign in with")
        parser.add_argument("--name", help="the person's name; default: the user name")
        parser.add_argument("--role", choices=Role.values, help="the role to appoint to")
        parser.add_argument("--agency", help="code of the agency, for agency roles")
        parser.add_argument("--region", help="code of the region, for supervisors and auditors")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        username = options["username"]
        try:
            account, password = create_account(username, options["name"] or username, by=BY, at=now)
            if options["role"]:
                office = _office(options, local_date(now))
                appoint(account, office, by=BY, at=now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=BAD_INPUT) from error
        self.stdout.write(_("User name: %s") % account.username)
        self.stdout.write(_("One-time password: %s") % password)
        self.stdout.write(_("It must be changed at the first sign-in and is not shown again."))


def _office(options: dict[str, Any], today: Any) -> Office:
    role, agency, region = options["role"], options["agency"], options["region"]
    if (role in AT_AGENCY) != bool(agency) or (role in IN_REGION) != bool(region):
        raise CommandError(
            _(
                "Officers, approvers and clerks need --agency, supervisors and auditors --region, "
                "administrators neither."
            ),
            returncode=BAD_INPUT,
        )
    return Office(
        role=role,
        start=today,
        agency=_one(Agency.objects.in_force(today), agency, "agency") if agency else None,
        region=_one(Region.objects.in_force(today), region, "region") if region else None,
    )


def _one(rows: Any, code: str, option: str) -> Any:
    found = rows.filter(code=code).first()
    if found is None:
        raise CommandError(
            _("--%(option)s %(code)s is not in the register.") % {"option": option, "code": code},
            returncode=BAD_INPUT,
        )
    return found
