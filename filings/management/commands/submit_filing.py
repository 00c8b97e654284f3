"""Submits a draft at the machine, or says everything that stops it."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from filings import actions
from filings.models import Filing
from filings.policy import StaleFiling, TransitionNotAllowed
from filings.rules import FilingIncomplete, problems
from officers.authority import Authority
from officers.models import Account

REFUSALS = (NotAuthorised, TransitionNotAllowed, StaleFiling)


class Command(BaseCommand):
    help = (
        "Submits the draft ID in the name of an account. Ends with 1 and one line for each problem "
        "when the rules stop it: field, code, rule, what to do."
    )

    def add_arguments(self, parser):
        parser.add_argument("id", type=int)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who submits")
        parser.add_argument("--dry-run", action="store_true", help="only judge; change nothing")

    def handle(self, *, id, by, dry_run, **options):
        now = timezone.now()
        account = Account.objects.filter(username=by).first()
        if account is None:
            raise CommandError(_("No account is called “%(name)s”.") % {"name": by[:60]})
        authority = Authority.of(account, local_date(now))
        filing = Filing.objects.visible_to(authority).filter(pk=id).first()
        if filing is None:
            raise CommandError(_("%(name)s sees no filing %(id)s.") % {"name": by[:60], "id": id})
        try:
            with transaction.atomic():
                self._do(filing, authority, now, dry_run)
        except FilingIncomplete as stopped:
            for one in stopped.problems:
                self.stdout.write(f"{one.pointer}\t{one.code}\t{one.rule}\t{one.message}")
            raise CommandError(str(stopped)) from stopped
        except REFUSALS as refused:
            raise CommandError(str(refused)) from refused

    def _do(self, filing, authority, now, dry_run):
        if dry_run:
            found = [one for one in problems(filing, now) if one.stops]
            if found:
                raise FilingIncomplete(found)
            self.stdout.write(_("Nothing stops the filing."))
            return
        actions.submit(filing, by=authority, at=now)
        self.stdout.write(_("The filing is submitted; the approver sees it now."))
