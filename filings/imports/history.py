"""Rows of inspections that were made elsewhere: they enter as imported filings.

An imported filing was never filed here: it has no number, no submission and no approval, keeps its
source and the row as given, and is counted apart.  Its instant is the local midnight at which the
day of inspection begins, since the sources give no time.
"""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from agencies.calendar import midnight
from agencies.imports import checking
from agencies.imports.bulk import Table
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Kind, Row, codes, found
from agencies.models import ItemVersion
from filings.imports.references import References
from filings.models import Filing, FilingItem, FilingOfficer, Finding, Result
from filings.workflow import Status

SEVERITIES = tuple(Finding.Severity.values)
OF_FILING = ("source", "source_id", "check_type", "trigger", "method", "place", "recheck")
FILED_AS = (
    "origin",
    "status",
    "raw",
    "dated_at",
    "planned_start",
    "planned_end",
    "created_at",
    "agency_id",
    "subject_id",
)
OF_RESULT = ("outcome", "source_outcome", "follow_up", "summary", "rectify_by")
COUNT = checking.whole(0, 32767)


class History(Kind):
    """One row is one inspection with its result."""

    name = "filings"
    label = gettext_lazy("filings")
    fields = (
        Field("source", gettext_lazy("source"), checking.code(60), "chicago", True),
        Field("source_id", gettext_lazy("identifier at the source"), checking.code(80), "1", True),
        Field("agency", gettext_lazy("agency"), checking.code(20), "CYSCJG", True),
        Field("subject_uscc", gettext_lazy("credit code of the subject"), checking.credit_code),
        Field(
            "subject_source_id",
            gettext_lazy("identifier of the subject at the source"),
            checking.code(80),
            "30790",
        ),
        Field("inspected_on", gettext_lazy("inspected on"), checking.day(), "2013-01-31", True),
        Field(
            "items",
            gettext_lazy("items"),
            checking.listed(checking.code(40)),
            "SCJG-0001",
            True,
        ),
        Field(
            "officers",
            gettext_lazy("staff numbers of the officers"),
            checking.listed(checking.code(40)),
            "0012;0013",
            default=(),
        ),
        Field("outcome", gettext_lazy("outcome"), checking.choice(Result.Outcome), "pending", True),
        Field("source_outcome", gettext_lazy("outcome at the source"), checking.text(100), "Fail"),
        Field(
            "follow_up",
            gettext_lazy("follow-up"),
            checking.choice(Result.FollowUp),
            "none",
            default=Result.FollowUp.NONE,
        ),
        Field("rectify_by", gettext_lazy("rectify by"), checking.day(), default=None),
        Field("summary", gettext_lazy("summary"), checking.text(5000, lines=True)),
        Field("critical", gettext_lazy("critical findings"), COUNT, "0", default=0),
        Field("serious", gettext_lazy("serious findings"), COUNT, "1", default=0),
        Field("minor", gettext_lazy("minor findings"), COUNT, "3", default=0),
        Field(
            "check_type",
            gettext_lazy("type"),
            checking.choice(Filing.CheckType),
            "daily",
            default=Filing.CheckType.DAILY,
        ),
        Field(
            "trigger",
            gettext_lazy("trigger"),
            checking.choice(Filing.Trigger),
            "other",
            default=Filing.Trigger.OTHER,
        ),
        Field(
            "method",
            gettext_lazy("method"),
            checking.choice(ItemVersion.Method),
            "on_site",
            default=ItemVersion.Method.ON_SITE,
        ),
        Field("place", gettext_lazy("place"), checking.text(300)),
        Field("recheck", gettext_lazy("re-check"), checking.flag, default=False),
    )

    def __init__(self) -> None:
        self.references = References()
        self.new_sources: dict[str, bool] = {}

    def identity(self, row: Row) -> Hashable:
        return row.values["source"], row.values["source_id"]

    def check(self, rows: list[Row], today: date) -> None:
        """Look everything up; refuse inspections of the future and results that contradict."""
        self.references.find(rows)
        for row in rows:
            _check_result(row)
            if row.values["inspected_on"] > today:
                row.refuse(
                    "inspected_on",
                    "future",
                    _("lies in the future; only past inspections are imported"),
                    _("Correct the date, or file the inspection here."),
                )

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        held: dict[Hashable, dict[str, Any]] = {}
        for source in codes(rows, "source"):
            filings = Filing.objects.filter(origin=Filing.Origin.IMPORTED, source=source)
            if source not in self.new_sources:
                self.new_sources[source] = not filings.exists()
            if self.new_sources[source]:
                continue
            told = found(
                filings.values_list("source", "source_id", "raw"),
                "source_id",
                codes(rows, "source_id"),
            )
            held.update({(of, there): raw or {} for of, there, raw in told})
        return held

    def differences(self, row: Row, held: dict[str, Any]) -> list[tuple[str, Any]]:
        """The row as given is what is kept, so it is what is compared."""
        return [(name, held[name]) for name in held if row.raw.get(name, held[name]) != held[name]]

    def write(self, rows: list[Row], at: datetime) -> None:
        filings = Table(Filing, *OF_FILING, *FILED_AS).insert([_filing(row, at) for row in rows])
        pairs = list(zip(filings, rows, strict=True))
        announced = [(filing, version) for filing, row in pairs for version in row.refs["items"]]
        items = Table(FilingItem, "filing_id", "item_version_id").insert(announced)
        Table(FilingOfficer, "filing_id", "officer_id", "lead").insert(
            [
                (filing, officer, place == 0)
                for filing, row in pairs
                for place, officer in enumerate(row.refs["officers"])
            ]
        )
        results = Table(Result, "filing_id", "recorded_at", *OF_RESULT).insert(
            [(filing, at, *(row.values[name] for name in OF_RESULT)) for filing, row in pairs]
        )
        only = {filing: item for item, (filing, _version) in zip(items, announced, strict=True)}
        Table(Finding, "result_id", "filing_item_id", "severity", "count").insert(
            [
                (
                    result,
                    only[filing] if len(row.refs["items"]) == 1 else None,
                    severity,
                    row.values[severity],
                )
                for result, (filing, row) in zip(results, pairs, strict=True)
                for severity in SEVERITIES
                if row.values[severity]
            ]
        )


def _filing(row: Row, at: datetime) -> tuple[Any, ...]:
    day = midnight(row.values["inspected_on"])
    return (
        *(row.values[name] for name in OF_FILING),
        Filing.Origin.IMPORTED,
        Status.CLOSED,
        row.raw,
        day,
        day,
        day,
        at,
        row.refs["agency"],
        row.refs["subject"],
    )


def _check_result(row: Row) -> None:
    values = row.values
    fine = values["outcome"] == Result.Outcome.NO_PROBLEM
    if fine and values["follow_up"] != Result.FollowUp.NONE:
        row.refuse(
            "follow_up",
            "follow_up",
            _("follows an inspection that found no problem"),
            _("Correct the outcome or the follow-up."),
        )
    if values["follow_up"] == Result.FollowUp.RECTIFICATION and not values["rectify_by"]:
        row.refuse(
            "rectify_by",
            "required",
            _("is empty beside an order to rectify"),
            _("Fill in the deadline."),
        )
