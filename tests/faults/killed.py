"""Workers compile one year after another while one of them is killed at random.

A process of its own, for it forks.
"""

import multiprocessing
import random
import time
from datetime import timedelta

from django.db import connections
from django.db.models import F
from django.utils import timezone

from agencies import jobs, journal, walls
from agencies.journal import Actor
from agencies.models import Agency, Event, Job, Region
from filings.models import Filing
from reports import actions
from reports.models import Compilation
from reports.periods import parse

# A lease of fifteen minutes is over in three seconds.
SPEED = 300
FORK = multiprocessing.get_context("fork")
BY = Actor("auditor")
START, BEGAN = timezone.now(), time.monotonic()


def clock():
    """The hour of the workers, for whom time goes by faster."""
    return START + SPEED * timedelta(seconds=time.monotonic() - BEGAN)


def naive(job_id, *, clock):
    """The control: adds agency by agency to a total that stands already, as nobody should."""
    job = jobs.claim(job_id, now=clock())
    if job is None:
        return
    for agency in Agency.objects.order_by("pk"):
        found = Filing.objects.filter(agency=agency).count()
        Job.objects.filter(pk=job.pk).update(total=F("total") + found)
    jobs.finish(job, now=clock())


WORK = {"compile": actions.run, "naive": naive}


def labour(work):
    """Take every job that is due, for ever."""
    walls.narrow(walls.EVERYTHING)
    while True:
        for key in Job.objects.due(clock()).order_by("ordered_at").values_list("pk", flat=True):
            try:
                WORK[work](key, clock=clock)
            except jobs.LeaseLost:
                continue
        time.sleep(0.02)


def order(said, nth):
    """Order the nth compile; the same again, while it waits or runs, gives the same job."""
    period, code = said["kinds"][nth % len(said["kinds"])]
    if said["work"] == "naive":
        return jobs.order("naive", str(nth), params={}, by="", at=clock()).pk
    region = Region.objects.get(code=code)
    asked = {"by": BY, "at": clock(), "full": nth % 4 != 3}
    return actions.order(parse(period, last_year=2030), region, **asked).job_id


class Ward:
    """The workers, those that were killed, and the compiles that are asked for."""

    def __init__(self, said):
        self.said, self.dice = said, random.Random(said["seed"])
        self.workers, self.ordered = [], []
        self.kills = self.starts = 0

    def tend(self):
        """Order what may be ordered and see whether all is done, leaving no connection to a fork.

        As many compiles are live at once as there are kinds.
        """
        try:
            live = Job.objects.live().count()
            free = min(len(self.said["kinds"]) - live, self.said["rounds"] - len(self.ordered))
            for _ in range(free):
                key = order(self.said, len(self.ordered))
                if key in self.ordered:
                    break
                self.ordered.append(key)
            return len(self.ordered) == self.said["rounds"] and not Job.objects.live().exists()
        finally:
            connections.close_all()

    def fill(self):
        """As many workers as there shall be."""
        self.workers = [one for one in self.workers if one.is_alive()]
        while len(self.workers) < self.said["workers"]:
            worker = FORK.Process(target=labour, args=[self.said["work"]], daemon=True)
            worker.start()
            self.workers.append(worker)
            self.starts += 1

    def watch(self):
        """Let them work until every compile has ended, and kill as often as asked."""
        while not self.tend():
            self.fill()
            time.sleep(self.dice.uniform(0.15, 0.5))
            if self.kills < self.said["kills"]:
                victim = self.dice.choice(self.workers)
                victim.kill()
                victim.join()
                self.kills += 1
        for worker in self.workers:
            worker.kill()
            worker.join()


def dump(keys):
    """What stands of the jobs and compiles that were ordered."""
    found = [Job.objects.get(pk=key) for key in keys]
    made = Compilation.objects.select_related("region").order_by("pk")
    told = list(Event.objects.filter(verb="compile_year").values_list("object_id", flat=True))
    return {
        "jobs": [
            {name: getattr(job, name) for name in ("state", "attempt", "total")} for job in found
        ],
        "compiles": [
            {
                "of": [one.period, one.region.code],
                "digest": one.digest,
                "whole": one.finished_at is not None and one.keeps_facts,
                "published": told.count(str(one.pk)),
            }
            for one in made
        ],
        "figures": {one.digest: one.found() for one in made},
        "breaks": len(list(journal.breaks())),
    }


def run(said):
    """Run what the order asks for; what happened, and what stands at the end."""
    walls.narrow(walls.EVERYTHING)
    ward = Ward(said)
    ward.watch()
    return {"kills": ward.kills, "starts": ward.starts} | dump(ward.ordered)
