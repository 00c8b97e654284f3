"""The filing and everything it touches."""

from filings.models.alert import Alert
from filings.models.draw import Draw, DrawnSubject
from filings.models.evidence import Evidence
from filings.models.filing import Filing, FilingItem, FilingOfficer, NumberCounter
from filings.models.follow_up import Correction, Rectification, Transfer
from filings.models.joint import JointAnswer
from filings.models.limit import Assistance, Limit
from filings.models.offline import OfflineArrival
from filings.models.own import Contact, OwnEntry
from filings.models.preservation import Preservation
from filings.models.result import Finding, Result
from filings.models.retention import Disposal, Kept, RetentionPeriod
from filings.models.rule import Conflict, FilingReason, RuleSetting, Severity
from filings.models.saved import SavedFilter
from filings.models.subject import Subject
from filings.models.supervision import CaseEntry, SupervisionCase
from filings.models.upload import Upload
from filings.models.visit import Rating, Visit

__all__ = [
    "Alert",
    "Assistance",
    "CaseEntry",
    "Conflict",
    "Contact",
    "Correction",
    "Disposal",
    "Draw",
    "DrawnSubject",
    "Evidence",
    "Filing",
    "FilingItem",
    "FilingOfficer",
    "FilingReason",
    "Finding",
    "JointAnswer",
    "Kept",
    "Limit",
    "NumberCounter",
    "OfflineArrival",
    "OwnEntry",
    "Preservation",
    "Rating",
    "Rectification",
    "Result",
    "RetentionPeriod",
    "RuleSetting",
    "SavedFilter",
    "Severity",
    "Subject",
    "SupervisionCase",
    "Transfer",
    "Upload",
    "Visit",
]
