"""Keys are found alike the same way, whether they stand close or far apart."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports import likeness
from reports.likeness import alike, different, few_alike, first_of, lots, places_among

CLOSE = st.lists(st.integers(0, 12), max_size=40)
FAR = st.lists(st.sampled_from([0, 7, 7 << 32, 9 << 32 | 5, 1 << 50, 1 << 62]), max_size=40)
SAME = [HealthCheck.function_scoped_fixture]
KEYS = st.one_of(CLOSE, FAR).map(lambda keys: np.array(keys, np.int64))


@pytest.fixture(params=[1 << 20, 3], ids=["whole", "by stretches"], autouse=True)
def stretch(request, monkeypatch):
    monkeypatch.setattr(likeness, "STRETCH", request.param)


def few_alike_in_parts(keys):
    return few_alike((keys[part] for part in likeness.stretches(len(keys))), len(keys))


@pytest.mark.parametrize("way", [alike, few_alike_in_parts])
@settings(deadline=None, suppress_health_check=SAME)
@given(keys=KEYS)
def test_those_alike_share_a_place_and_know_their_first(way, keys):
    places, firsts = way(keys)
    assert len(firsts) == len(set(keys.tolist()))
    assert [keys.tolist().index(key) for key in keys] == firsts[places].tolist()


@settings(deadline=None, suppress_health_check=SAME)
@given(keys=KEYS, dice=st.randoms(use_true_random=False))
def test_the_first_of_each_is_taken_among_those_marked(keys, dice):
    among = np.array([dice.random() < 0.5 for _ in keys], bool)
    seen, wanted = set(), []
    for key, marked in zip(keys.tolist(), among, strict=True):
        wanted.append(bool(marked) and key not in seen)
        seen |= {key} if marked else set()
    assert first_of(among, keys).tolist() == wanted
    assert first_of(among, keys, np.zeros_like(keys)).tolist() == wanted


@settings(deadline=None, suppress_health_check=SAME)
@given(keys=KEYS, dice=st.randoms(use_true_random=False))
def test_lots_have_the_rows_alike_in_every_column_and_none_is_parted(keys, dice):
    among, other = (np.array([dice.random() < 0.5 for _ in keys], bool) for _ in range(2))
    found = [
        ((int(keys[lot[0]]), bool(other[lot[0]])), lot.tolist())
        for at, begins in lots(among, keys, other)
        for lot in np.split(at, begins[1:])
    ]
    wanted = {}
    for place in np.flatnonzero(among).tolist():
        wanted.setdefault((int(keys[place]), bool(other[place])), []).append(place)
    assert sorted(found) == sorted(wanted.items())


@settings(deadline=None, suppress_health_check=SAME)
@given(keys=KEYS, wanted=KEYS)
def test_wanted_keys_find_their_place_or_none(keys, wanted):
    known = different(keys)
    assert known.tolist() == sorted(set(keys.tolist()))
    places = [known.tolist().index(key) if key in known else -1 for key in wanted]
    assert places_among(known, wanted).tolist() == places
