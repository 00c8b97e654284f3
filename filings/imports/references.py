"""Which rows of the registers does an imported inspection speak of?"""

from collections.abc import Hashable

from agencies.imports.faults import said as _
from agencies.imports.kind import Known, Row, Span, codes, found
from agencies.models import Agency, ItemVersion
from filings.models import Subject
from officers.models import Officer


class References:
    """Agencies, subjects, items and officers by what the rows call them; each asked for once."""

    def __init__(self) -> None:
        self._agencies, self._officers = Known(_agencies), Known(_officers)
        self._subjects, self._items = Known(_subjects), Known(_items)

    def find(self, rows: list[Row]) -> None:
        """Note in each row the keys of what it names; refuse what is not in the register."""
        agencies = self._agencies.of(codes(rows, "agency"))
        items = self._items.of(codes(rows, "items"))
        officers = self._officers.of({key for row in rows for key in _officer_keys(row)})
        subjects = self._subjects.of({_subject_key(row) for row in rows})
        for row in rows:
            row.refs["agency"] = agencies[row.values["agency"]]
            if row.refs["agency"] is None:
                row.refuse_unknown("agency", row.values["agency"], _("agency"))
            _find_subject(row, subjects)
            _find_items(row, items)
            _find_officers(row, officers)


def _agencies(wanted: set[str]) -> dict[str, int]:
    return dict(found(Agency.objects.values_list("code", "pk"), "code", wanted))


def _items(wanted: set[str]) -> dict[str, list[Span]]:
    versions = ItemVersion.objects.values_list("item__code", "valid_from", "valid_to", "pk")
    spans: dict[str, list[Span]] = {}
    for code, start, end, version in found(versions, "item__code", wanted):
        spans.setdefault(code, []).append(Span(start, end, version))
    return spans


def _officers(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    held = Officer.objects.filter(agency__code__in={agency for agency, _code in wanted})
    told = held.values_list("agency__code", "code", "pk")
    return {
        (agency, code): officer
        for agency, code, officer in found(told, "code", {code for _agency, code in wanted})
    }


def _officer_keys(row: Row) -> list[tuple[str, str]]:
    return [(row.values["agency"], code) for code in row.values["officers"]]


def _subjects(wanted: set[Hashable]) -> dict[Hashable, int]:
    """Subjects by their credit code, or by source and identifier there."""
    named = {key for key in wanted if isinstance(key, str)}
    known: dict[Hashable, int] = dict(
        found(Subject.objects.values_list("uscc", "pk"), "uscc", named)
    )
    sourced: dict[str, set[str]] = {}
    for source, there in wanted - named:
        sourced.setdefault(source, set()).add(there)
    for source, ids in sourced.items():
        told = Subject.objects.filter(source=source).values_list("source_id", "pk")
        known.update({(source, there): pk for there, pk in found(told, "source_id", ids)})
    return known


def _subject_key(row: Row) -> Hashable:
    values = row.values
    return values["subject_uscc"] or (values["source"], values["subject_source_id"])


def _find_subject(row: Row, subjects: dict[Hashable, int]) -> None:
    values = row.values
    if bool(values["subject_uscc"]) == bool(values["subject_source_id"]):
        row.refuse(
            "subject_source_id",
            "subject",
            _("the subject is named by its credit code or by its identifier, by one of them"),
            _("Fill in one of the two."),
        )
        return
    name = "subject_uscc" if values["subject_uscc"] else "subject_source_id"
    row.refs["subject"] = subjects[_subject_key(row)]
    if row.refs["subject"] is None:
        row.refuse_unknown(name, values[name], _("subject"))


def _find_items(row: Row, items: dict[str, list[Span]]) -> None:
    day = row.values["inspected_on"]
    row.refs["items"] = []
    for code in row.values["items"]:
        spans = items[code]
        version = next((s.holder for s in spans or () if s.covers(day)), None)
        row.refs["items"].append(version)
        if version is None and spans:
            row.refuse(
                "items",
                "not_in_force",
                _("item %(code)s has no version in force on %(day)s") % {"code": code, "day": day},
                _("Import that version first, or correct the day."),
            )
        elif version is None:
            row.refuse_unknown("items", code, _("item"))


def _find_officers(row: Row, officers: dict[tuple[str, str], int]) -> None:
    row.refs["officers"] = [officers[key] for key in _officer_keys(row)]
    for code, officer in zip(row.values["officers"], row.refs["officers"], strict=True):
        if officer is None:
            row.refuse_unknown("officers", code, _("officer"))
