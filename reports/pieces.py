"""Facts in pieces of a few thousand filings, so that a compile keeps only what has changed anew.

A filing belongs to the piece of its id.  A piece is never changed: what changes is written as
another piece, and compiles share those that hold of both.
"""

import hashlib
import json
import zlib
from itertools import pairwise

import numpy as np

from reports.facts import KEPT, LINKS, Facts, joined
from reports.likeness import different
from reports.models import Compilation, FactPiece, KeptPiece

SHIFT = 12
ARRAYS = {"filings": KEPT, **LINKS}


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


def packed(facts: Facts) -> bytes:
    """One piece as it is kept."""
    sizes = {name: len(getattr(facts, name)) for name in ARRAYS}
    head = json.dumps({"sizes": sizes, "rules": facts.rules}, sort_keys=True).encode()
    body = [np.ascontiguousarray(getattr(facts, name)).tobytes() for name in ARRAYS]
    return zlib.compress(b"".join([head, b"\n", *body]), 1)


def unpacked(kept: bytes) -> Facts:
    """What `packed` put away."""
    head, _, body = zlib.decompress(kept).partition(b"\n")
    told, place, arrays = json.loads(head), 0, {}
    for name, kind in ARRAYS.items():
        arrays[name] = np.frombuffer(body, kind, told["sizes"][name], place)
        place += arrays[name].nbytes
    return Facts(rules=told["rules"], **arrays)


def keep(compilation: Compilation, parts: dict[int, Facts], base: int | None) -> None:
    """Put the parts away; those of the compile `base` hold for every bucket not among them."""
    made = []
    for bucket, part in parts.items():
        if len(part.filings):
            data = packed(part)
            made.append((bucket, hashlib.sha256(data).hexdigest(), data))
    FactPiece.objects.bulk_create(
        [FactPiece(digest=digest, data=data) for _, digest, data in made], ignore_conflicts=True
    )
    digests = [digest for _, digest, _ in made]
    keys = dict(FactPiece.objects.filter(digest__in=digests).values_list("digest", "pk"))
    held = {bucket: keys[digest] for bucket, digest, _ in made}
    if base is not None:
        earlier = KeptPiece.objects.filter(compilation=base).values_list("bucket", "piece")
        held = {bucket: piece for bucket, piece in earlier if bucket not in parts} | held
    KeptPiece.objects.bulk_create(
        KeptPiece(compilation=compilation, bucket=bucket, piece_id=piece)
        for bucket, piece in sorted(held.items())
    )


def facts_of(compilation: Compilation) -> Facts:
    """The facts behind a compile."""
    kept = KeptPiece.objects.filter(compilation=compilation).order_by("bucket")
    rows = kept.values_list("piece__data", flat=True).iterator(chunk_size=50)
    return joined(unpacked(bytes(data)) for data in rows)
