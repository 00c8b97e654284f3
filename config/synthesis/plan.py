"""How large a year to make, and whether such a year is possible."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.calendar import midnight
from config.synthesis.places import LEAVES


class ImpossiblePlan(ValueError):
    """No lawful year has these numbers."""

    code = "impossible_plan"


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of a year; the defaults are those of Jilin City in 2022.

    `filings` are those that count: drafts, returned and withdrawn ones come on top.  `agencies`,
    `items` and `officers` hold on 31 December; those that ended during the year come on top.
    """

    year: int = 2022
    agencies: int = 196
    items: int = 3980
    officers: int = 5256
    subjects: int = 9000
    filings: int = 17688
    seed: int = 2022

    def check(self, at) -> None:
        """Raise ImpossiblePlan when no lawful year has these numbers, or it lies after `at`."""
        for fault, message in self._faults(at):
            if fault:
                raise ImpossiblePlan(message)

    def _faults(self, at):
        yield (
            not 2005 <= self.year <= 2100,
            _("year %(year)s: give one from 2005 to 2100") % {"year": self.year},
        )
        yield (
            midnight(date(self.year + 1, 4, 1)) > at,
            _("year %(year)s: its last follow-ups end in March %(next)s, which is not over")
            % {"year": self.year, "next": self.year + 1},
        )
        yield self.agencies < 1, _("agencies: at least one is needed")
        yield (
            self.officers < 2 * self.agencies,
            _("officers: %(agencies)s agencies need at least %(least)s, two for every visit")
            % {"agencies": self.agencies, "least": 2 * self.agencies},
        )
        yield (
            self.items < self.agencies,
            _("items: %(agencies)s agencies need at least as many") % {"agencies": self.agencies},
        )
        yield (
            self.subjects < len(LEAVES),
            _("subjects: at least %(least)s are needed, one in every district")
            % {"least": len(LEAVES)},
        )
        yield self.filings < 20, _("filings: at least 20 are needed")
        yield self.seed < 0, _("seed: give a number from 0 up")
