"""Every rule of the domain C1 to C5 is decided somewhere, or the document says why not."""

from filings.clocks import DUTIES
from filings.management.commands.describe_rules import description
from filings.rules.catalogue import CATALOGUE
from filings.rules.catalogue.elsewhere import ELSEWHERE

RULES = {
    *(f"R-ORG-{number}" for number in range(1, 6)),
    *(f"R-OFF-{number}" for number in range(1, 8)),
    *(f"R-ITM-{number}" for number in range(1, 8)),
    *(f"R-PLN-{number}" for number in range(1, 4)),
    *(f"R-APP-{number}" for number in range(1, 4)),
    *(f"R-NOT-{number}" for number in range(1, 4)),
    *("R-DAY-1", "R-LOC-1", "R-INE-1", "R-JNT-1", "R-OFFS-1"),
    *(f"R-FRQ-{number}" for number in range(1, 7)),
    *(f"R-DUP-{number}" for number in range(1, 6)),
    *(f"R-SIT-{number}" for number in range(1, 7)),
    *(f"R-RES-{number}" for number in range(1, 4)),
    *(f"R-FUP-{number}" for number in range(1, 4)),
}


def test_no_rule_is_forgotten():
    asked = {entry.rule for entry in CATALOGUE.values()}
    timed = {duty.rule for duty in DUTIES.values()}
    assert RULES - asked - timed - set(ELSEWHERE) == set()


def test_none_is_said_to_be_elsewhere_that_the_catalogue_decides():
    asked = {entry.rule for entry in CATALOGUE.values()}
    assert set(ELSEWHERE) & asked == set()
    assert set(ELSEWHERE) <= RULES


def test_the_document_names_each_of_them():
    told = description()
    assert [rule for rule in RULES if f"| {rule} |" not in told] == []
