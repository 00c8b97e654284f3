"""Which work comes round by itself, and how often?"""

from datetime import timedelta

from django.conf import settings

from agencies.schedule import Periodic

FOLDING = (
    (Periodic("reports.fold_changes", timedelta(minutes=settings.FOLD_MINUTES)),)
    if settings.FOLD_MINUTES
    else ()
)
SCHEDULE = (
    *FOLDING,
    Periodic("filings.watch_clocks", timedelta(minutes=15)),
    Periodic("filings.sweep_rules", timedelta(days=1)),
    Periodic("officers.forget_keys", timedelta(days=1)),
    Periodic("filings.propose_disposals", timedelta(days=1)),
    Periodic("reports.forget_facts", timedelta(days=1)),
)
