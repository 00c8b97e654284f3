"""One compile after another in a process that changes its time zone in between."""

import os
import time

from django.db import connection
from django.utils import timezone

from agencies import walls
from agencies.models import Region
from reports.compiler import compile_figures
from reports.definitions import VERSION
from reports.periods import parse


def compiled(said, zone):
    """What a compile tells of itself where the clocks of the process show the zone."""
    os.environ["TZ"] = zone
    time.tzset()
    connection.close()
    with walls.opened(), timezone.override(zone):
        region = Region.objects.get(code=said["region"])
        found = compile_figures(parse(said["period"], last_year=2030), region)
    told = {"definitions": VERSION, "rows": found.row_count, "heads": found.heads}
    return told | {"digest": found.digest()}


def run(said):
    """Compile the period and region that `said` names in each of its zones."""
    return [compiled(said, zone) for zone in said["zones"]]
