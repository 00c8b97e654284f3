"""`import_records KIND FILE`: take a CSV or XLSX file into the register."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.calendar import local_date
from agencies.imports import batch, mapping, template
from agencies.imports.faults import FileRefused
from agencies.imports.kind import Kind
from agencies.journal import Actor
from filings.imports.kinds import KINDS
from officers.authority import Authority
from officers.imports import Accounts, Appointments
from officers.models import Account

AT_THE_MACHINE = {kind.name: kind for kind in (Accounts, Appointments)}
EVERY: dict[str, type[Kind]] = KINDS | AT_THE_MACHINE


class Command(BaseCommand):
    help = _(
        "Take a CSV or XLSX file into the register. Every refused row is named with the reason. "
        "Ends with 0 when all rows were taken, 1 when rows were refused, 2 when nothing was read."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", nargs="?", help=", ".join(EVERY))
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--map", type=Path, help=_("TOML map from foreign columns to ours"))
        parser.add_argument("--dry-run", action="store_true", help=_("check, change nothing"))
        parser.add_argument(
            "--partial", action="store_true", help=_("take the good rows although others are bad")
        )
        parser.add_argument("--refused", type=Path, help=_("where to write the refused rows"))
        parser.add_argument("--by", default="import_records", help=_("who imports"))
        parser.add_argument(
            "--account",
            metavar="USERNAME",
            help=_("in whose name inspections are submitted (kind drafts)"),
        )
        parser.add_argument("--template", metavar="KIND", help=_("print an empty table to fill"))

    def handle(self, *args, **options):
        if options["template"]:
            return self._template(_kind(options["template"]))
        if not options["kind"] or not options["file"]:
            raise CommandError(_("Say which kind and which file."), returncode=2)
        try:
            account = self._take(_kind(options["kind"]), options)
        except FileRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        for line in account.lines():
            self.stdout.write(line)
        self.stdout.write(_ending(account, options))
        if account.refused:
            raise SystemExit(1)
        return None

    def _take(self, kind, options):
        if options["account"]:
            kind.brought_by(_authority(options["account"]))
        order = batch.Order(
            path=options["file"],
            rules=mapping.load(options["map"], kind) if options["map"] else mapping.Map(),
            dry_run=options["dry_run"],
            partial=options["partial"],
            refused=options["refused"],
        )
        return batch.take(
            kind, order, by=Actor(options["by"]), at=timezone.now(), progress=self._progress()
        )

    def _progress(self):
        """Tell every two seconds how far the file has been read."""
        told = time.monotonic()

        def tell(read):
            nonlocal told
            if time.monotonic() - told > 2:
                told = time.monotonic()
                self.stderr.write(_("%(read)d rows read …") % {"read": read})

        return tell

    def _template(self, kind):
        self.stdout.write(template.table(kind), ending="")
        for line in template.explained(kind):
            self.stderr.write(line)


def _authority(username: str) -> Authority:
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise CommandError(
            _("No account is called “%(name)s”.") % {"name": username[:60]}, returncode=2
        )
    return Authority.of(account, local_date(timezone.now()))


def _kind(name: str) -> Kind:
    if name not in EVERY:
        raise CommandError(
            _("Unknown kind %(name)s. Possible: %(known)s.")
            % {"name": name, "known": ", ".join(EVERY)},
            returncode=2,
        )
    return EVERY[name]()


def _ending(account, options) -> str:
    if options["dry_run"]:
        return _("Dry run: nothing was written.")
    if account.written:
        return _("%(count)d rows were written.") % {"count": account.accepted}
    if account.refused and account.accepted:
        return _("Nothing was written. Use --partial to take the good rows without the others.")
    return _("Nothing was written.")
