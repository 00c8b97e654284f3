"""What does the database hold back of filings, and of all that hangs on them?"""

from agencies.walls import ACCOUNT, OWN, WATCHED, Wall, of_agency, of_parent

_TOLD = "(origin <> 'native' OR emergency OR submitted_at IS NOT NULL)"
_PARTS_OF_FILING = (
    "filings_filingitem",
    "filings_filingofficer",
    "filings_filingreason",
    "filings_evidence",
    "filings_preservation",
    "filings_result",
    "filings_offlinearrival",
)
_PARTS_OF_RESULT = (
    "filings_finding",
    "filings_correction",
    "filings_rectification",
    "filings_transfer",
)
_FILING = "SELECT 1 FROM filings_filing f WHERE f.id IN"

WALLS = (
    # A draft is its agency's alone (docs/adr/0008-a-draft-is-its-agencys.md).
    Wall("filings_filing", f"agency_id = {OWN} OR agency_id = {WATCHED} AND {_TOLD}"),
    *(of_parent(table, "filing_id", "filings_filing") for table in _PARTS_OF_FILING),
    *(of_parent(table, "result_id", "filings_result") for table in _PARTS_OF_RESULT),
    Wall(
        "filings_jointanswer",
        f"EXISTS ({_FILING} (filings_jointanswer.filing_id, filings_jointanswer.other_id))",
    ),
    # No agency reads a single rating (reliability c.3, row 18).
    Wall("filings_rating", f"agency_id = {WATCHED}"),
    of_agency("filings_draw"),
    of_parent("filings_drawnsubject", "draw_id", "filings_draw"),
    of_agency("filings_alert"),
    of_agency("filings_supervisioncase"),
    of_parent("filings_caseentry", "case_id", "filings_supervisioncase"),
    of_parent("filings_conflict", "officer_id", "officers_officer"),
    Wall("filings_upload", f"uploaded_by_id = {ACCOUNT}"),
)
