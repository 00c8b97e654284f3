"""Which kinds of rows can be brought, in the order in which they rest on each other."""

from agencies.imports.catalogue import Claims, Items
from agencies.imports.kind import Kind
from agencies.imports.places import Agencies, Regions
from filings.imports.history import History
from filings.imports.subjects import Subjects
from officers.imports import Officers

KINDS: dict[str, type[Kind]] = {
    kind.name: kind for kind in (Regions, Agencies, Items, Claims, Officers, Subjects, History)
}
