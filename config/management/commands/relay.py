"""Send ordered jobs to Celery, where workers run as processes of their own."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.background import EVERY, relay


class Command(BaseCommand):
    help = "Send ordered jobs from the database to Celery until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REDIS_URL:
            raise CommandError(_("REDIS_URL is not set: `serve` runs the jobs itself."))
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_received: stop.set())
        self.stdout.write(_("Relaying jobs every %(seconds)s seconds.") % {"seconds": EVERY})
        relay(stop)
