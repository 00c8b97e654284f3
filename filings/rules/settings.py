"""How hard each rule is for one filing: dated settings over the catalogue's defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from agencies.models import Region
from filings.models import RuleSetting, Severity
from filings.rules import thresholds
from filings.rules.catalogue import CATALOGUE, Entry


@dataclass(frozen=True, slots=True)
class Setting:
    """One rule as it applies: its entry, severity, thresholds and source."""

    entry: Entry
    severity: str
    params: dict[str, Any]
    source: str
    row: RuleSetting | None = None

    @property
    def label(self) -> str:
        """How hard it is, in words."""
        return str(Severity(self.severity).label)

    def shown(self) -> list[tuple[str, str]]:
        """The thresholds as a page shows them."""
        return thresholds.shown(self.entry.code, self.params)


@dataclass(frozen=True)
class Settings:
    """Every rule as it applies on one day in one region."""

    by_code: dict[str, Setting]

    @classmethod
    def on(cls, day: date, region: Region | None) -> Settings:
        """The settings in force on `day`; the innermost region around `region` wins."""
        found = {code: _default(entry) for code, entry in CATALOGUE.items()}
        rows = RuleSetting.objects.in_force(day).select_related("region")
        for row in sorted(rows, key=_depth):
            if row.code in found and _covers(row, region):
                entry = CATALOGUE[row.code]
                params = entry.params | row.params
                found[row.code] = Setting(entry, row.severity, params, row.source, row)
        return cls(found)

    def severity(self, code: str) -> str:
        """How hard the rule that gives `code` is."""
        return self.by_code[code].severity

    def param(self, code: str, name: str) -> Any:
        """The threshold `name` of the rule that gives `code`."""
        return self.by_code[code].params[name]


def _default(entry: Entry) -> Setting:
    return Setting(entry, entry.severity, entry.params, entry.source)


def _depth(row: RuleSetting) -> int:
    return len(row.region.path) if row.region else 0


def _covers(row: RuleSetting, region: Region | None) -> bool:
    if row.region is None:
        return True
    return region is not None and region.path.startswith(row.region.path)
