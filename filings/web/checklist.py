"""The checklists of the announced items, gone through clause by clause at the door."""

from dataclasses import dataclass
from operator import attrgetter

from django import forms

from agencies.imports.points import Point, stored_points
from agencies.models import ItemVersion, LegalBasis
from filings.actions import Found
from filings.models import FilingItem, Finding
from filings.web.fields import one_of, tick, words

LONGEST_CLAUSE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One point of the checklist of one item, and the names of its two fields."""

    item: FilingItem
    point: Point
    name: str
    bases: tuple[LegalBasis, ...]

    @property
    def severity(self) -> str:
        """How grave it is if it is wrong; minor where the checklist does not say."""
        said = self.point.severity
        return said if said in Finding.Severity.values else Finding.Severity.MINOR

    def measure(self) -> str:
        """By which standard and how it is looked into, and how grave it is, as far as is said."""
        methods, severities = dict(ItemVersion.Method.choices), dict(Finding.Severity.choices)
        point = self.point
        said = (point.standard, methods.get(point.method), severities.get(point.severity))
        return " · ".join(str(one) for one in said if one)


class ChecklistForm(forms.Form):
    """For each clause: is something wrong, and what?  A clause that is not ticked is in order."""

    def __init__(self, data=None, *, items, **kwargs):
        super().__init__(data, **kwargs)
        self.lines = [line for item in items for line in _lines(item)]
        for line in self.lines:
            clause = line.point.clause
            self.fields[line.name] = tick(clause)
            self.fields[f"{line.name}_text"] = words(clause, 500)
            if len(line.bases) > 1:
                chosen = [(one.pk, str(one)) for one in line.bases]
                self.fields[f"{line.name}_basis"] = one_of(clause, chosen, required=False)

    def groups(self):
        """The lines by item, each with its two fields as the page shows them."""
        held: dict[FilingItem, list] = {}
        for line in self.lines:
            shown = {"wrong": self[line.name], "text": self[f"{line.name}_text"]}
            shown["measure"] = line.measure()
            if len(line.bases) > 1:
                shown["basis"] = self[f"{line.name}_basis"]
            held.setdefault(line.item, []).append(shown)
        return list(held.items())

    def found(self) -> list[Found]:
        """A finding for every clause that is ticked."""
        return [
            Found(
                severity=line.severity,
                text=self.cleaned_data[f"{line.name}_text"] or line.point.clause,
                clause=line.point.clause[:LONGEST_CLAUSE],
                item=line.item,
                basis=self._basis(line),
            )
            for line in self.lines
            if self.cleaned_data[line.name] or self.cleaned_data[f"{line.name}_text"]
        ]

    def _basis(self, line: Line) -> LegalBasis | None:
        said = self.cleaned_data.get(f"{line.name}_basis")
        return next((one for one in line.bases if str(one.pk) == said), None)


def _lines(item: FilingItem) -> list[Line]:
    bases = tuple(sorted(item.item_version.bases.all(), key=attrgetter("pk")))
    checklist = item.item_version.checklist
    return [
        Line(item, point, f"check{item.pk}_{number}", bases)
        for number, point in enumerate(stored_points(checklist))
    ]
