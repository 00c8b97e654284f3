"""Which keys are alike?  Tables where keys stand close, sorting where they do not.

A year has millions of keys, so every way is one pass or one sort over plain arrays.
"""

import numpy as np

CLOSE = 4
PLACE = np.int32
Mask = np.ndarray


def alike(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each key the place of its like among the different ones, and where those come first."""
    return _by_table(keys) if stand_close(keys) else _by_sorting(keys)


def few_alike(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same where few are different: those are looked up, none is sorted."""
    # Fifty megabytes that a web worker needs for nothing else.
    import pyarrow as pa

    found = pa.array(keys).dictionary_encode()
    places = found.indices.to_numpy()
    firsts = np.empty(len(found.dictionary), PLACE)
    firsts[places[::-1]] = np.arange(len(places) - 1, -1, -1, dtype=PLACE)
    return places, firsts


def first_of(keys: np.ndarray, among: Mask) -> Mask:
    """The first of each key among those marked."""
    marked = np.flatnonzero(among)
    _, firsts = alike(keys[marked])
    mask = np.zeros(len(keys), bool)
    mask[marked[firsts]] = True
    return mask


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


def _by_table(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    keys = keys - keys.min()
    firsts = np.full(int(keys.max()) + 1, -1, PLACE)
    firsts[keys[::-1]] = np.arange(len(keys) - 1, -1, -1, dtype=PLACE)
    known = firsts >= 0
    return (np.cumsum(known, dtype=PLACE) - 1)[keys], firsts[known]


def _by_sorting(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if not len(keys):
        return np.zeros(0, PLACE), np.zeros(0, PLACE)
    order = np.argsort(keys)
    begins = _beginnings(keys[order])
    places = np.empty(len(keys), PLACE)
    places[order] = np.cumsum(begins, dtype=PLACE) - 1
    return places, np.minimum.reduceat(order, np.flatnonzero(begins))


def _beginnings(ordered: np.ndarray) -> Mask:
    begins = np.ones(len(ordered), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins
