"""The queue of those who decide and oversee: what waits, how long, and all it takes to judge."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.web.lists import address, paged
from filings.clocks import Colour
from filings.models import Filing
from filings.policy import open_verbs
from filings.rules import problems
from filings.rules.catalogue import CATALOGUE
from filings.rules.timing import Terms
from filings.web import presence
from filings.web.listing import agencies, chips, narrowed, with_row_facts
from filings.web.piles import Pile, chosen, open_piles
from filings.web.showing import buttons, with_everything
from filings.web.standing import standing
from filings.workflow import Status, Verb

SHOWN = 50
SOON = timedelta(days=1)
PAST = 5
APART = ("pile", "open")
IN_QUEUE_FORM = ("q", "agency", "cursor", "open")
FIRST = (
    Verb.ENDORSE,
    Verb.APPROVE,
    Verb.APPROVE_AFTERWARDS,
    Verb.CONFIRM,
    Verb.UNLOCK,
    Verb.ADMIT_LATE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One filing that waits: since and until when, how urgent, who has it open, its address."""

    filing: Filing
    since: datetime
    due: datetime
    colour: str
    readers: list[str]
    url: str


@require_safe
def queue(request):
    """What waits for me, the most urgent first, and everything about the one that is open?"""
    piles = open_piles(request.authority)
    now = timezone.now()
    native = Filing.objects.visible_to(request.authority).filter(origin="native")
    found = narrowed(request.GET, native, request.authority, also=("pile", "open"))
    waiting = found.qs.order_by()
    counts = waiting.aggregate(**{one.name: Count("pk", filter=one.holds(now)) for one in piles})
    pile = chosen(piles, counts, request.GET.get("pile", ""))
    held = with_row_facts(waiting.filter(pile.holds(now))).select_related(
        "agency__region", "subject", "result"
    )
    pages = paged(request, held.order_by(pile.due, "pk"), size=SHOWN)
    kept = list(request.user.saved_filters.order_by("name"))
    context = {
        "tabs": [
            (one, counts[one.name], address(request.GET, pile=one.name, open=None)) for one in piles
        ],
        "pile": pile,
        "rows": rows(pages["page"].rows, pile, now, request),
        "count": counts[pile.name],
        "opened": opened(request, now),
        "form": found.form,
        "agencies": agencies(request.authority),
        "chips": chips(found, (*IN_QUEUE_FORM, *APART)),
        "hidden": [(k, v) for k, v in found.data.items() if v and k not in IN_QUEUE_FORM],
        "kept": [(one, f"?{one.query}", one.query == asked(request.GET)) for one in kept],
        "asked": asked(request.GET),
        "here": request.get_full_path(),
        **pages,
    }
    return render(request, "filings/queue.html", context)


def asked(query: QueryDict) -> str:
    """What of the address is worth keeping: the pile and the filters, not the place in the list."""
    return address(query, open=None).removeprefix("?")


def rows(filings, pile: Pile, now, request) -> list[Row]:
    """The filings with their age and urgency, and who else has them open."""
    readers = presence.readers(filings, but=request.user)
    terms = Terms.read() if pile.clock is not None else Terms()
    found = []
    cursor = request.GET.get("cursor") or None
    for filing in filings:
        since, due = _at(filing, pile.since), _at(filing, pile.due)
        if pile.clock is not None:
            due = terms.ends(pile.clock, since, filing.agency)
        url = address(request.GET, pile=pile.name, open=filing.pk, cursor=cursor)
        found.append(Row(filing, since, due, colour(due, now), readers[filing.pk], url))
    return found


def _at(filing, path: str) -> datetime:
    value = filing
    for part in path.split("__"):
        value = getattr(value, part)
    return value


def colour(due: datetime, now: datetime) -> str:
    """Red once the moment has passed, yellow on the day before it."""
    if due <= now:
        return Colour.RED
    return Colour.YELLOW if due - now <= SOON else Colour.BLUE


def opened(request, now) -> dict | None:
    """The filing that is open beside the list, with what the rules find and what may be done."""
    key = request.GET.get("open", "")
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    filing = get_object_or_404(with_everything(request.authority), pk=key)
    presence.mark(filing, request.user)
    verbs = open_verbs(filing, request.authority)
    back = urlencode({"back": asked(request.GET)})
    shown = [
        replace(one, url=f"{one.url}?{back}")
        for one in buttons(filing, verbs, now)
        if one.verb in (*FIRST, Verb.RETURN, Verb.OPPOSE)
    ]
    return {
        "filing": filing,
        "buttons": shown,
        "judged": filing.status == Status.SUBMITTED,
        "problems": problems(filing, now) if filing.status == Status.SUBMITTED else [],
        "past": past(filing, request.authority),
        "standing": standing(filing.agency, filing.subject, filing.planned_start),
        "rules": {"standing": CATALOGUE["visit_cap_reached"]},
        "readers": presence.readers([filing], but=request.user)[filing.pk],
    }


def past(filing: Filing, authority) -> list[Filing]:
    """The latest other filings on the same subject that the reader may see, with their results."""
    seen = Filing.objects.visible_to(authority).filter(subject=filing.subject_id)
    rows = with_row_facts(seen.exclude(pk=filing.pk)).select_related("agency", "result")
    return list(rows[:PAST])
