"""A page of filings as plain rows: three queries whatever the page holds, no model objects."""

from collections import defaultdict
from typing import Any

from agencies.calendar import SHANGHAI
from filings.models import FilingItem, FilingOfficer

COLUMNS = (
    "id",
    "number",
    "origin",
    "status",
    "version",
    "dated_at",
    "check_type",
    "trigger",
    "double_random",
    "unannounced",
    "recheck",
    "emergency",
    "place",
    "planned_start",
    "planned_end",
    "agency__code",
    "agency__name",
    "subject_id",
    "subject__name",
    "subject__uscc",
)


def narrow(filings):
    """The same filings with only the columns that a row shows."""
    return filings.values_list(*COLUMNS, named=True)


def shown(found, wanted=None) -> list[dict[str, Any]]:
    """The rows of `narrow` as the API shows them; only the fields `wanted`, when given."""
    ids = [row.id for row in found]
    items = _items(ids) if wanted is None or "items" in wanted else {}
    officers = _officers(ids) if wanted is None or "officers" in wanted else {}
    rows = [
        _row(row, _agency_and_subject(row), items.get(row.id, []), officers.get(row.id, []))
        for row in found
    ]
    if wanted is None:
        return rows
    return [{name: row[name] for name in row if name in wanted} for row in rows]


def of(filing) -> dict[str, Any]:
    """The row of one filing that was read whole, its items and members with it."""
    agency, subject = filing.agency, filing.subject
    members = sorted(filing.members.all(), key=lambda one: (not one.lead, one.pk))
    return _row(
        filing,
        (agency.code, agency.name, subject.pk, subject.name, subject.uscc),
        [_item(v.item.code, v.name, v.version) for v in (i.item_version for i in _named(filing))],
        [_officer(one.officer_id, one.officer.code, one.officer.name, one.lead) for one in members],
    )


def _named(filing):
    return sorted(filing.items.all(), key=lambda one: one.pk)


def _agency_and_subject(row):
    return row.agency__code, row.agency__name, row.subject_id, row.subject__name, row.subject__uscc


def _row(row, agency_and_subject, items, officers) -> dict[str, Any]:
    agency, agency_name, subject, subject_name, uscc = agency_and_subject
    return {
        "id": row.id,
        "number": row.number,
        "origin": row.origin,
        "status": row.status,
        "version": row.version,
        "dated_at": row.dated_at.astimezone(SHANGHAI).isoformat(),
        "type": row.check_type,
        "trigger": row.trigger,
        "double_random": row.double_random,
        "unannounced": row.unannounced,
        "recheck": row.recheck,
        "emergency": row.emergency,
        "place": row.place,
        "planned_start": row.planned_start.astimezone(SHANGHAI).isoformat(),
        "planned_end": row.planned_end.astimezone(SHANGHAI).isoformat(),
        "agency": {"code": agency, "name": agency_name},
        "subject": {"id": subject, "name": subject_name, "uscc": uscc},
        "items": items,
        "officers": officers,
    }


def _items(ids):
    found = defaultdict(list)
    rows = FilingItem.objects.filter(filing__in=ids).order_by("pk")
    columns = ("filing_id", "item_version__item__code", "item_version__name")
    for filing, code, name, version in rows.values_list(*columns, "item_version__version"):
        found[filing].append(_item(code, name, version))
    return found


def _officers(ids):
    found = defaultdict(list)
    rows = FilingOfficer.objects.filter(filing__in=ids).order_by("-lead", "pk")
    columns = ("filing_id", "officer_id", "officer__code", "officer__name", "lead")
    for filing, pk, code, name, lead in rows.values_list(*columns):
        found[filing].append(_officer(pk, code, name, lead))
    return found


def _item(code, name, version):
    return {"code": code, "name": name, "version": version}


def _officer(pk, code, name, lead):
    return {"id": pk, "code": code, "name": name, "lead": lead}
