"""How the facts of one piece are put away: column by column, bytes of one weight together.

Numbers of one column differ mostly in their low bytes, so that the rest shrinks to nothing.  What
filings are looked up by stands first and opens alone.
"""

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
from backports import zstd

from reports.facts import KEPT, LINKS, NOTHING, Facts

LEVEL = 1
KEYS = ("subject", "visit")
REST = tuple(name for name in KEPT.names if name not in KEYS)


def packed(facts: Facts) -> bytes:
    """One piece as it is kept."""
    links = [(getattr(facts, name), kind.names) for name, kind in LINKS.items()]
    parts = [
        _columns([(facts.filings, KEYS)]),
        _columns([(facts.filings, REST)]),
        _columns(links),
    ]
    shrunk = [zstd.compress(part, LEVEL) for part in parts]
    head = {
        "sizes": [len(facts.filings), *(len(rows) for rows, _ in links)],
        "lengths": [len(part) for part in shrunk],
        "rules": facts.rules,
    }
    return b"".join([json.dumps(head, sort_keys=True).encode(), b"\n", *shrunk])


class Packed:
    """A piece that opens as far as it is asked."""

    def __init__(self, data: bytes) -> None:
        head, _, body = data.partition(b"\n")
        told = json.loads(head)
        self.sizes, self.rules = told["sizes"], told["rules"]
        ends = np.cumsum([0, *told["lengths"]])
        self._parts = [body[ends[at] : ends[at + 1]] for at in range(3)]

    def keys(self) -> np.ndarray:
        """What its filings are looked up by."""
        keys = np.empty(self.sizes[0], [(name, KEPT[name]) for name in KEYS])
        self._open(0, [(keys, KEYS)])
        return keys

    def bare(self) -> Facts:
        """Its filings without items, alerts and cases."""
        return Facts(self._filings(), NOTHING.items, NOTHING.alerts, NOTHING.cases, [])

    def facts(self) -> Facts:
        """All of it."""
        links = {
            name: np.empty(size, kind)
            for (name, kind), size in zip(LINKS.items(), self.sizes[1:], strict=True)
        }
        self._open(2, [(rows, rows.dtype.names) for rows in links.values()])
        return Facts(self._filings(), rules=self.rules, **links)

    def _filings(self) -> np.ndarray:
        filings = np.empty(self.sizes[0], KEPT)
        self._open(0, [(filings, KEYS)])
        self._open(1, [(filings, REST)])
        return filings

    def _open(self, part: int, into: list[tuple[np.ndarray, Any]]) -> None:
        body = zstd.decompress(self._parts[part])
        place = 0
        for rows, names in into:
            for name in names:
                kind = rows.dtype[name]
                planes = np.frombuffer(body, np.uint8, len(rows) * kind.itemsize, place)
                place += len(planes)
                whole = np.ascontiguousarray(planes.reshape(kind.itemsize, len(rows)).T)
                rows[name] = whole.view(kind).reshape(len(rows))


def _columns(tables: Iterable[tuple[np.ndarray, Any]]) -> bytes:
    return b"".join(
        np.ascontiguousarray(rows[name]).view(np.uint8).reshape(len(rows), -1).T.tobytes()
        for rows, names in tables
        for name in names
        if len(rows)
    )
