"""What every table and figure of a compile means: name, definition, unit, source.

This is data.  A change of meaning raises VERSION, which is part of what the digest covers.
"""

from reports.definitions.figures import MISSING, TOTALS
from reports.definitions.indicators import INDICATORS
from reports.definitions.tables import TABLES
from reports.definitions.terms import Column, Figure, Indicator, Ratio, Table

VERSION = 4
TABLE = {table.name: table for table in TABLES}
_SINGLE = {"totals": TOTALS, "missing": MISSING, "indicators": INDICATORS}


def definition_of(name: str, row: str) -> str:
    """What the table or figure counts, in the reader's language."""
    if name in TABLE:
        return str(TABLE[name].definition)
    return next((str(one.definition) for one in _SINGLE.get(name, ()) if one.name == row), "")


__all__ = [
    "INDICATORS",
    "MISSING",
    "TABLE",
    "TABLES",
    "TOTALS",
    "VERSION",
    "Column",
    "Figure",
    "Indicator",
    "Ratio",
    "Table",
    "definition_of",
]
