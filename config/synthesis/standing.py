"""The plans and letters of a synthetic year, without which its inspections would not be lawful."""

from datetime import date

import numpy as np

from agencies.models import Entrustment, InspectionItem, Plan
from config.synthesis.agencies import Body
from config.synthesis.batch import Batch, of_records
from config.synthesis.catalogue import Catalogue

NAMED = Entrustment.items.through
SPECIAL = "-ZX"


def number(body: Body, year: int) -> str:
    """The number of the annual plan of an agency; that of its special plan ends in `SPECIAL`."""
    return f"{year}-{body.code}"


def plans(made: list[Body], agency_ids: np.ndarray, first: int, year: int) -> Batch:
    """Each agency's annual plan and one for special inspections, for every item it claimed."""
    records = []
    for body, agency in zip(made, agency_ids.tolist(), strict=True):
        for kind, ending, name in (
            ("annual", "", f"{year}年度检查计划"),
            ("special", SPECIAL, f"{year}年专项检查计划"),
        ):
            approved = kind == "special"
            records.append(
                {
                    "id": first + len(records),
                    "agency_id": agency,
                    "number": number(body, year) + ending,
                    "kind": kind,
                    "name": name,
                    "made_on": str(date(year - 1, 12, 1)),
                    "approved_by": f"{body.place.name}人民政府" if approved else "",
                    "approval_number": f"{year}-{agency}" if approved else "",
                    "published_on": str(date(year - 1, 12, 20)),
                    "valid_from": str(date(year, 1, 1)),
                    "valid_to": str(date(year + 2, 1, 1)),
                }
            )
    return of_records(Plan, records)


def letters(
    made: list[Body], agency_ids: np.ndarray, catalogue: Catalogue, first: dict[type, int]
) -> list[Batch]:
    """A letter for each entrusted body over all that it claimed, with its items."""
    written, named = [], []
    for body, agency in zip(made, agency_ids.tolist(), strict=True):
        if body.of is None:
            continue
        letter = first[Entrustment] + len(written)
        written.append(
            {
                "id": letter,
                "agency_id": agency,
                "number": f"WT-{body.code}",
                "published_on": str(body.starts),
                "valid_from": str(body.starts),
                "valid_to": None if body.ends is None else str(body.ends),
            }
        )
        for item in catalogue.claimed(body).tolist():
            named.append(
                {
                    "id": first[NAMED] + len(named),
                    "entrustment_id": letter,
                    "inspectionitem_id": first[InspectionItem] + item,
                }
            )
    return [of_records(Entrustment, written), of_records(NAMED, named)] if written else []
