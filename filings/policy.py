"""Who may do what to a filing, and when: one answer for the guard, the button and the API."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from agencies.authority import NotAuthorised
from filings import matching
from filings.editing import CHANGES
from filings.matching import DECLINABLE, EVER, JOINABLE, MERGEABLE, Kind
from filings.models import Filing, Result
from filings.workflow import STEPS, Only, Status, Verb
from officers.authority import Authority
from officers.roles import Permission

HANDED_ON = (Result.FollowUp.TRANSFERRED, Result.FollowUp.COPIED)


class TransitionNotAllowed(Exception):
    """The filing is in a state from which the verb does not lead anywhere."""

    code = "transition_not_allowed"


class StaleFiling(Exception):
    """Somebody else has changed the filing since it was read."""

    code = "stale_filing"


def refusal(verb: Verb, filing: Filing, authority: Authority) -> Exception | None:
    """Why the holder of `authority` may not do `verb` to `filing` now, or None."""
    step = STEPS[verb]
    if not authority.may(step.needs, filing.agency):
        return NotAuthorised(_("Your appointment does not include this for this agency."))
    if step.decides and takes_part(filing, authority):
        return NotAuthorised(_("Nobody decides on a filing that he or she takes part in."))
    if verb == Verb.APPROVE and filing.second_reviewed_by_id == authority.account.pk:
        return NotAuthorised(_("Whoever gave the second review does not approve as well."))
    return closed(verb, filing)


def closed(verb: Verb, filing: Filing) -> TransitionNotAllowed | None:
    """Why nobody may do `verb` to `filing` as it stands, whoever it be; None when it is open."""
    step = STEPS[verb]
    if filing.origin == Filing.Origin.IMPORTED:
        return TransitionNotAllowed(_("An imported filing is history and cannot be changed."))
    if Status(filing.status) not in step.sources:
        return TransitionNotAllowed(
            _("A filing in the state “%(status)s” does not allow “%(verb)s”.")
            % {"status": filing.get_status_display(), "verb": verb.label}
        )
    if step.only is not None and not _holds(step.only, filing):
        return TransitionNotAllowed(_missing(step.only))
    return None


def _holds(only: Only, filing: Filing) -> bool:
    result = getattr(filing, "result", None)
    return HOLDS[only](filing) if only in HOLDS else result is not None and OF_RESULT[only](result)


def _waits(filing: Filing) -> bool:
    return filing.emergency and filing.number is None


def _ordered(result: Result) -> bool:
    return result.follow_up == Result.FollowUp.RECTIFICATION and result.rectified_on is None


def _reported(result: Result) -> bool:
    return _ordered(result) and result.rectifications.filter(rechecked_at=None).exists()


def may_be_served(filing: Filing) -> bool:
    """Whether the notice waits to be served; an unannounced one is served at the door (R-NOT-2)."""
    told_early = filing.unannounced and filing.status != Status.ON_SITE
    return filing.notice_served_at is None and not told_early


def to_be_filed_across(filing: Filing) -> bool:
    """Whether it is of a subject elsewhere and not filed yet with the authority there (R-LOC-1)."""
    here, there = filing.agency.region, filing.subject.business_region
    return filing.across_filed_on is None and not there.path.startswith(here.path)


def _offered(*standings: str, kinds: tuple[Kind, ...] = tuple(Kind)) -> Callable[[Filing], bool]:
    def holds(filing: Filing) -> bool:
        found = matching.matches(filing, EVER)
        return any(one.standing in standings and one.kind in kinds for one in found)

    return holds


HOLDS: dict[Only, Callable[[Filing], bool]] = {
    Only.REVIEWED_TWICE: lambda filing: filing.second_review == Filing.SecondReview.ASKED,
    Only.JOINABLE: _offered(*JOINABLE, kinds=(Kind.JOINT,)),
    Only.MERGEABLE: _offered(*MERGEABLE, kinds=(Kind.MERGE,)),
    Only.OFFERED: _offered(*DECLINABLE),
    Only.TOGETHER: lambda filing: filing.visit_id is not None,
    Only.UNSERVED: may_be_served,
    Only.ACROSS: to_be_filed_across,
    Only.PENDING: _waits,
    Only.BACK_FILED: lambda filing: _waits(filing) and filing.back_filed_at is not None,
    Only.NUMBERED: lambda filing: filing.number is not None,
    Only.PRESERVED: lambda filing: any(
        one.decided_at is None for one in filing.preservations.all()
    ),
}
OF_RESULT: dict[Only, Callable[[Result], bool]] = {
    Only.UNTOLD: lambda result: result.delivered_at is None,
    Only.UNPUBLISHED: lambda r: r.published_on is None and not r.publication_withheld,
    Only.HANDED_ON: lambda result: result.follow_up in HANDED_ON,
    Only.UNRECEIPTED: lambda result: any(one.received_at is None for one in result.transfers.all()),
    Only.RECTIFYING: lambda result: _ordered(result) and not _reported(result),
    Only.REPORTED: _reported,
}


def _missing(only: Only) -> str:
    return {
        Only.REVIEWED_TWICE: _("No second review was asked for, or it is given already."),
        Only.JOINABLE: _("No other agency offers a joint visit that could still be agreed on."),
        Only.MERGEABLE: _("The agency plans no second visit here that could be merged with it."),
        Only.OFFERED: _("There is no offer of a joint visit that could be declined."),
        Only.TOGETHER: _("The filing does not share its visit."),
        Only.PENDING: _("Only an emergency that waits for its approval is filed afterwards."),
        Only.BACK_FILED: _("The emergency has not been back-filed yet."),
        Only.NUMBERED: _("The filing has no number yet: it must be approved first."),
        Only.UNSERVED: _("The notice has been served, or is served only at the door."),
        Only.ACROSS: _("The subject is in the agency's own region, or this is noted already."),
        Only.PRESERVED: _("No evidence registered in advance waits for its decision."),
        Only.UNTOLD: _("The subject has been told the result already."),
        Only.UNPUBLISHED: _("The result is published or withheld already."),
        Only.HANDED_ON: _("The follow-up of the result is neither a transfer nor a copy."),
        Only.UNRECEIPTED: _("No transfer waits for its receipt."),
        Only.RECTIFYING: _("No rectification waits for its report."),
        Only.REPORTED: _("No reported rectification waits for its re-check."),
    }[only]


def shows_code(filing: Filing, authority: Authority) -> bool:
    """Whether the account may show the code: only the agency's own people (c.3 row 15)."""
    return filing.agency in authority.agencies(Permission.FILING_READ)


def takes_part(filing: Filing, authority: Authority) -> bool:
    """Whether the account drafted or submitted the filing, or is an officer on it."""
    account = authority.account.pk
    if account in (filing.created_by_id, filing.submitted_by_id):
        return True
    return any(member.officer.account_id == account for member in filing.members.all())


def open_verbs(filing: Filing, authority: Authority) -> list[Verb]:
    """Which verbs the holder of `authority` may do to `filing` now, in the order of its life."""
    return [
        verb
        for verb, step in STEPS.items()
        if step.sources and refusal(verb, filing, authority) is None
    ]


def open_fields(verbs: list[Verb]) -> list[str]:
    """Which fields can be written anew by one of the open `verbs`, in alphabetical order."""
    return sorted(set().union(*(CHANGES[verb] for verb in verbs if verb in CHANGES)))
