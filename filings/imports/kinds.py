"""Which kinds of rows can be brought, in the order in which they rest on each other."""

from agencies.imports.catalogue import Claims, Items
from agencies.imports.kind import Kind
from agencies.imports.places import Agencies, Regions
from agencies.imports.standing import Assignments, CalendarDays, Entrustments, Plans, Powers
from filings.imports.conflicts import Conflicts
from filings.imports.drafts import Drafts
from filings.imports.history import History
from filings.imports.limits import Assistances, Limits
from filings.imports.subjects import Subjects
from officers.imports import Officers

KINDS: dict[str, type[Kind]] = {
    kind.name: kind
    for kind in (
        Regions,
        CalendarDays,
        Agencies,
        Items,
        Claims,
        Plans,
        Entrustments,
        Assignments,
        Powers,
        Limits,
        Assistances,
        Officers,
        Subjects,
        Conflicts,
        History,
        Drafts,
    )
}
