"""What the register does by itself when time runs out: expire, alert, pass on to the next above.

Nobody is asked and nobody has to be awake.  The filings of one agency are dealt with some hundred
at a time, each lot in its own transaction; what somebody is just changing waits for the next round.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q

from agencies import journal
from filings.actions.joining import part
from filings.actions.moving import Clockwork, move
from filings.actions.reminding import minute, remind, words
from filings.clocks import Deadline, clocks
from filings.models import Alert, Filing, JointAnswer
from filings.policy import StaleFiling
from filings.rules.catalogue.clocks import code
from filings.rules.timing import Terms
from filings.workflow import STEPS, Status, Verb

CHUNK = 500
CLOCKWORK = Clockwork()
EXPIRY = STEPS[Verb.EXPIRE]


@dataclass(frozen=True, slots=True)
class Watched:
    """What one round did: filings expired, alerts raised, alerts passed on."""

    expired: int = 0
    raised: int = 0
    passed_on: int = 0


@dataclass(frozen=True, slots=True)
class Late:
    """A deadline of a filing that has run out, and who has to hear of it."""

    filing: Filing
    deadline: Deadline

    @property
    def about(self) -> str:
        """What the alert is about: a second round of the same clock is told of anew."""
        return f"filing {self.filing.pk} until {minute(self.deadline.due)}"

    @property
    def key(self) -> tuple[str, str]:
        return self.about, code(self.deadline.clock)


def watch(*, at: datetime) -> Watched:
    """One round over everything that runs out; doing it twice changes nothing more."""
    expired = sum(_expire(pks, at) for pks in _unused(at))
    raised, passed_on, terms = 0, 0, Terms.read()
    for late in _overdue(at, terms):
        known = _known(late)
        new = {one.key: one for one in late if one.key not in known}
        raised += _raise(list(new.values()), at)
        passed_on += _pass_on([(one, known[one.key]) for one in late if one.key in known], at)
    more = remind(at, terms)
    return Watched(expired, raised + more.raised, passed_on + more.passed_on)


def _unused(at: datetime) -> Iterator[list[int]]:
    """The filings nobody went for, those of one agency together."""
    waiting = Filing.objects.filter(origin="native", status=Status.APPROVED, planned_end__lte=at)
    found = waiting.order_by("agency", "pk").values_list("agency", "pk")
    for _agency, rows in groupby(list(found), key=lambda row: row[0]):
        pks = [pk for _, pk in rows]
        yield from (pks[first : first + CHUNK] for first in range(0, len(pks), CHUNK))


def _expire(pks: list[int], at: datetime) -> int:
    with transaction.atomic():
        held = Filing.objects.select_for_update(skip_locked=True, of=("self",))
        found = held.filter(pk__in=pks, status=Status.APPROVED).select_related("agency__region")
        alone = [one for one in found if one.visit_id is None]
        shared = [one for one in found if one.visit_id is not None]
        _expire_together(alone, at)
    return len(alone) + sum(_leave_and_expire(one, at) for one in shared)


def _expire_together(filings: list[Filing], at: datetime) -> None:
    if not filings:
        return
    pks = [one.pk for one in filings]
    JointAnswer.objects.filter(Q(filing__in=pks) | Q(other__in=pks), joins=True).delete()
    Filing.objects.filter(pk__in=pks).update(
        status=EXPIRY.target, version=F("version") + 1, code_revoked_at=at
    )
    agency = filings[0].agency
    told = [(Verb.EXPIRE, one, _expiry(one)) for one in filings]
    journal.append_all(agency.code, told, by=CLOCKWORK.actor(EXPIRY.needs, agency), at=at)


def _expiry(filing: Filing) -> dict[str, object]:
    return {"from": filing.status, "to": EXPIRY.target, "version": filing.version + 1}


@transaction.atomic
def _leave_and_expire(filing: Filing, at: datetime) -> bool:
    try:
        part(filing, at)
        move(filing, Verb.EXPIRE, by=CLOCKWORK, at=at, code_revoked_at=at)
    except StaleFiling:
        transaction.set_rollback(True)
        return False
    return True


def _overdue(at: datetime, terms: Terms) -> Iterator[list[Late]]:
    """What has run out and is to be told of, some hundred filings at a time."""
    running = Filing.objects.running().with_clocks().order_by("pk")
    last = 0
    while chunk := list(running.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        late = [
            Late(filing, deadline)
            for filing in chunk
            for deadline in clocks(filing, at, terms)
            if deadline.escalation is not None
        ]
        if late:
            yield late


def _known(late: list[Late]) -> dict[tuple[str, str], Alert]:
    held = Alert.objects.filter(filing__in={one.filing.pk for one in late})
    return {(one.about, one.code): one for one in held}


def _raise(late: list[Late], at: datetime) -> int:
    lots: dict[str, list[Late]] = defaultdict(list)
    for one in late:
        lots[one.filing.agency.code].append(one)
    return sum(_raise_for(chain, lot, at) for chain, lot in lots.items())


@transaction.atomic
def _raise_for(chain: str, late: list[Late], at: datetime) -> int:
    journal.hold(chain)
    known = _known(late)
    new = [one for one in late if one.key not in known]
    made = Alert.objects.bulk_create([_alert(one, at) for one in new])
    _tell(chain, "overdue", list(zip(new, made, strict=True)), at)
    return len(made)


def _alert(late: Late, at: datetime) -> Alert:
    filing = late.filing
    whose = {"agency_id": filing.agency_id, "subject_id": filing.subject_id, "filing": filing}
    return Alert(about=late.about, **whose, **words(late.deadline, at))


def _pass_on(pairs: list[tuple[Late, Alert]], at: datetime) -> int:
    lots: dict[str, list[tuple[Late, Alert]]] = defaultdict(list)
    for late, alert in pairs:
        if alert.handled_at is None and alert.heard_by != late.deadline.escalation:
            lots[late.filing.agency.code].append((late, alert))
    return sum(_pass_on_for(chain, lot, at) for chain, lot in lots.items())


@transaction.atomic
def _pass_on_for(chain: str, pairs: list[tuple[Late, Alert]], at: datetime) -> int:
    still = Alert.objects.select_for_update().filter(pk__in=[alert.pk for _, alert in pairs])
    heard = dict(still.filter(handled_at=None).values_list("pk", "heard_by"))
    moved = [(late, alert) for late, alert in pairs if heard.get(alert.pk) == alert.heard_by]
    for late, alert in moved:
        alert.heard_by = late.deadline.escalation or alert.heard_by
    Alert.objects.bulk_update([alert for _, alert in moved], ["heard_by"])
    _tell(chain, "pass_on", moved, at)
    return len(moved)


def _tell(chain: str, verb: str, pairs: list[tuple[Late, Alert]], at: datetime) -> None:
    told = [
        (
            verb,
            alert,
            {
                "filing": late.filing.pk,
                "clock": late.deadline.clock,
                "due": late.deadline.due,
                "heard_by": late.deadline.escalation,
            },
        )
        for late, alert in pairs
    ]
    journal.append_all(chain, told, by=journal.Actor(journal.SYSTEM, "clock"), at=at)
