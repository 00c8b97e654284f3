"""What runs out next for the caller: asked by the page and by the API with the same filters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.query import RefusedParameters, check_parameters
from filings.casework import of_cases
from filings.clocks import Colour
from filings.duties import Owed, of_agencies, of_filings
from filings.models import Filing
from filings.rules.timing import Terms
from filings.terms import Clock
from officers.authority import Authority
from officers.roles import Permission, Role

# More filings than this are not weighed at once; the answer then says that it is not the whole.
MOST = 5000
CHOICES: dict[str, Any] = {"clock": Clock, "colour": Colour, "owner": Role}
PARAMETERS = ("agency", *CHOICES)


@dataclass(frozen=True, slots=True)
class RunningOut:
    """The deadlines found, the most urgent first, and whether there may be more."""

    rows: list[Owed]
    cut_off: bool


def due(query: QueryDict, authority: Authority, now: datetime) -> RunningOut:
    """The open deadlines of the filings and agencies that `authority` may see, and of its cases.

    `query` may name an agency, a clock, a colour and the role that owns the deadline.  Raises
    BadParameter and RefusedParameters.
    """
    check_parameters(query, PARAMETERS)
    _check_choices(query)
    seen = Filing.objects.visible_to(authority).running().with_clocks()
    if query.get("agency"):
        seen = seen.filter(agency__code=query["agency"])
    filings = list(seen.order_by("-pk")[: MOST + 1])
    agencies = authority.narrow_agencies(Agency.objects.all(), "", Permission.FILING_READ)
    if query.get("agency"):
        agencies = agencies.filter(code=query["agency"])
    terms = Terms.read()
    found = (
        *of_filings(filings[:MOST], now, terms),
        *of_agencies(agencies, now, terms),
        *(one for one in of_cases(authority, now, terms) if _of_agency(one, query)),
    )
    rows = sorted((one for one in found if _wanted(one, query)), key=lambda one: one.order)
    return RunningOut(rows, len(filings) > MOST)


def _of_agency(one: Owed, query: QueryDict) -> bool:
    return query.get("agency", "") in ("", one.agency.code)


def _check_choices(query: QueryDict) -> None:
    wrong = {
        name: [("invalid_choice", _unknown(query[name], known))]
        for name, known in CHOICES.items()
        if query.get(name) and query[name] not in known.values
    }
    if wrong:
        raise RefusedParameters(wrong)


def _unknown(value: str, known: Any) -> str:
    message = _("“%(value)s” is not one of: %(known)s.")
    return message % {"value": value[:60], "known": ", ".join(known.values)}


def _wanted(one: Owed, query: QueryDict) -> bool:
    asked = {name: query[name] for name in CHOICES if query.get(name)}
    return all(getattr(one.deadline, name) == value for name, value in asked.items())
