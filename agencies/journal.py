"""How a change enters the book for ever, and whether the book is whole.

Each agency keeps one chain and the system one more; every event's hash covers its payload and the
hash before it (reliability f.6).  The chain head is locked in the caller's transaction, so an event
is written with the change it tells of or not at all.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction

from agencies import walls
from agencies.models import Chain, Event

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as recorded text: no account is needed to read the book later."""

    name: str
    role: str = ""


class NotInTransaction(RuntimeError):
    """An event was written outside the transaction of the change it tells of."""

    code = "not_in_transaction"


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, instants in UTC with microseconds."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


def append(
    chain: str,
    verb: str,
    obj: models.Model,
    *,
    by: Actor,
    at: datetime,
    **facts: Any,
) -> Event:
    """Write one event about `obj` into the book `chain`; `facts` may hold a `reason`.

    Raises NotInTransaction outside an atomic block.
    """
    return append_all(chain, [(verb, obj, facts)], by=by, at=at)[0]


def append_all(
    chain: str,
    told: Iterable[tuple[str, models.Model, dict[str, Any]]],
    *,
    by: Actor,
    at: datetime,
) -> list[Event]:
    """Write many events of one moment into the book `chain`: each a verb, its object and facts.

    Raises NotInTransaction outside an atomic block.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(chain)
    head = _locked_head(chain)
    events: list[Event] = []
    length, last = head.length, head.head
    for verb, obj, facts in told:
        length += 1
        events.append(_event(chain, length, last, (verb, obj, facts), by, at))
        last = events[-1].hash
    with walls.opened():
        Event.objects.bulk_create(events)
    Chain.objects.filter(pk=head.pk).update(length=length, head=last)
    return events


def _event(
    chain: str,
    seq: int,
    previous: str,
    told: tuple[str, models.Model, dict[str, Any]],
    by: Actor,
    at: datetime,
) -> Event:
    verb, obj, facts = told
    rest = {name: value for name, value in facts.items() if name != "reason"}
    reason = str(facts.get("reason", ""))
    about = (obj._meta.label_lower, str(obj.pk))
    payload = canonical(
        {
            "chain": chain,
            "seq": seq,
            "at": at,
            "actor": by.name,
            "role": by.role,
            "verb": verb,
            "object": list(about),
            "reason": reason,
            "facts": rest,
        }
    )
    return Event(
        chain=chain,
        seq=seq,
        previous=previous,
        hash=link(previous, payload),
        at=at,
        actor=by.name,
        role=by.role,
        verb=verb,
        object_type=about[0],
        object_id=about[1],
        reason=reason,
        payload=payload,
    )


def hold(*chains: str) -> None:
    """Lock several books in one order, so that no two who need both wait for one another."""
    for chain in sorted(set(chains)):
        _locked_head(chain)


def _locked_head(chain: str) -> Chain:
    head = Chain.objects.select_for_update().filter(key=chain).first()
    if head is not None:
        return head
    with transaction.atomic():
        Chain.objects.bulk_create([Chain(key=chain)], ignore_conflicts=True)
    return Chain.objects.select_for_update().get(key=chain)


def link(previous: str, payload: str) -> str:
    """The hash of an event: SHA-256 over the previous hash and its own payload, in hex."""
    return hashlib.sha256(f"{previous}\n{payload}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why."""

    chain: str
    seq: int
    why: str


def breaks(chain: str | None = None) -> Iterator[Break]:
    """Every place where the book, or one chain of it, does not hold.

    Finds an edited payload or column, a missing, added or swapped event, and a head that does not
    match.  An attacker who recomputes a whole chain is found only against a checkpoint kept
    elsewhere (reliability M9).
    """
    heads = Chain.objects.order_by("key")
    if chain is not None:
        heads = heads.filter(key=chain)
    known = set()
    for head in heads:
        known.add(head.key)
        yield from _breaks_of(head)
    strays = Event.objects.exclude(chain__in=known) if chain is None else Event.objects.none()
    for event in strays.order_by("chain", "seq"):
        yield Break(event.chain, event.seq, "belongs to no chain")


def _breaks_of(head: Chain) -> Iterator[Break]:
    previous, expected = "", 1
    for event in Event.objects.filter(chain=head.key).order_by("seq").iterator(2000):
        if event.seq != expected:
            yield Break(head.key, event.seq, f"event {expected} is missing")
            expected = event.seq
        if event.previous != previous:
            yield Break(head.key, event.seq, "does not follow the event before it")
        if event.hash != link(event.previous, event.payload):
            yield Break(head.key, event.seq, "its content was changed")
        elif not _columns_agree(event):
            yield Break(head.key, event.seq, "its columns differ from its sealed content")
        previous, expected = event.hash, expected + 1
    if expected - 1 != head.length or previous != head.head:
        yield Break(head.key, head.length, "the chain does not end at its recorded head")


def _columns_agree(event: Event) -> bool:
    sealed = json.loads(event.payload)
    return (
        sealed["chain"] == event.chain
        and sealed["seq"] == event.seq
        and sealed["at"] == _plain(event.at)
        and sealed["actor"] == event.actor
        and sealed["role"] == event.role
        and sealed["verb"] == event.verb
        and sealed["object"] == [event.object_type, event.object_id]
        and sealed["reason"] == event.reason
    )
