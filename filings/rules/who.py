"""Who may inspect (domain C1)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from filings.rules.case import Case
from filings.rules.problem import Problem
from officers.models import Officer

LEAST_OFFICERS = 2


def agency_is_qualified(case: Case) -> Iterator[Problem]:
    """R-ORG-1: the agency's qualification is confirmed for every planned day."""
    agency = case.filing.agency
    unqualified = [day for day in case.days if not agency.is_qualified(day)]
    if unqualified:
        yield Problem(
            "agency",
            "agency_not_qualified",
            "R-ORG-1",
            _(
                "The qualification of %(agency)s is not confirmed for %(day)s. "
                "Choose other days or have the qualification confirmed first."
            )
            % {"agency": agency, "day": unqualified[0]},
        )


def two_officers_take_part(case: Case) -> Iterator[Problem]:
    """R-OFF-1: at least two distinct enforcement officers are named."""
    enforcing = [o for o in case.officers if o.category == Officer.Category.OFFICER]
    if len(enforcing) < LEAST_OFFICERS:
        yield Problem(
            "officers",
            "too_few_officers",
            "R-OFF-1",
            _("At least two enforcement officers must take part; %(count)s named. Add a partner.")
            % {"count": len(enforcing)},
        )


def auxiliaries_are_not_officers(case: Case) -> Iterator[Problem]:
    """R-OFF-4: auxiliaries are counted as assistants, never named as officers."""
    for officer in case.officers:
        if officer.category != Officer.Category.OFFICER:
            yield Problem(
                "officers",
                "auxiliary_as_officer",
                "R-OFF-4",
                _("%(name)s is an auxiliary. Count auxiliaries as assistants instead.")
                % {"name": officer},
            )


def officers_belong_to_the_agency(case: Case) -> Iterator[Problem]:
    """R-OFF-1: the officers are of the filing agency."""
    for officer in case.officers:
        if officer.agency_id != case.filing.agency_id:
            yield Problem(
                "officers",
                "officer_of_another_agency",
                "R-OFF-1",
                _("%(name)s belongs to another agency. Name officers of %(agency)s.")
                % {"name": officer, "agency": case.filing.agency},
            )


def officers_are_in_service(case: Case) -> Iterator[Problem]:
    """R-OFF-1: the officers are in service on every planned day."""
    for officer in case.officers:
        if not case.covered(officer.joined_on, officer.left_on):
            yield Problem(
                "officers",
                "officer_not_in_service",
                "R-OFF-1",
                _("%(name)s is not in service on every planned day. Name somebody else.")
                % {"name": officer},
            )


def certificates_are_valid(case: Case) -> Iterator[Problem]:
    """R-OFF-2: one active certificate of each officer covers every planned day."""
    for officer in case.officers:
        if case.certificate(officer) is None:
            yield Problem(
                "officers",
                "certificate_not_valid",
                "R-OFF-2",
                _(
                    "%(name)s holds no certificate valid on every planned day. "
                    "Name somebody else or have the certificate renewed."
                )
                % {"name": officer},
            )


RULES = (
    agency_is_qualified,
    two_officers_take_part,
    auxiliaries_are_not_officers,
    officers_belong_to_the_agency,
    officers_are_in_service,
    certificates_are_valid,
)
