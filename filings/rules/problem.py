"""What is wrong with a filing, said so that the officer can mend it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: at which field, by which rule, and what to do.

    `pointer` is the field as the API and the form name it, `code` is stable for machines, `rule`
    the id in the catalogue of rules (domain C).
    """

    pointer: str
    code: str
    rule: str
    message: str


class FilingIncomplete(Exception):
    """The rules found problems; `problems` names every one of them."""

    code = "filing_incomplete"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("The filing cannot go on yet."))
        self.problems = problems
