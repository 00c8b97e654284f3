"""What may be inspected, and at whom (domain C2)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from agencies.models import ItemVersion, LegalBasis
from filings.models import Filing, Severity, Subject
from filings.rules.case import Case
from filings.rules.problem import Problem
from filings.workflow import Status


def an_item_is_named(case: Case) -> Iterator[Problem]:
    """E6: a filing announces at least one item."""
    if not case.versions:
        yield Problem(
            "items",
            "no_item",
            "R-ITM-1",
            _("No inspection item is named. Choose at least one that your agency has claimed."),
        )


def items_are_published(case: Case) -> Iterator[Problem]:
    """R-ITM-1: each item is published and in force on every planned day."""
    for version in case.versions:
        if not _published(version, case):
            yield Problem(
                "items",
                "item_not_published",
                "R-ITM-1",
                _("“%(item)s” is not published and in force on every planned day. Choose another."),
                {"item": version},
            )


def _published(version: ItemVersion, case: Case) -> bool:
    since = version.published_on
    in_force = case.covered(version.valid_from, version.valid_to)
    return since is not None and since <= case.days[0] and in_force


def items_have_a_lawful_basis(case: Case) -> Iterator[Problem]:
    """R-ITM-2: a provision of allowed rank, in force on every planned day, founds each item."""
    ranks = case.param("no_lawful_basis", "ranks")
    for version in case.versions:
        if not any(one.rank in ranks and _in_force(one, case) for one in version.bases.all()):
            yield Problem(
                "items",
                "no_lawful_basis",
                "R-ITM-2",
                _(
                    "“%(item)s” rests on no law, regulation or rule in force on these days. "
                    "Choose another item or have its basis corrected."
                ),
                {"item": version},
            )


def _in_force(basis: LegalBasis, case: Case) -> bool:
    return case.covered(basis.valid_from or case.days[0], basis.valid_to)


def items_are_claimed(case: Case) -> Iterator[Problem]:
    """R-ITM-5: the agency has claimed each item for every planned day."""
    claimed = {
        claim.item_id
        for claim in case.claims
        if claim.agency_id == case.agency.pk and case.covered(claim.valid_from, claim.valid_to)
    }
    for version in case.versions:
        if version.item_id not in claimed:
            yield Problem(
                "items",
                "item_not_claimed",
                "R-ITM-5",
                _(
                    "%(agency)s has not claimed “%(item)s” for these days. "
                    "Ask the clerk to claim it."
                ),
                {"agency": case.agency, "item": version},
            )


def items_fit_the_subject(case: Case) -> Iterator[Problem]:
    """E4: the item may be used at this kind of subject."""
    subject = case.subject
    for version in case.versions:
        if version.subject_kinds and subject.kind not in version.subject_kinds:
            yield Problem(
                "items",
                "item_not_for_this_kind",
                "E4",
                _("“%(item)s” does not apply to this kind of subject: %(kind)s."),
                {"item": version, "kind": subject.get_kind_display()},
            )


def entry_is_needed(case: Case) -> Iterator[Problem]:
    """R-OFFS-1: what can be inspected off site is entered for only with a reason."""
    filing = case.filing
    if filing.method != ItemVersion.Method.ON_SITE or filing.on_site_reason.strip():
        return
    for version in case.versions:
        if version.off_site_possible:
            yield Problem(
                "on_site_reason",
                "off_site_possible",
                "R-OFFS-1",
                _("“%(item)s” can be inspected off site. Choose that way or say why on site."),
                {"item": version},
            )


def permits_rest_on_a_provision(case: Case) -> Iterator[Problem]:
    """R-ITM-7: entry before a permit only where a law asks for it, which the filing names."""
    filing = case.filing
    if filing.trigger == Filing.Trigger.PERMIT and not filing.trigger_source.strip():
        yield Problem(
            "trigger_source",
            "permit_without_provision",
            "R-ITM-7",
            _("Name the provision that asks for an inspection before this permit."),
        )


def whitelisted_are_left_alone(case: Case) -> Iterator[Problem]:
    """F23: a subject on the list of those not to be disturbed is visited only with a reason."""
    subject, code = case.subject, "subject_whitelisted"
    start, end = subject.whitelisted_from, subject.whitelisted_to
    if start is None or not case.meets(start, end) or case.exempt(code):
        return
    year = {one.visit for one in case.earlier if one.day.year == case.days[0].year}
    yield Problem(
        "subject",
        code,
        "F23",
        _(
            "%(subject)s is on the list of those not to be disturbed and has %(count)s visits of "
            "all agencies this year. Leave it alone, or give the reason for the approver to weigh."
        ),
        {"subject": subject, "count": len(year)},
    )


def second_review_is_due(case: Case) -> bool:
    """F23, D2: whether the justice bureau is to agree to this visit before it is approved."""
    code, subject = "second_review_missing", case.subject
    start, end = subject.whitelisted_from, subject.whitelisted_to
    listed = start is not None and case.meets(start, end)
    return listed and not case.exempt(code) and case.settings.severity(code) != Severity.OFF


def whitelisted_are_reviewed_twice(case: Case) -> Iterator[Problem]:
    """F23: a visit to a whitelisted subject is approved after the justice bureau agreed to it."""
    filing = case.filing
    agreed = filing.second_review == Filing.SecondReview.AGREED
    if filing.status == Status.SUBMITTED and not agreed and second_review_is_due(case):
        yield Problem(
            "subject",
            "second_review_missing",
            "F23",
            _(
                "%(subject)s is on the list of those not to be disturbed, and the justice bureau "
                "has not agreed to the visit. Wait for it; if it was never asked, return the "
                "filing to be submitted again."
            ),
            {"subject": case.subject},
        )


def subject_is_there(case: Case) -> Iterator[Problem]:
    """R-FUP-3: the subject has not been deregistered or moved away."""
    subject = case.subject
    if subject.registration in (Subject.Registration.CANCELLED, Subject.Registration.MOVED):
        yield Problem(
            "subject",
            "subject_gone",
            "R-FUP-3",
            _("%(subject)s is recorded as: %(status)s. Check the register before filing."),
            {"subject": subject, "status": subject.get_registration_display()},
        )


RULES = (
    an_item_is_named,
    items_are_published,
    items_have_a_lawful_basis,
    items_are_claimed,
    items_fit_the_subject,
    entry_is_needed,
    permits_rest_on_a_provision,
    whitelisted_are_left_alone,
    whitelisted_are_reviewed_twice,
    subject_is_there,
)
