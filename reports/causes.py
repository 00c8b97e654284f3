"""What is different in a later version of a sealed year, in which cells, and by which events?"""

from typing import Any

from agencies.models import Event
from filings.models import Filing

Change = dict[str, Any]


def cells(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Every figure that is not what it was: where it stands, what it was, what it is."""
    old, new = _flat(before), _flat(after)
    return [
        {"figure": list(place), "before": old.get(place), "after": new.get(place)}
        for place in sorted({*old, *new})
        if old.get(place) != new.get(place)
    ]


def _flat(figures: dict[str, Any]) -> dict[tuple[str, str, str], Any]:
    """Each figure by table, row and column."""
    found = {("totals", name, "count"): value for name, value in figures["totals"].items()}
    groups = {**figures["tables"]}
    groups |= {name: figures[name] for name in ("indicators", "missing")}
    for table, rows in groups.items():
        for row in rows:
            found |= {
                (table, row["code"], column): value
                for column, value in row.items()
                if column not in ("code", "name")
            }
    return found


def with_events(changes: list[Change], heads: dict[str, list[Any]]) -> list[Change]:
    """Each changed filing with the events since the version before that changed it.

    `heads` says how far each chain had come then.  An event is told by its place in the book and
    its hash, without the person.
    """
    numbers = [one["number"] for one in changes]
    filings = Filing.objects.filter(number__in=numbers)
    keys = dict(filings.values_list("number", "pk"))
    wanted = {str(pk): number for number, pk in keys.items()}
    events: dict[str, list[Change]] = {}
    rows = Event.objects.filter(object_type="filings.filing", object_id__in=wanted).order_by("id")
    for event in rows.values("chain", "seq", "at", "verb", "hash", "object_id"):
        if event["seq"] > heads.get(event["chain"], [0])[0]:
            number = wanted[event.pop("object_id")]
            events.setdefault(number, []).append(event)
    return [one | {"events": events.get(one["number"], [])} for one in changes]
