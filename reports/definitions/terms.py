"""The words in which tables and figures are defined."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; `source` says from which records, `measure` which filings, "" for a register."""

    name: str
    label: str
    definition: str
    unit: str
    source: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure divided by another, as a percentage or as a plain quotient."""

    name: str
    label: str
    definition: str
    numerator: str
    denominator: str
    percent: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `along` parts it otherwise than the table does."""

    name: str
    label: str
    measure: str
    along: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One column of a table divided by another, in percent."""

    name: str
    label: str
    over: str
    under: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one dimension; the columns say which filings each cell counts.

    Without a dimension the rows are not made of filings, and none open behind them.
    `parts` says that the first column parts the filings of the year, so that its sum is theirs,
    `registered` that its cells count entries of the registers and not filings.
    """

    name: str
    label: str
    definition: str
    unit: str
    source: str
    dimension: str
    columns: tuple[Column, ...]
    parts: bool = False
    registered: bool = False
    ratios: tuple[Ratio, ...] = ()

    @property
    def heads(self) -> tuple[Column | Ratio, ...]:
        """Everything that a row shows: the counts, then what is reckoned from them."""
        return (*self.columns, *self.ratios)
