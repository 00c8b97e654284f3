"""Make an API token for an account and print it this once."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency
from officers.actions.tokens import GRANTABLE, Grant, TokenRefused, make
from officers.models import Account
from officers.roles import Permission

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Make an API token that acts as an account, within its appointments, and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        known = ", ".join(sorted(GRANTABLE))
        parser.add_argument("username", help="the account the token acts as")
        parser.add_argument("--name", required=True, help="what the token is for")
        parser.add_argument("--scope", action="append", default=[], help=f"repeat; one of {known}")
        parser.add_argument("--agency", help="code of an agency; default: wherever it is appointed")
        parser.add_argument("--days", type=int, default=90, help="how long it lasts, 1 to 366")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        account = _one(Account.objects.filter(username=options["username"]), options["username"])
        try:
            grant = Grant(
                name=options["name"],
                scopes=frozenset(Permission(one) for one in options["scope"]),
                expires_at=now + timedelta(days=min(max(options["days"], 0), 10_000)),
                agency=_agency(options["agency"], local_date(now)),
            )
            token, text = make(account, grant, by=Actor("make_token"), at=now)
        except (TokenRefused, ValueError) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        self.stdout.write(text)
        self.stderr.write(
            _("It ends on %(day)s and is not shown again.") % {"day": local_date(token.expires_at)}
        )


def _agency(code: str | None, today: Any) -> Agency | None:
    return _one(Agency.objects.in_force(today).filter(code=code), code) if code else None


def _one(rows: Any, asked: str) -> Any:
    found = rows.first()
    if found is None:
        raise CommandError(
            _("“%(value)s” is not in the register.") % {"value": asked}, returncode=BAD_INPUT
        )
    return found
