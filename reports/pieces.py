"""Facts in pieces of a few thousand filings, so that a compile keeps only what has changed anew.

A filing belongs to the piece of its id.  A piece is never changed: what changes is written as
another piece, and compiles share those that hold of both.
"""

import hashlib
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Max, Min, Value

from reports.facts import KEPT, LINKS, NEVER, Facts, joined
from reports.likeness import Mask, different
from reports.models import Compilation, FactPiece, KeptPiece
from reports.packing import KEYS, Packed, packed
from reports.reading import among
from reports.snapshots import Each

SHIFT = 12
AT_ONCE = 256
NO_KEYS = np.zeros(0, [(name, KEPT[name]) for name in KEYS])


def buckets_of(filings: np.ndarray) -> np.ndarray:
    """The pieces to which the filings belong."""
    return different(filings["id"] >> SHIFT)


def split(facts: Facts) -> dict[int, Facts]:
    """The facts by piece; those of a piece stand beside one another, for they go by id."""
    places = facts.filings["id"] >> SHIFT
    buckets = different(places)
    edges = np.append(np.searchsorted(places, buckets), len(places))
    links = {name: _between(getattr(facts, name), edges) for name in LINKS}
    return {
        bucket: Facts(
            facts.filings[start:end],
            rules=facts.rules,
            **{name: own[place] for name, own in links.items()},
        )
        for place, (bucket, (start, end)) in enumerate(
            zip(buckets.tolist(), pairwise(edges.tolist()), strict=True)
        )
    }


def _between(links: np.ndarray, edges: np.ndarray) -> list[np.ndarray]:
    """The links of the filings from each edge to the next, by their place after it."""
    of = np.ascontiguousarray(links["filing"])
    if np.any(of[1:] < of[:-1]):
        links = links[np.argsort(of, kind="stable")]
        of = np.ascontiguousarray(links["filing"])
    bounds = np.searchsorted(of, edges)
    moved = links.copy()
    moved["filing"] -= np.repeat(edges[:-1], np.diff(bounds)).astype(of.dtype)
    return [moved[low:high] for low, high in pairwise(bounds.tolist())]


def keep(compilation: Compilation, parts: dict[int, Facts], base: int | None) -> None:
    """Put the parts away; those of the compile `base` hold for every bucket not among them."""
    made = []
    for bucket, part in parts.items():
        if len(part.filings):
            data = packed(part)
            made.append((bucket, hashlib.sha256(data).hexdigest(), data))
    FactPiece.objects.bulk_create(
        [FactPiece(digest=digest, data=data) for _, digest, data in made],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    digests = [digest for _, digest, _ in made]
    keys = dict(FactPiece.objects.filter(digest__in=digests).values_list("digest", "pk"))
    KeptPiece.objects.bulk_create(
        KeptPiece(compilation=compilation, bucket=bucket, piece_id=keys[digest])
        for bucket, digest, _ in made
    )
    if base is not None:
        _share(compilation, KeptPiece.objects.filter(compilation=base), set(parts))


def _share(compilation: Compilation, earlier: Any, anew: set[int]) -> None:
    """Hold the pieces of another compile too, but those of buckets that were written anew."""
    kept = earlier.exclude(bucket__in=among(anew))
    sql, params = kept.values_list(Value(compilation.pk), "bucket", "piece").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {KeptPiece._meta.db_table} (compilation_id, bucket, piece_id) {sql}",
            params,
        )


def facts_of(compilation: Compilation, buckets: np.ndarray | None = None) -> Facts:
    """The facts behind a compile, in all its pieces or in some."""
    kept = KeptPiece.objects.filter(compilation=compilation)
    if buckets is not None:
        kept = kept.filter(bucket__in=among(buckets.tolist()))
    return joined(piece.facts() for piece in _held(kept))


def facts_around(
    each: Each, compilation: Compilation, rows: Iterable[np.ndarray], *, bare: bool
) -> Facts:
    """Of the filings behind a compile those that share a subject or a visit with one of the rows.

    Or with such a one.  `bare` leaves out items, alerts and cases.
    """
    low, high = (one >> SHIFT for one in span(compilation))
    kept = KeptPiece.objects.filter(compilation=compilation)
    ranges = [(at, at + AT_ONCE - 1) for at in range(low, high + 1, AT_ONCE)]
    works = [partial(_held, kept.filter(bucket__range=some)) for some in ranges]
    held = [piece for some in each(works) for piece in some]
    keys = [piece.keys() for piece in held]
    edges = np.cumsum([0, *(len(some) for some in keys)])
    near = around(np.concatenate([NO_KEYS, *keys]), rows)
    found = []
    for piece, (start, end) in zip(held, pairwise(edges.tolist()), strict=True):
        if near[start:end].any():
            found.append((piece.bare() if bare else piece.facts()).taken(near[start:end]))
    return joined(found)


def _held(kept: Any) -> list[Packed]:
    rows = kept.order_by("bucket").values_list("piece__data", flat=True)
    return [Packed(bytes(data)) for data in rows.iterator(chunk_size=50)]


def around(keys: np.ndarray, rows: Iterable[np.ndarray]) -> Mask:
    """Which keys share a subject or a visit with one of the rows, or with such a one?"""
    subject, visit = (np.ascontiguousarray(keys[name]) for name in KEYS)
    asked = [np.concatenate([some[name] for some in rows]) for name in KEYS]
    subjects, visits = (
        np.zeros(int(max(some.max(initial=0), more.max(initial=0))) + 1, bool)
        for some, more in zip((subject, visit), asked, strict=True)
    )
    subjects[asked[0]] = visits[asked[1]] = True
    known = -1
    while True:
        visits[NEVER] = False
        near = subjects[subject] | visits[visit]
        if (number := int(near.sum())) == known:
            return near
        known = number
        subjects[subject[near]] = visits[visit[near]] = True


def span(compilation: Compilation) -> tuple[int, int]:
    """From which id to which the filings behind a compile can be."""
    ends = compilation.pieces.aggregate(Min("bucket"), Max("bucket"))
    low, high = ends["bucket__min"], ends["bucket__max"]
    return (0, -1) if low is None else (low << SHIFT, ((high + 1) << SHIFT) - 1)
