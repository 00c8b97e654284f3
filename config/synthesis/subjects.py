"""The subjects of a synthetic year: invented firms under codes that exist nowhere."""

from collections.abc import Iterator

import numpy as np

from agencies.uscc import ALPHABET, check_character
from config.synthesis import names
from config.synthesis.agencies import MARK
from config.synthesis.batch import Batch, batch
from config.synthesis.catalogue import KINDS, SOURCE
from config.synthesis.places import LEAVES
from config.synthesis.plan import Plan
from filings.models import Subject

CHUNK = 20_000
KIND_SHARES = (0.45, 0.38, 0.03, 0.05, 0.02, 0.06, 0.01)
HEADS = ("91", "92", "93", "12", "51")
SIZES = ("micro", "small", "small", "micro", "medium", "large")
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class Subjects:
    """What the filings need to know of every subject, in small arrays sorted by district."""

    def __init__(self, plan: Plan, first_id: int, region_ids: dict[str, int]):
        self.total, self.first, self.region_ids = plan.subjects, first_id, region_ids
        rng = np.random.default_rng([plan.seed, 3])
        shares = np.array([place.share for place in LEAVES])
        spare = plan.subjects - len(LEAVES)
        ends = np.round(np.cumsum(shares) / shares.sum() * spare).astype(int)
        self.count = 1 + np.diff(ends, prepend=0)
        self.start = np.concatenate([[0], np.cumsum(self.count)[:-1]])
        self.leaf = np.repeat(np.arange(len(LEAVES), dtype=np.int8), self.count)
        bounds = np.cumsum(KIND_SHARES)[:-1]
        self.kind = np.searchsorted(bounds, rng.random(self.total)).astype(np.int8)
        self.dice = rng.integers(0, 1 << 30, self.total, dtype=np.int32)

    def address(self, subject: int) -> str:
        """Where the subject works: a street and number that may not exist."""
        dice = int(self.dice[subject])
        street = names.STREETS[dice % len(names.STREETS)]
        return f"{LEAVES[self.leaf[subject]].name}{street}路{dice // 16 % 900 + 1}号"

    def position(self, subject: int) -> tuple[str, str]:
        """Latitude and longitude of the subject, somewhere in its district."""
        place, dice = LEAVES[self.leaf[subject]], int(self.dice[subject])
        north = place.north + (dice % 997 - 498) / 9000
        return f"{north:.6f}", f"{place.east + (dice % 991 - 495) / 7000:.6f}"

    def batches(self) -> Iterator[Batch]:
        """The rows, some thousands at a time."""
        for start in range(0, self.total, CHUNK):
            yield self._batch(range(start, min(start + CHUNK, self.total)))

    def _batch(self, numbers: range) -> Batch:
        columns = {name: [] for name in self._row(numbers[0])}
        for number in numbers:
            for name, value in self._row(number).items():
                columns[name].append(value)
        return batch(Subject, columns, source=SOURCE)

    def _row(self, number: int) -> dict:
        kind, dice = KINDS[self.kind[number]], int(self.dice[number])
        place = LEAVES[self.leaf[number]]
        trade, industry = names.TRADES[dice // 7 % len(names.TRADES)]
        parts = (
            place.name,
            names.FIRST[dice // 113 % len(names.FIRST)],
            names.SECOND[dice // 4001 % len(names.SECOND)],
            trade,
            names.FORMS[kind],
        )
        known = self.kind[number] < len(HEADS)
        region = self.region_ids[place.code]
        north, east = self.position(number)
        return {
            "id": self.first + number,
            "kind": kind,
            "name": "".join(parts) + MARK,
            "uscc": code(HEADS[self.kind[number]], place.code, number) if known else None,
            "source_id": number + 1,
            "legal_representative": names.person(dice // 19),
            "registered_address": self.address(number) if known else "",
            "business_address": self.address(number),
            "registered_region_id": region if known else None,
            "business_region_id": region,
            "latitude": north,
            "longitude": east,
            "industry": industry if known else "",
            "size": SIZES[dice % len(SIZES)] if self.kind[number] < 3 else "",
            "credit_class": "BBABCABD"[dice % 8] if known else "",
            "key_supervision": int(dice % 40 == 0),
            "search": names.search(*parts),
        }


def code(head: str, region: str, number: int) -> str:
    """A code with right check characters whose organisation part, `DEM…`, is issued to nobody."""
    digits = ""
    for _ in range(5):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    organisation = f"DEM{digits}"
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(organisation, ORGANISATION_WEIGHTS, strict=True)
    )
    body = f"{head}{region}{organisation}{'0123456789X0'[(11 - total % 11)]}"
    return body + check_character(body)
