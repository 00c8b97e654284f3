"""The register of authorities and the books every agency keeps."""

from agencies.models.agency import Agency
from agencies.models.batch import ImportBatch
from agencies.models.calendar_day import CalendarDay
from agencies.models.checkpoint import Checkpoint
from agencies.models.event import Chain, Event
from agencies.models.item import Claim, InspectionItem, ItemVersion, LegalBasis, SubjectKind
from agencies.models.job import Job
from agencies.models.plan import Plan
from agencies.models.region import Region
from agencies.models.standing import Assignment, Entrustment, Power

__all__ = [
    "Agency",
    "Assignment",
    "CalendarDay",
    "Chain",
    "Checkpoint",
    "Claim",
    "Entrustment",
    "Event",
    "ImportBatch",
    "InspectionItem",
    "ItemVersion",
    "Job",
    "LegalBasis",
    "Plan",
    "Power",
    "Region",
    "SubjectKind",
]
