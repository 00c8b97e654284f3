"""Whether the book still is what it was when its state was last given out of the house.

A chain alone proves little: whoever can write the database can also compute it anew.  A signed
checkpoint that another party keeps shows any change to what came before it (reliability M9).
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from agencies.journal import SYSTEM, Actor, Break, append, canonical
from agencies.models import Chain, Checkpoint, Event
from agencies.signing import Signer, holds

ORIGIN = "jianbei/events"
SIGNER = Signer(b"jianbei.checkpoint.v1")


class BadCheckpoint(ValueError):
    """The file is not a checkpoint, or its signature does not hold."""

    code = "bad_checkpoint"


@dataclass(frozen=True)
class Statement:
    """Where every chain stood at an instant: chain key to length and last hash."""

    at: str
    heads: dict[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """How many events there were in all chains together."""
        return sum(length for length, _ in self.heads.values())


@transaction.atomic
def make(*, at: datetime) -> Checkpoint:
    """Sign where every chain stands now, and keep a copy."""
    heads: dict[str, tuple[int, str]] = {
        chain.key: (chain.length, chain.head)
        for chain in Chain.objects.select_for_update().order_by("key")
    }
    text = canonical(heads)
    size = sum(length for length, _ in heads.values())
    body = _body(size, text, at.astimezone(UTC).isoformat(timespec="seconds"))
    note = f"{body}\n— {ORIGIN} {SIGNER.sign(body)}\n"
    return Checkpoint.objects.create(at=at, size=size, heads=text, note=note)


def _body(size: int, heads: str, at: str) -> str:
    root = base64.b64encode(hashlib.sha256(heads.encode()).digest()).decode()
    return f"{ORIGIN}\n{size}\n{root}\n{at}\n"


def as_file(checkpoint: Checkpoint) -> str:
    """The text to hand to another party: the signed note, the heads it sums up and the key."""
    return canonical(
        {"note": checkpoint.note, "heads": checkpoint.heads, "public_key": SIGNER.public_key()}
    )


def read(text: str, *, key: str) -> Statement:
    """What a checkpoint file states.  Raises BadCheckpoint unless `key` signed exactly that."""
    try:
        parts = json.loads(text)
        note, heads = parts["note"], parts["heads"]
        body, _, signed = note.rpartition(f"\n— {ORIGIN} ")
        at = body.split("\n")[3]
        stated = {
            chain: (int(length), str(head)) for chain, (length, head) in json.loads(heads).items()
        }
        statement = Statement(at, stated)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BadCheckpoint("this is not a checkpoint file") from error
    if not holds(signed.strip(), body, key):
        raise BadCheckpoint("the signature does not hold")
    if body != _body(statement.size, heads, at):
        raise BadCheckpoint("the heads are not those that were signed")
    return statement


@transaction.atomic
def acknowledge(text: str, receiver: str, *, by: Actor, at: datetime) -> Checkpoint:
    """Note that `receiver` keeps the checkpoint whose file it gave back.

    Raises BadCheckpoint when the file is none of ours, or has been confirmed already.
    """
    read(text, key=SIGNER.public_key())
    held = Checkpoint.objects.filter(note=json.loads(text)["note"]).select_for_update().first()
    if held is None:
        raise BadCheckpoint("this checkpoint was not made here")
    if held.acknowledged_at is not None:
        raise BadCheckpoint("this checkpoint has been confirmed already")
    held.acknowledged_at, held.acknowledged_by = at, receiver
    held.save(update_fields=["acknowledged_at", "acknowledged_by"])
    append(SYSTEM, "acknowledge_checkpoint", held, by=by, at=at, receiver=receiver)
    return held


def received_since(moment: datetime) -> bool:
    """Whether anybody outside has confirmed a checkpoint since then."""
    return Checkpoint.objects.filter(acknowledged_at__gte=moment).exists()


def departures(statement: Statement) -> Iterator[Break]:
    """Where the book no longer holds what it held when `statement` was signed."""
    for key, (length, head) in sorted(statement.heads.items()):
        event = Event.objects.filter(chain=key, seq=length).first()
        if event is None:
            yield Break(key, length, f"is shorter than on {statement.at}")
        elif event.hash != head:
            yield Break(key, length, f"was rewritten since {statement.at}")
