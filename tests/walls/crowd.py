"""A synthetic city of many agencies, each with a canary in everything that is its alone.

The canary of an agency is the mark of its `Side`: it lies in numbers, texts, file names and the
names of its people.  What others may lawfully know, subjects and annual totals, bears none.
"""

import os
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from agencies.models import Agency, Region
from config.synthesis import Plan, load
from tests import factories
from tests.walls import world as worlds
from tests.walls.world import AT, Side, World

# A few agencies every day; AGENCIES=196, those of Jilin City, is what `make long` asks for.
AGENCIES = int(os.environ.get("AGENCIES", "3"))
CANARY = re.compile(r"K-\d{3}")


@dataclass
class Crowd(World):
    """A world whose `own` is the agency of the asker, among `strangers`; `other` is one of them."""

    strangers: list[Side] | None = None


def build(count: int = AGENCIES) -> Crowd:
    """The city at the moment `AT`: the year before it synthetic, the canaries of this one."""
    if not 2 <= count <= 999:
        raise ValueError(f"AGENCIES={count}: give a number from 2 to 999")
    load(_plan(count), at=AT)
    item = factories.item(code="JC-0001", name="食品生产检查")
    city = Region.objects.get(code="220200")
    agencies = Agency.objects.in_force(AT.date() - timedelta(days=180)).select_related("region")
    sides = [
        Side(f"K-{number:03}", city, one.region, one)
        for number, one in enumerate(agencies.order_by("id"))
    ]
    # Totals first: the figures of a year name every agency, and everybody may know those.
    worlds.of_region(sides[0], item)
    worlds.compiled(sides[0])
    shared = dict(sides[0].things)
    for side in sides:
        side.things |= shared
        _settle(side, item)
    return _among(sides)


def _plan(count: int) -> Plan:
    return Plan(
        year=AT.year - 1,
        agencies=count,
        items=2 * count,
        officers=4 * count,
        subjects=100 + count,
        filings=20 * count,
    )


def _settle(side: Side, item: Any) -> None:
    """The things of an agency, with its canary in those texts too that a world leaves plain."""
    side.things["subject"] = factories.subject(side.district)
    worlds.furnish(side, item)
    side.case.text = f"收费{side.mark}"
    side.case.save()
    side.things["draft"] = factories.filing(
        side.agency,
        side.subject,
        officers=(side.officer, side.colleague),
        items=[item],
        place=f"后门{side.mark}",
        created_by=side.people["officer"],
    )


def _among(sides: list[Side]) -> Crowd:
    """The first agency asks; of those without an appointment, one had it there."""
    own, *strangers = sides
    own.people |= {name: factories.account(name) for name in ("nobody", "expired")}
    factories.appointment(
        own.people["expired"], "officer", agency=own.agency, valid_to=AT.date() - timedelta(days=1)
    )
    cookies = {name: worlds.cookie(account) for name, account in own.people.items()}
    return Crowd(own, strangers[0], cookies, strangers=strangers)
