"""What a finding rests on: the announced item, a provision of it, a point of its checklist."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from agencies.models import LegalBasis
from filings.models import Filing, FilingItem, Finding, Result
from filings.rules import Problem


@dataclass(frozen=True)
class Found:
    """One thing found: how serious, on which announced item, provision and clause."""

    severity: str
    text: str
    clause: str = ""
    item: FilingItem | None = None
    basis: LegalBasis | None = None
    point: int | None = None


def grounded(filing: Filing, findings: Iterable[Found]) -> tuple[list[Found], list[Problem]]:
    """The findings with what they rest on, and every one of which that is not clear (E7).

    Where one item was announced, or one provision lets it be inspected, it need not be named.
    """
    rows = filing.items.select_related("item_version").prefetch_related("item_version__bases")
    items = {one.pk: one for one in rows.order_by("pk")}
    found, wrong = [], []
    for number, one in enumerate(findings):
        rests = _rest(one, items)
        found.append(rests)
        wrong += _unclear(rests, items, number)
    return found, wrong


def _rest(one: Found, items: dict[int, FilingItem]) -> Found:
    only = next(iter(items.values())) if len(items) == 1 else None
    item = items.get(one.item.pk) if one.item is not None else only
    if item is None:
        return one
    bases = list(item.item_version.bases.all())
    basis = one.basis or (bases[0] if len(bases) == 1 else None)
    return replace(one, item=item, basis=basis, point=_point(item, one.clause))


def _point(item: FilingItem, clause: str) -> int | None:
    clauses = [
        str(one.get("clause", ""))[:200] if isinstance(one, dict) else ""
        for one in item.item_version.checklist
    ]
    return clauses.index(clause) + 1 if clause and clause in clauses else None


def _unclear(one: Found, items: dict[int, FilingItem], number: int) -> list[Problem]:
    where, which = f"findings/{number}", {"n": number + 1}
    if one.item is None or one.item.pk not in items:
        message = _("Name the announced item that finding %(n)s is on.") % which
        return [Problem(f"{where}/item", "finding_without_item", "E7", message)]
    bases = {basis.pk for basis in items[one.item.pk].item_version.bases.all()}
    if one.basis is None and bases:
        message = _("Name the legal basis that finding %(n)s rests on.") % which
        return [Problem(f"{where}/basis", "finding_without_basis", "E7", message)]
    if one.basis is not None and one.basis.pk not in bases:
        message = _("The legal basis of finding %(n)s does not belong to its item.") % which
        return [Problem(f"{where}/basis", "basis_of_another_item", "E7", message)]
    return []


def write_findings(result: Result, findings: Iterable[Found]) -> None:
    """The findings behind a result that has none yet, as `grounded` gives them."""
    Finding.objects.bulk_create(
        Finding(
            result=result,
            filing_item=one.item,
            basis=one.basis,
            point=one.point,
            clause=one.clause,
            severity=one.severity,
            text=one.text,
        )
        for one in findings
    )
