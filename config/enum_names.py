"""What the description of the API calls the lists of choices that share a field's name."""

ENUM_NAMES = {
    "FilingStatus": "filings.workflow.Status",
    "CertificateStatus": "officers.models.Certificate.Status",
    "JobState": "agencies.models.Job.State",
    "RegionKind": "agencies.models.Region.Kind",
    "AgencyKind": "agencies.models.Agency.Kind",
    "ItemKind": "agencies.models.ItemVersion.Kind",
    "SubjectKind": "agencies.models.SubjectKind",
    "Role": "officers.roles.Role",
    "RuleSeverity": "filings.models.Severity",
    "FindingSeverity": "filings.models.Finding.Severity",
    "DeliveryChannel": "filings.models.Result.Channel",
    "NoticeChannel": "filings.models.Filing.NoticeChannel",
    "CertificateKind": "officers.models.Certificate.Kind",
    "ResultOutcome": "filings.models.Result.Outcome",
    "CaseOutcome": "filings.models.SupervisionCase.Outcome",
    "CaseKind": "filings.models.SupervisionCase.Kind",
    "DisposalKind": "filings.models.Kept",
    "CaseStep": "filings.models.CaseEntry.Kind",
}
