"""Who works a case, and which of its deadlines run (R-EVA-1, R-EVA-2, D3)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from filings.clocks import Deadline, deadline
from filings.duties import Owed
from filings.models import CaseEntry, SupervisionCase
from filings.rules.timing import Terms
from filings.terms import Clock
from officers.authority import Authority
from officers.roles import Permission, Role

Kind = SupervisionCase.Kind
Step = CaseEntry.Kind
OWNERS = {
    SupervisionCase.Office.JUSTICE: Role.SUPERVISOR,
    SupervisionCase.Office.ENVIRONMENT: Role.ENVIRONMENT,
}
FOUND_RIGHT = (SupervisionCase.Outcome.UPHELD, SupervisionCase.Outcome.PARTLY)
TO_MEND = (Kind.COMPLAINT, Kind.BAD_RATING)
TOLD_TO_AGENCY = (
    Step.ASKED,
    Step.RELEASED,
    Step.REPLIED,
    Step.MENDED,
    Step.APPEALED,
    Step.REVIEWED,
)
DAY = timedelta(days=1)


def works(authority: Authority, case: SupervisionCase) -> bool:
    """Whether the holder of `authority` sits in the office to which the line of the agency leads.

    Complaints of local agencies go to the justice bureau, those of central and provincial lines
    to the soft-environment office; neither works the other's.
    """
    return any(
        held.role == OWNERS[SupervisionCase.Office(case.office)]
        for held in authority.granting(Permission.CASE_WORK, case.agency)
    )


def put_to(authority: Authority) -> QuerySet[SupervisionCase]:
    """The cases in which something was put to the agencies of the holder of `authority`.

    Their heads decide requests for recusal, answer what the office asks them, and report that what
    was found right has been mended.
    """
    return SupervisionCase.objects.put_to(authority).select_related("agency", "filing__subject")


def case_clocks(case: SupervisionCase, now: datetime, terms: Terms | None = None) -> list[Deadline]:
    """Every deadline of `case` that is open at `now`, the most urgent first.

    Reads the entries of the case and its filing; load them with the case (`with_entries`).
    """
    done = {one.kind: one for one in case.entries.all()}
    terms = terms or Terms.read()
    found = [
        deadline(case.agency, terms, (clock, start, due), now, owner)
        for clock, start, due, owner in (*_unanswered(case, done, terms), *_answered(case, done))
    ]
    return sorted(found, key=lambda one: one.due)


def for_agency(case: SupervisionCase, now: datetime, terms: Terms | None = None) -> list[Deadline]:
    """The deadlines of `case` that the head of the agency has to keep."""
    return [one for one in case_clocks(case, now, terms) if one.owner == Role.APPROVER]


def of_cases(authority: Authority, now: datetime, terms: Terms) -> Iterator[Owed]:
    """What runs in the cases of one's office, and in those put to one's agency as its head."""
    cases = SupervisionCase.objects.may_run().with_entries()
    worked = ((one, case_clocks(one, now, terms)) for one in cases.worked_by(authority))
    put = ((one, for_agency(one, now, terms)) for one in cases.put_to(authority))
    for case, running in (*worked, *put):
        for one in running:
            yield Owed(one, case.agency, case=case, name=case.get_kind_display())


Open = Iterator[tuple[Clock, datetime, datetime | None, Role]]


def _unanswered(case: SupervisionCase, done: dict[str, CaseEntry], terms: Terms) -> Open:
    if case.answered_at is not None:
        return
    owner, start = OWNERS[SupervisionCase.Office(case.office)], case.opened_at
    if case.kind == Kind.RECUSAL:
        yield Clock.DECIDE_RECUSAL, start, _before_the_visit(case, terms), Role.APPROVER
        return
    if Step.TAKEN not in done:
        handed = done.get(Step.HANDED)
        yield Clock.TAKE_CASE, handed.at if handed else start, None, owner
    if case.kind == Kind.BAD_RATING and Step.CALLED not in done:
        # A rating keeps its day and no hour: the hours run from the end of that day.
        yield Clock.CALL_BACK, start + DAY, None, owner
    if Step.ASKED in done and Step.REPLIED not in done:
        asked = done[Step.ASKED].at
        yield Clock.REPLY, asked, None, Role.APPROVER
    yield Clock.ANSWER, start, case.due_at, owner


def _answered(case: SupervisionCase, done: dict[str, CaseEntry]) -> Open:
    start = case.answered_at
    if start is None or case.kind not in TO_MEND:
        return
    reviewed = done.get(Step.REVIEWED)
    if Step.APPEALED in done and reviewed is None:
        owner = OWNERS[SupervisionCase.Office(case.office)]
        yield Clock.ANSWER, done[Step.APPEALED].at, None, owner
    elif case.outcome in FOUND_RIGHT and Step.MENDED not in done:
        yield Clock.MEND, reviewed.at if reviewed else start, None, Role.APPROVER


def told_text(case: SupervisionCase) -> str:
    """What the author wrote, as far as the head of the agency may read it.

    A request for recusal is put to him; of other matters he reads only what the office released.
    """
    released = any(one.kind == Step.RELEASED for one in case.entries.all())
    return case.text if released or case.kind == Kind.RECUSAL else ""


def _before_the_visit(case: SupervisionCase, terms: Terms) -> datetime:
    """A recusal is decided before the officers come, or within the term when they are there."""
    filing = case.filing
    term = terms.ends(Clock.DECIDE_RECUSAL, case.opened_at, case.agency)
    if filing is None or filing.planned_start <= case.opened_at:
        return term
    return min(term, filing.planned_start)
