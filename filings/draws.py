"""Who is drawn from a frozen pool under a seed that nobody could choose?  (domain I4, R-DUP-5)

Needs nothing but Python: a stranger runs `python draws.py PROTOCOL.json` and learns whether the
draw is what the protocol says.

1.  The pool is frozen: candidates with their stratum, the percentage drawn of each stratum, the
    officers and who must not visit whom.  Its SHA-256 is published, with the SHA-256 of a secret
    and the name of a public number that does not exist yet (lottery, closing index).
2.  When the number is out, seed = SHA-256 of secret, number and pool hash, parted by line feeds.
3.  Each candidate's ticket is SHA-256 of seed and identifier.  In each stratum the lowest tickets
    win, as many as the percentage asks for, rounded up.
4.  In the order of their tickets the winners get officers: the least loaded that may visit them,
    among equals the lowest SHA-256 of seed, candidate and officer.
5.  A winner who is set aside is followed by the next ticket of the same stratum; nobody else
    changes.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Pool = Mapping[str, Any]
Drawn = dict[str, Any]


def canonical(value: Any) -> str:
    """The one text of a value: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(*parts: str) -> str:
    """SHA-256 in hex over the parts, parted by line feeds."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def pool_hash(pool: Pool) -> str:
    """What is published when the pool is frozen."""
    return digest(canonical(pool))


def seed(secret: str, number: str, frozen: str) -> str:
    """The seed that neither the holder of the secret nor the public number decides alone."""
    return digest(secret, number, frozen)


def outcome(pool: Pool, under: str, set_aside: Sequence[str] = ()) -> list[Drawn]:
    """Every winner in the order of drawing, those set aside included: `id`, `stratum`, `officers`.

    Who follows on one that is set aside comes after all before it.
    """
    orders = _orders(pool, under)
    shares = {name: share(len(order), pool["percent"][name]) for name, order in orders.items()}
    first = [
        (ticket, name, one)
        for name, order in orders.items()
        for ticket, one in order[: shares[name]]
    ]
    load: Counter[str] = Counter()
    found = [_won(pool, under, one, name, load) for _ticket, name, one in sorted(first)]
    stratum = {one["id"]: one["stratum"] for one in pool["candidates"]}
    for gone in set_aside:
        name = stratum[gone]
        if shares[name] < len(orders[name]):
            following = orders[name][shares[name]][1]
            found.append(_won(pool, under, following, name, load))
        shares[name] += 1
    return found


def share(size: int, percent: int) -> int:
    """How many of `size` are drawn: `percent` of them, rounded up."""
    return -(-size * percent // 100)


def _orders(pool: Pool, under: str) -> dict[str, list[tuple[str, str]]]:
    orders: dict[str, list[tuple[str, str]]] = {}
    for one in pool["candidates"]:
        ticket = digest(under, one["id"])
        orders.setdefault(one["stratum"], []).append((ticket, one["id"]))
    return {name: sorted(order) for name, order in sorted(orders.items())}


def _won(pool: Pool, under: str, candidate: str, stratum: str, load: Counter[str]) -> Drawn:
    barred = {officer for officer, subject in pool["conflicts"] if subject == candidate}
    free = [officer for officer in pool["officers"] if officer not in barred]
    order = sorted(free, key=lambda one: (load[one], digest(under, candidate, one)))
    chosen = order[: pool["officers_each"]]
    load.update(chosen)
    return {"id": candidate, "stratum": stratum, "officers": chosen}


def faults(protocol: Mapping[str, Any]) -> Iterator[str]:
    """Where a protocol does not hold; none when the draw is what it says."""
    pool = protocol["pool"]
    if pool_hash(pool) != protocol["pool_hash"]:
        yield "the pool is not the one that was frozen"
    if digest(protocol["secret"]) != protocol["commitment"]:
        yield "the secret is not the one that was committed to"
    under = seed(protocol["secret"], protocol["number"], protocol["pool_hash"])
    if under != protocol["seed"]:
        yield "the seed does not follow from the secret, the number and the pool"
    gone = [one["id"] for one in protocol["set_aside"]]
    if not all(one.get("reason") for one in protocol["set_aside"]):
        yield "somebody was set aside without a reason"
    if outcome(pool, under, gone) != protocol["drawn"]:
        yield "other candidates or officers are drawn under this seed"


def main(path: str) -> int:
    """Check the protocol in the file `path`; 0 when it holds."""
    found = list(faults(json.loads(Path(path).read_text("utf-8"))))
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    if not found:
        sys.stdout.write("the draw holds\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
