"""What is wrong with a filing, said so that the officer can mend it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from filings.models import Severity
from filings.models.alert import told


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: at which field, by which rule, and what to do.

    `pointer` is the field as the API and the form name it, `code` is stable for machines, `rule`
    the id in the catalogue of rules (domain C).  `text` holds the names of `numbers`, which a
    reader of another language can be told as well.  `explained` tells that the filing carries a
    typed reason for going on all the same.  `filing` is the id of another filing of the agency that
    stands in the way.
    """

    pointer: str
    code: str
    rule: str
    text: str
    numbers: dict[str, Any] = field(default_factory=dict, hash=False)
    severity: str = Severity.HARD
    explained: bool = False
    filing: int | None = None

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return told(self.text, self.numbers)

    @property
    def stops(self) -> bool:
        """Whether the filing cannot go on with it."""
        if self.severity == Severity.REASON:
            return not self.explained
        return self.severity == Severity.HARD


class FilingIncomplete(Exception):
    """The rules stop the filing; `problems` names every one that does."""

    code = "filing_incomplete"
    said = gettext_noop("The filing cannot go on yet.")

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_(self.said))
        self.problems = problems


class DuplicateFiling(FilingIncomplete):
    """Another filing is for the same visit; one of the `problems` names it."""

    code = "duplicate_filing"
    said = gettext_noop("Another filing is for the same visit already.")
