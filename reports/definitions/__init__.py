"""What every table and figure of a compile means: name, definition, unit, source.

This is data.  A change of meaning raises VERSION, which is part of what the digest covers.
"""

from reports.definitions.figures import MISSING, TOTALS
from reports.definitions.indicators import INDICATORS
from reports.definitions.tables import TABLES
from reports.definitions.terms import Column, Figure, Indicator, Ratio, Table

VERSION = 4
TABLE = {table.name: table for table in TABLES}

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
]
