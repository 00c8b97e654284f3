"""The inclusion proof of one filing in its sealed year."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.models import Seal
from reports.proving import proof_of


class Command(BaseCommand):
    help = "Print the proof that a filing is counted in the newest seal of its period."

    def add_arguments(self, parser):
        parser.add_argument("number", help="the number of the filing")

    def handle(self, *args, **options):
        for seal in Seal.objects.published().select_related("region").order_by("-sealed_at"):
            proof = proof_of(seal, options["number"])
            if proof is not None:
                self.stdout.write(json.dumps(proof, ensure_ascii=False, indent=1))
                return
        raise CommandError(
            _("No sealed period counts the number “%(value)s”.") % {"value": options["number"]}
        )
