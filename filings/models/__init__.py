"""The filing and everything it touches."""

from filings.models.filing import Filing, FilingItem, FilingOfficer, NumberCounter
from filings.models.result import Finding, Result
from filings.models.subject import Subject
from filings.models.visit import Rating, Visit

__all__ = [
    "Filing",
    "FilingItem",
    "FilingOfficer",
    "Finding",
    "NumberCounter",
    "Rating",
    "Result",
    "Subject",
    "Visit",
]
