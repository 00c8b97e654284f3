"""Which keys are alike?  Tables where keys stand close, sorting where they do not.

A year has millions of keys, so every way is one pass or one sort over plain arrays, and holds at
most one number of eight bytes for each of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import prod

import numpy as np

CLOSE = 4
STRETCH = 1 << 20
PLACE = np.int32
Mask = np.ndarray
Lot = tuple[np.ndarray, np.ndarray]


def stretches(size: int) -> Iterator[slice]:
    """So many rows, some at a time, for work whose halves need not stand beside one another."""
    return (slice(at, min(at + STRETCH, size)) for at in range(0, size, STRETCH))


def looked_up(table: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """What stands in the table at each key, without a copy of all keys as wide as addresses."""
    found = np.empty(len(keys), table.dtype)
    for part in stretches(len(keys)):
        found[part] = table[keys[part]]
    return found


def marked_places(mask: Mask) -> np.ndarray:
    """Where the marked rows are, in half the width of addresses."""
    found = [
        np.flatnonzero(mask[part]).astype(PLACE) + PLACE(part.start)
        for part in stretches(len(mask))
    ]
    return np.concatenate([np.zeros(0, PLACE), *found])


def alike(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each key the place of its like among the different ones, and where those come first."""
    places, firsts = np.empty(len(keys), PLACE), [np.zeros(0, PLACE)]
    known = 0
    for at, begins in lots(np.ones(len(keys), bool), keys):
        places[at] = np.repeat(
            np.arange(known, known + len(begins), dtype=PLACE), sizes((at, begins))
        )
        firsts.append(at[begins].astype(PLACE))
        known += len(begins)
    return places, np.concatenate(firsts)


def few_alike(parts: Iterable[np.ndarray], size: int) -> tuple[np.ndarray, np.ndarray]:
    """The same where few are different: those are looked up, none is sorted.

    The keys come in parts, `size` in all.
    """
    # Fifty megabytes that a web worker needs for nothing else.
    import pyarrow as pa

    places, firsts = np.empty(size, PLACE), [np.zeros(0, PLACE)]
    known: dict[int, int] = {}
    start = 0
    for keys in parts:
        found = pa.array(keys).dictionary_encode()
        here = found.indices.to_numpy()
        earliest = np.empty(len(found.dictionary), PLACE)
        earliest[here[::-1]] = np.arange(start + len(here) - 1, start - 1, -1, dtype=PLACE)
        before = len(known)
        told = found.dictionary.to_pylist()
        place = np.array([known.setdefault(key, len(known)) for key in told], PLACE)
        firsts.append(earliest[place >= before])
        places[start : start + len(here)] = place[here]
        start += len(here)
    return places, np.concatenate(firsts)


def first_of(among: Mask, *columns: np.ndarray) -> Mask:
    """The first of those alike in every column, among the rows marked."""
    mask = np.zeros(len(among), bool)
    if len(columns) == 1 and stand_close(columns[0]):
        keys, low = columns[0], int(columns[0].min())
        firsts = np.full(int(keys.max()) - low + 1, -1, PLACE)
        for part in reversed(list(stretches(len(keys)))):
            marked = np.flatnonzero(among[part])[::-1]
            firsts[keys[part][marked] - low] = marked + part.start
        for part in stretches(len(firsts)):
            some = firsts[part]
            mask[some[some >= 0]] = True
    else:
        for at, begins in lots(among, *columns):
            mask[at[begins]] = True
    return mask


def lots(among: Mask, *columns: np.ndarray) -> Iterator[Lot]:
    """The rows marked, those alike in every column beside one another, some lots at a time.

    Each is where the rows are, in their order within a lot, and where in that the lots begin.
    """
    tagged, bits = _tagged(among, columns)
    at = 0
    while at < len(tagged):
        end = _end_of_lots(tagged, at, bits)
        some = tagged[at:end]
        yield some & ((1 << bits) - 1), np.flatnonzero(_beginnings(some >> bits))
        at = end


def sizes(lot: Lot) -> np.ndarray:
    """How many rows each of the lots has."""
    at, begins = lot
    return np.diff(begins, append=len(at))


def different(keys: np.ndarray) -> np.ndarray:
    """The different keys in their order."""
    ordered = np.sort(keys)
    return ordered[_beginnings(ordered)]


def places_among(known: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """For each wanted key its place among the known ones, which are in order; -1 for none."""
    if not len(known):
        return np.full(len(wanted), -1, PLACE)
    if stand_close(known):
        low = int(known[0])
        table = np.full(int(known[-1]) - low + 1, -1, PLACE)
        table[known - low] = np.arange(len(known), dtype=PLACE)
        inside = (wanted >= low) & (wanted <= known[-1])
        return np.where(inside, table[np.where(inside, wanted - low, 0)], PLACE(-1))
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[places] == wanted, places, -1)


def stand_close(keys: np.ndarray) -> bool:
    """Whether a table from the lowest key to the highest is not much longer than the keys."""
    return len(keys) > 0 and int(keys.max()) - int(keys.min()) < CLOSE * len(keys)


def _tagged(among: Mask, columns: Sequence[np.ndarray]) -> tuple[np.ndarray, int]:
    """The rows marked in the order of their keys: numbers whose last bits say which row it is.

    To sort one number is quicker than to sort places by it, and needs no second array.
    """
    bits = len(among).bit_length()
    lows = [int(column.min(initial=0)) for column in columns]
    widths = [
        int(column.max(initial=0)) - low + 1 for column, low in zip(columns, lows, strict=True)
    ]
    if prod(widths) >> (63 - bits):
        return _tagged(among, [_ranks(columns)])
    tagged = np.empty(int(among.sum()), np.int64)
    filled = 0
    for part in stretches(len(among)):
        marked = np.flatnonzero(among[part])
        keys = np.zeros(len(marked), np.int64)
        for column, low, width in zip(columns, lows, widths, strict=True):
            keys = keys * width + (column[part][marked] - low)
        tagged[filled : filled + len(marked)] = (keys << bits) | (marked + part.start)
        filled += len(marked)
    tagged.sort()
    return tagged, bits


def _ranks(columns: Sequence[np.ndarray]) -> np.ndarray:
    """One narrow number for keys that are too wide to be put beside one another."""
    ranks = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        own, mine = np.unique(column, return_inverse=True)
        ranks = np.unique(ranks * len(own) + mine, return_inverse=True)[1]
    return ranks


def _end_of_lots(tagged: np.ndarray, at: int, bits: int) -> int:
    """Where to cut, a stretch after `at`, so that no lot is parted."""
    end = at + STRETCH
    if end >= len(tagged):
        return len(tagged)
    key = tagged[end] >> bits
    begin = int(np.searchsorted(tagged, key << bits))
    return begin if begin > at else int(np.searchsorted(tagged, (key + 1) << bits))


def _beginnings(ordered: np.ndarray) -> Mask:
    begins = np.ones(len(ordered), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins
