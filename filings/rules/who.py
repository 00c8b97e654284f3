"""Who may inspect (domain C1)."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_noop as _

from agencies.models import Region
from filings.rules.case import Case
from filings.rules.problem import Problem
from officers.models import Officer

LEVELS = ["state", "province", "city", "county", "township"]
STANDING = {
    Region.Kind.PROVINCE: "province",
    Region.Kind.PREFECTURE: "city",
    Region.Kind.COUNTY: "county",
    Region.Kind.ZONE: "county",
    Region.Kind.TOWNSHIP: "township",
}


def agency_is_qualified(case: Case) -> Iterator[Problem]:
    """R-ORG-1: the agency's qualification is confirmed for every planned day."""
    agency = case.agency
    unqualified = [day for day in case.days if not agency.is_qualified(day)]
    if unqualified:
        yield Problem(
            "agency",
            "agency_not_qualified",
            "R-ORG-1",
            _(
                "The qualification of %(agency)s is not confirmed for %(day)s. "
                "Choose other days or have the qualification confirmed first."
            ),
            {"agency": agency, "day": unqualified[0]},
        )


def township_is_confirmed_above(case: Case) -> Iterator[Problem]:
    """R-ORG-4: the county confirms who inspects for a township, so its agency stands under one."""
    agency = case.agency
    if agency.region.kind == Region.Kind.TOWNSHIP and agency.parent_id is None:
        yield Problem(
            "agency",
            "township_without_county",
            "R-ORG-4",
            _(
                "%(agency)s stands under no agency of the county, which confirms its "
                "qualification. Have the register say under which."
            ),
            {"agency": agency},
        )


def two_officers_take_part(case: Case) -> Iterator[Problem]:
    """R-OFF-1: enough distinct enforcement officers are named."""
    least = case.param("too_few_officers", "officers")
    enforcing = [o for o in case.officers if o.category == Officer.Category.OFFICER]
    if len(enforcing) < least:
        yield Problem(
            "officers",
            "too_few_officers",
            "R-OFF-1",
            _(
                "At least %(least)s enforcement officers must take part; %(count)s named. "
                "Add a partner."
            ),
            {"least": least, "count": len(enforcing)},
        )


def auxiliaries_are_not_officers(case: Case) -> Iterator[Problem]:
    """R-OFF-4: auxiliaries are counted as assistants, never named as officers."""
    for officer in case.officers:
        if officer.category != Officer.Category.OFFICER:
            yield Problem(
                "officers",
                "auxiliary_as_officer",
                "R-OFF-4",
                _("%(name)s is an auxiliary. Count auxiliaries as assistants instead."),
                {"name": officer},
            )


def officers_belong_to_the_agency(case: Case) -> Iterator[Problem]:
    """R-OFF-1: the officers are of the filing agency."""
    for officer in case.officers:
        if officer.agency_id != case.filing.agency_id:
            yield Problem(
                "officers",
                "officer_of_another_agency",
                "R-OFF-1",
                _("%(name)s belongs to another agency. Name officers of %(agency)s."),
                {"name": officer, "agency": case.agency},
            )


def officers_are_in_service(case: Case) -> Iterator[Problem]:
    """R-OFF-1: the officers are in service on every planned day."""
    for officer in case.officers:
        if not case.covered(officer.joined_on, officer.left_on):
            yield Problem(
                "officers",
                "officer_not_in_service",
                "R-OFF-1",
                _("%(name)s is not in service on every planned day. Name somebody else."),
                {"name": officer},
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
                ),
                {"name": officer},
            )


def letter_covers_the_items(case: Case) -> Iterator[Problem]:
    """R-ORG-3: a published letter of entrustment names each item for every planned day."""
    if case.agency.principal is None:
        return
    entrusted = {item.pk for letter in case.law.letters for item in letter.items.all()}
    for version in case.versions:
        if version.item_id not in entrusted:
            yield Problem(
                "items",
                "outside_entrustment",
                "R-ORG-3",
                _(
                    "No published letter entrusts %(agency)s with “%(item)s” on these days. "
                    "Choose another item or have the letter entered."
                ),
                {"agency": case.agency, "item": version},
            )


def entrusted_body_keeps_its_scope(case: Case) -> Iterator[Problem]:
    """R-ORG-3: an entrusted body inspects only items its principal has claimed too."""
    principal = case.agency.principal
    if principal is None:
        return
    scope = {
        claim.item_id
        for claim in case.claims
        if claim.agency_id == principal.pk and case.covered(claim.valid_from, claim.valid_to)
    }
    for version in case.versions:
        if version.item_id not in scope:
            yield Problem(
                "items",
                "item_not_of_principal",
                "R-ORG-3",
                _(
                    "%(principal)s, which entrusts %(agency)s, may not use “%(item)s” on these "
                    "days. Choose an item within the entrustment."
                ),
                {"principal": principal, "agency": case.agency, "item": version},
            )


def level_is_assigned(case: Case) -> Iterator[Problem]:
    """R-ORG-5: an item is inspected at the level settled for it, else not above its own."""
    standing = STANDING[Region.Kind(case.agency.region.kind)]
    for version in case.versions:
        settled = case.law.assignments.get(version.item_id)
        if settled is None:
            right = LEVELS.index(version.level) <= LEVELS.index(standing)
        else:
            right = settled.level == standing
        if not right:
            level = version if settled is None else settled
            yield Problem(
                "items",
                "level_not_assigned",
                "R-ORG-5",
                _(
                    "“%(item)s” belongs to the level “%(level)s”, not to this agency's. "
                    "Leave it to that level or give the reason."
                ),
                {"item": version, "level": level.get_level_display()},
            )


def certificates_last(case: Case) -> Iterator[Problem]:
    """R-OFF-2: the certificate does not expire within days of the visit."""
    soon = case.days[-1] + timedelta(days=case.param("certificate_expiring", "days"))
    for officer in case.officers:
        held = case.certificate(officer)
        if held is not None and held.valid_to <= soon:
            yield Problem(
                "officers",
                "certificate_expiring",
                "R-OFF-2",
                _("The certificate of %(name)s expires on %(day)s. Have it renewed in time."),
                {"name": officer, "day": held.valid_to},
            )


def certificates_were_checked(case: Case) -> Iterator[Problem]:
    """R-OFF-3: the certificate was issued or passed its annual check within the year."""
    long_ago = case.days[-1] - timedelta(days=case.param("annual_check_overdue", "days"))
    for officer in case.officers:
        held = case.certificate(officer)
        if held is not None and (held.last_checked_on or held.valid_from) < long_ago:
            yield Problem(
                "officers",
                "annual_check_overdue",
                "R-OFF-3",
                _("The certificate of %(name)s has not passed its annual check. Have it checked."),
                {"name": officer},
            )


def officers_are_not_barred(case: Case) -> Iterator[Problem]:
    """R-OFF-5: nobody inspects before the day until which a certificate bars him or her."""
    for officer in case.officers:
        until = [one.barred_until for one in officer.certificates.all() if one.barred_until]
        if until and max(until) > case.days[0]:
            yield Problem(
                "officers",
                "officer_barred",
                "R-OFF-5",
                _("%(name)s is barred from enforcement until %(day)s. Name somebody else."),
                {"name": officer, "day": max(until)},
            )


def officers_have_no_conflict(case: Case) -> Iterator[Problem]:
    """R-OFF-6: nobody inspects a subject with which he or she has a declared conflict."""
    for officer in case.officers:
        if officer.pk in case.in_conflict:
            yield Problem(
                "officers",
                "officer_in_conflict",
                "R-OFF-6",
                _("%(name)s must not inspect %(subject)s: a conflict is declared. Name another."),
                {"name": officer, "subject": case.subject},
            )


def no_recusal_is_open(case: Case) -> Iterator[Problem]:
    """R-OFF-6: a request for recusal is decided before the visit; until then the visit goes on."""
    for officer in case.officers:
        if officer.pk in case.recusal_asked:
            yield Problem(
                "officers",
                "recusal_open",
                "R-OFF-6",
                _(
                    "%(subject)s asked that %(name)s be recused, and the head of the agency has "
                    "not decided. Have it decided before the visit."
                ),
                {"subject": case.subject, "name": officer},
            )


RULES = (
    agency_is_qualified,
    township_is_confirmed_above,
    entrusted_body_keeps_its_scope,
    letter_covers_the_items,
    level_is_assigned,
    two_officers_take_part,
    auxiliaries_are_not_officers,
    officers_belong_to_the_agency,
    officers_are_in_service,
    certificates_are_valid,
    certificates_last,
    certificates_were_checked,
    officers_are_not_barred,
    officers_have_no_conflict,
    no_recusal_is_open,
)
