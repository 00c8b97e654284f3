"""The rules that are decided from the records: what each asks, how hard, by which source.

These are the defaults; dated settings (`RuleSetting`) stand over them.  What rests on common
knowledge or on our own judgement only (domain C, marks K and I) never stops a filing for good.
"""

from filings.rules.catalogue import clocks, door, often, planned, swept, what, when, who
from filings.rules.catalogue.entry import Asked, Entry

__all__ = ["CATALOGUE", "Asked", "Entry"]

PARTS = (who, what, when, planned, often, door, swept, clocks)
CATALOGUE = {entry.code: entry for part in PARTS for entry in part.ENTRIES}
