"""Gives the role under which the program runs what it needs in PostgreSQL, and no more."""

import re
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies import grants


class Command(BaseCommand):
    help = (
        "Lets ROLE read and write rows, but neither change nor delete events, nor own a table. "
        "Run it as the owner of the tables after every migrate, and let the program sign in as "
        "ROLE."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", help="the role of the program, made when it is not there")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password of the role from the first line of standard input",
        )

    @transaction.atomic
    def handle(self, *, role, password_stdin, **options):
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", role):
            raise CommandError(
                _("“%(role)s” is no plain name of a role; write small letters, digits and _.")
                % {"role": role[:80]}
            )
        password = sys.stdin.readline().strip() if password_stdin else ""
        if password_stdin and not password:
            raise CommandError(_("Standard input holds no password."))
        try:
            grants.grant(connection, grants.Role(role, password))
        except grants.NoRoles as error:
            raise CommandError(_("Only PostgreSQL has roles; nothing was changed.")) from error
        self.stdout.write(_("%(role)s may add events, and change or delete none.") % {"role": role})
