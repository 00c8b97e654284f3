"""The register of authorities and the books every agency keeps."""

from agencies.models.agency import Agency
from agencies.models.batch import ImportBatch
from agencies.models.checkpoint import Checkpoint
from agencies.models.event import Chain, Event
from agencies.models.item import Claim, InspectionItem, ItemVersion, LegalBasis, SubjectKind
from agencies.models.job import Job
from agencies.models.region import Region

__all__ = [
    "Agency",
    "Chain",
    "Checkpoint",
    "Claim",
    "Event",
    "ImportBatch",
    "InspectionItem",
    "ItemVersion",
    "Job",
    "LegalBasis",
    "Region",
    "SubjectKind",
]
