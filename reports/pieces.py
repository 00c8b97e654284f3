"""Facts in pieces of a few thousand filings, so that a compile keeps only what has changed anew.

A filing belongs to the piece of its id.  A piece is never changed: what changes is written as
another piece, and compiles share those that hold of both.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice, pairwise
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, Value

from reports.facts import KEPT, LINKS, NEVER, Facts, joined
from reports.likeness import Mask, different
from reports.models import Compilation, FactPiece, KeptPiece
from reports.packing import KEYS, Packed, packed
from reports.reading import among
from reports.snapshots import Each

SHIFT = 12
AT_ONCE = 256
Parts = Iterator[tuple[int, Facts]]
NO_KEYS = np.zeros(0, [(name, KEPT[name]) for name in KEYS])


def buckets_of(filings: np.ndarray) -> np.ndarray:
    """The pieces to which the filings belong."""
    return different(filings["id"] >> SHIFT)


def split(facts: Facts) -> Parts:
    """The facts by piece; those of a piece stand beside one another, for they go by id."""
    places = facts.filings["id"] >> SHIFT
    buckets = different(places)
    edges = np.append(np.searchsorted(places, buckets), len(places)).tolist()
    del places
    links = {name: _between(getattr(facts, name), edges) for name in LINKS}
    for bucket, (start, end) in zip(buckets.tolist(), pairwise(edges), strict=True):
        own = {name: next(some) for name, some in links.items()}
        yield bucket, Facts(facts.filings[start:end], rules=facts.rules, **own)


def _between(links: np.ndarray, edges: list[int]) -> Iterator[np.ndarray]:
    """The links of the filings from each edge to the next, by their place after it."""
    of = np.ascontiguousarray(links["filing"])
    if np.any(of[1:] < of[:-1]):
        links = links[np.argsort(of, kind="stable")]
        of = np.ascontiguousarray(links["filing"])
    bounds = np.searchsorted(of, edges).tolist()
    del of
    for start, (low, high) in zip(edges, pairwise(bounds), strict=False):
        moved = links[low:high].copy()
        moved["filing"] -= start
        yield moved


def keep(compilation: Compilation, parts: Parts, base: int | None) -> None:
    """Put the parts away; those of the compile `base` hold for every bucket not among them."""
    anew: set[int] = set()
    while some := list(islice(parts, AT_ONCE)):
        anew |= {bucket for bucket, _ in some}
        _keep(compilation, [(bucket, packed(part)) for bucket, part in some if len(part.filings)])
    if base is not None:
        _share(compilation, KeptPiece.objects.filter(compilation=base), anew)


def _keep(compilation: Compilation, pieces: list[tuple[int, bytes]]) -> None:
    made = [(bucket, hashlib.sha256(data).hexdigest(), data) for bucket, data in pieces]
    FactPiece.objects.bulk_create(
        [FactPiece(digest=digest, data=data) for _, digest, data in made],
        ignore_conflicts=True,
    )
    digests = [digest for _, digest, _ in made]
    keys = dict(FactPiece.objects.filter(digest__in=digests).values_list("digest", "pk"))
    KeptPiece.objects.bulk_create(
        KeptPiece(compilation=compilation, bucket=bucket, piece_id=keys[digest])
        for bucket, digest, _ in made
    )


def replace(compilation: Compilation, parts: Parts) -> None:
    """Put the parts in the place of those that the compile held; its others stay."""
    for some in iter(lambda: list(islice(parts, AT_ONCE)), []):
        drop(compilation, [bucket for bucket, _ in some])
        keep(compilation, iter(some), None)


def drop(compilation: Compilation, buckets: list[int] | None = None) -> None:
    """Let go of the pieces of a compile, all or some, and of what no other compile holds."""
    kept = KeptPiece.objects.filter(compilation=compilation)
    if buckets is not None:
        kept = kept.filter(bucket__in=buckets)
    let_go = list(kept.values_list("piece", flat=True))
    kept.delete()
    for some in (let_go[at : at + AT_ONCE] for at in range(0, len(let_go), AT_ONCE)):
        held = KeptPiece.objects.filter(piece=OuterRef("pk"))
        FactPiece.objects.filter(~Exists(held), pk__in=some).delete()


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
