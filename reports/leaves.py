"""The published account of a sealed period: one line per filing counted, under one root.

The lines of a period are one append-only log.  Version 1 adds a line for every filing that
was counted; each later version appends what changed, so that the root of a version also proves the
versions before it (RFC 9162).
"""

import json
import re
from hashlib import sha256
from typing import Any

from backports import zstd
from pymerkle import InmemoryTree

from agencies.journal import canonical
from agencies.models import Agency
from filings.models import Filing
from reports.facts import TRIGGER, TYPE
from reports.measures import STANDINGS, Measures
from reports.models import Compilation
from reports.pieces import facts_of

Line = dict[str, Any]
AT_ONCE = 10_000
NUMBER, CHANGE = (re.compile(rb'"%s":"([^"]*)"' % name) for name in (b"number", b"change"))


def counted(compilation: Compilation) -> dict[str, Line]:
    """What is published of each counted filing, by its number; no subject and no person."""
    facts = facts_of(compilation)
    measures = Measures(facts)
    rows = facts.filings[measures.is_count]
    standing = measures.standing[measures.is_count]
    numbers = _numbers(rows["id"].tolist())
    agencies = dict(Agency.objects.values_list("pk", "code"))
    months = compilation.days.months
    lines = {
        numbers[int(row["id"])]: {
            "agency": agencies[int(row["agency"])],
            "month": months[row["month"]],
            "number": numbers[int(row["id"])],
            "standing": STANDINGS[place],
            "trigger": TRIGGER.codes[row["trigger"]],
            "type": TYPE.codes[row["type"]],
        }
        for row, place in zip(rows, standing, strict=True)
    }
    return dict(sorted(lines.items()))


def _numbers(ids: list[int]) -> dict[int, str]:
    """The number of each filing, asked for in ranges: a year may have millions."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        within = Filing.objects.filter(pk__range=(some[0], some[-1]), number__isnull=False)
        found |= within.values_list("pk", "number")
    return found


def replay(log: list[str]) -> dict[str, Line]:
    """The lines in force at the end of a log."""
    lines: dict[str, Line] = {}
    for text in log:
        line = json.loads(text)
        change = line.pop("change")
        if change == "left_out":
            lines.pop(line["number"], None)
        else:
            lines[line["number"]] = line
    return lines


def in_force(log: bytes) -> int:
    """How many lines `replay` would find in force, told from the text: a year may have millions."""
    last = dict(zip(NUMBER.findall(log), CHANGE.findall(log), strict=True))
    return len(last) - list(last.values()).count(b"left_out")


def changes(before: dict[str, Line], after: dict[str, Line]) -> list[Line]:
    """What a later version appends: filings added, amended and left out, by number."""
    found = []
    for number in sorted({*before, *after}):
        if number not in after:
            found.append({"change": "left_out", "number": number})
        elif number not in before:
            found.append({"change": "added", **after[number]})
        elif after[number] != before[number]:
            found.append({"change": "amended", **after[number]})
    return found


def texts(lines: list[Line]) -> list[str]:
    """Each line as the one text that is hashed."""
    return [canonical(line) for line in lines]


def packed(log: list[str]) -> bytes:
    """The log as it is kept."""
    return zstd.compress("\n".join(log).encode())


def text_of(kept: bytes) -> bytes:
    """What `packed` put away, as the file that strangers read."""
    return zstd.decompress(bytes(kept))


def log_of(kept: bytes) -> list[str]:
    """What `packed` put away, line by line."""
    text = text_of(kept).decode()
    return text.split("\n") if text else []


def tree_of(log: list[str]) -> InmemoryTree:
    """The Merkle tree over a log, as RFC 9162 builds it."""
    tree = InmemoryTree(algorithm="sha256")
    for text in log:
        tree.append_entry(text.encode())
    return tree


def root_of(tree: InmemoryTree, size: int | None = None) -> str:
    """The root over the first `size` lines, all by default, in hex."""
    root: bytes = tree.get_root(tree.get_size() if size is None else size)
    return root.hex()


def hashes(log: bytes) -> list[bytes]:
    """The hash of each line."""
    lines = log.split(b"\n") if log else []
    return [sha256(b"\x00" + line).digest() for line in lines]


def reckoned(level: list[bytes]) -> str:
    """The root over hashed lines without the kept library and its tree: a second reckoning.

    Level by level, an odd node going up as it is: the same tree as RFC 9162, 2.1.1 describes.
    """
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        odd = level[-1:] if len(level) % 2 else []
        level = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return level[0].hex() if level else ""


def inclusion(log: list[str], number: str) -> Line | None:
    """The proof that the newest line of a filing is in the log; None when it has none."""
    named = f'"number":{canonical(number)}'
    places = [place for place, text in enumerate(log) if named in text]
    if not places:
        return None
    tree = tree_of(log)
    proof = tree.prove_inclusion(places[-1] + 1, len(log)).serialize()
    return {
        "leaf": log[places[-1]],
        "index": places[-1],
        "size": len(log),
        "path": proof["path"][1:],
        "root": root_of(tree),
    }
