"""From an empty folder to the sentence of Jilin's report, and the site that shows it."""

import os
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, Event, Job
from config import demonstration, synthesis
from config.background import Background
from config.server import check_port
from config.telling import Teller
from reports import actions, sentence
from reports.models import Compilation
from reports.registers import whole_register

WAIT_AT_MOST = 600.0


class Command(BaseCommand):
    help = (
        "Prepare the database, load the demonstration of Jilin 2022 if it is empty, compile the "
        "year, print its sentence and the sign-in accounts, and serve."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_serve"]:
            check_port()
        self._progress = Teller(self._say)
        self._prepare()
        compilation = self._compiled()
        found = compilation.found()
        self.stdout.write(f"\n{sentence.chinese(found)}\n{sentence.english(found)}\n")
        self._tell_accounts()
        demonstration.bring_up_to_date(at=timezone.now())
        self.stdout.flush()
        if not options["no_serve"]:
            connections.close_all()
            os.environ["DEMO"] = "on"
            manage = str(settings.BASE_DIR / "manage.py")
            os.execv(sys.executable, [sys.executable, manage, "serve"])  # noqa: S606

    def _prepare(self) -> None:
        self._say(_("Preparing the database …"))
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        if not Agency.objects.exists():
            self._say(_("Loading the demonstration: Jilin, 2022, synthetic …"))
            plan = synthesis.Plan()
            synthesis.load(plan, at=timezone.now(), progress=self._progress)
        elif not Event.objects.filter(actor="generate", verb="load").exists():
            raise CommandError(
                _("This database holds a register that is no demonstration. Run: manage.py serve")
            )

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _compiled(self) -> Compilation:
        """The year, compiled with what it is compared with; what was compiled before is kept."""
        now = timezone.now()
        region = whole_register(now.date())
        if region is None:
            raise CommandError(_("The register holds no agency yet."))
        known = Compilation.objects.filter(period=f"{demonstration.YEAR}", region=region).finished()
        done = known.latest_first().first()
        if done is not None:
            return done
        self._say(_("Compiling the year …"))
        ordered = [
            actions.order(period, where, by=demonstration.BY, at=now)
            for period, where in demonstration.compiles(region)
        ]
        with Background():
            for one in ordered:
                self._wait(one.job_id)
        demonstration.publish(region, at=timezone.now())
        return Compilation.objects.select_related("region").get(pk=ordered[0].pk)

    def _wait(self, job_id: Any) -> None:
        began = time.monotonic()
        while time.monotonic() - began < WAIT_AT_MOST:
            job = Job.objects.get(pk=job_id)
            if job.state == Job.State.DONE:
                return
            if job.state in (Job.State.FAILED, Job.State.CANCELLED):
                raise CommandError(_("The compile failed: %(why)s.") % {"why": job.error})
            self._progress(_("compiling"), job.done, job.total, time.monotonic() - began)
            time.sleep(0.1)
        raise CommandError(_("No worker has compiled the year. See the log above."))

    def _tell_accounts(self) -> None:
        self.stdout.write("\n" + _("Sign in with a name and its password:"))
        people = demonstration.sign_ins(demonstration.passwords_file(), at=timezone.now())
        for person in people:
            self.stdout.write(
                f"  {person.username:<14} {person.password}  {person.role.label} {person.place}"
            )
        self.stdout.write("")
