"""A draw follows from its pool and its seed, and a stranger finds out when it does not."""

import json
import subprocess
import sys
from collections import Counter

import pytest

from filings import draws


@pytest.fixture
def pool():
    classes = ["D"] * 10 + ["A"] * 21
    return {
        "percent": {"A": 5, "D": 50},
        "officers_each": 2,
        "candidates": [{"id": f"S{n:03}", "stratum": c} for n, c in enumerate(classes)],
        "officers": ["01", "02", "03", "04"],
        "conflicts": [["01", f"S{n:03}"] for n in range(31)],
    }


@pytest.fixture
def protocol(pool):
    frozen = draws.pool_hash(pool)
    under = draws.seed("secret", "7 12 31", frozen)
    first = draws.outcome(pool, under)
    return {
        "pool": pool,
        "pool_hash": frozen,
        "secret": "secret",
        "commitment": draws.digest("secret"),
        "number": "7 12 31",
        "seed": under,
        "drawn": draws.outcome(pool, under, [first[0]["id"]]),
        "set_aside": [{"id": first[0]["id"], "reason": "已停业"}],
    }


class TestOutcome:
    def test_draws_the_share_of_each_stratum_rounded_up(self, pool):
        found = Counter(one["stratum"] for one in draws.outcome(pool, "seed"))
        assert found == {"D": 5, "A": 2}

    def test_is_the_same_for_the_same_seed_and_another_for_another(self, pool):
        same = draws.outcome(pool, "seed")
        pool["candidates"].reverse()
        assert draws.outcome(pool, "seed") == same
        assert draws.outcome(pool, "other") != same

    def test_spreads_the_work_over_those_who_may_visit(self, pool):
        found = draws.outcome(pool, "seed")
        load = Counter(officer for one in found for officer in one["officers"])
        assert "01" not in load
        assert max(load.values()) - min(load.values()) <= 1

    def test_lets_the_next_of_the_stratum_follow_and_changes_nobody_else(self, pool):
        first = draws.outcome(pool, "seed")
        gone = next(one for one in first if one["stratum"] == "D")

        after = draws.outcome(pool, "seed", [gone["id"]])

        assert after[:-1] == first
        assert after[-1]["stratum"] == "D"
        assert after[-1]["id"] not in {one["id"] for one in first}

    def test_ends_where_a_stratum_is_used_up(self, pool):
        pool["percent"]["D"] = 100
        first = draws.outcome(pool, "seed")
        gone = [one["id"] for one in first if one["stratum"] == "D"]
        assert draws.outcome(pool, "seed", gone) == first


class TestFaults:
    def test_finds_none_in_what_holds(self, protocol):
        assert list(draws.faults(protocol)) == []

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"secret": "another"}, "the secret is not the one"),
            ({"number": "1 2 3"}, "the seed does not follow"),
            ({"seed": "0" * 64}, "the seed does not follow"),
            ({"drawn": []}, "other candidates or officers"),
            ({"pool_hash": "0" * 64}, "the pool is not the one"),
        ],
    )
    def test_names_what_was_changed(self, protocol, change, told):
        assert any(told in fault for fault in draws.faults(protocol | change))

    def test_misses_a_reason(self, protocol):
        protocol["set_aside"][0]["reason"] = ""
        assert "somebody was set aside without a reason" in list(draws.faults(protocol))


@pytest.mark.parametrize(("number", "status"), [("7 12 31", 0), ("7 12 32", 1)])
def test_a_stranger_checks_it_with_python_alone(protocol, tmp_path, number, status):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(protocol | {"number": number}), "utf-8")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", draws.__file__, str(file)], capture_output=True, check=False
    )
    assert done.returncode == status, done.stdout
