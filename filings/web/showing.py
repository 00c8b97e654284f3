"""One filing: its facts, its parties, its history and what I may do to it."""

import json
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Event, LegalBasis
from agencies.query import check_parameters
from filings.clocks import clocks
from filings.matching import load_planned
from filings.models import Filing, FilingItem, FilingOfficer, Finding
from filings.policy import open_verbs, shows_code
from filings.rules import problems
from filings.web.corrections import corrections_of
from filings.web.deeds import TOLD
from filings.web.joint_forms import answerable
from filings.web.listing import late
from filings.web.verb_forms import VerbForm
from filings.web.verbs import FORMS
from filings.workflow import Status, Verb
from officers.roles import Role

WITH_CODE = (Status.APPROVED, Status.ON_SITE, Status.RECORDED)
JUDGED = (Verb.SUBMIT, Verb.APPROVE, Verb.ENDORSE, Verb.APPROVE_AFTERWARDS, Verb.CHECK_IN)
FORWARD = (
    Verb.SUBMIT,
    Verb.ENDORSE,
    Verb.APPROVE,
    Verb.APPROVE_AFTERWARDS,
    Verb.CHECK_IN,
    Verb.SERVE,
    Verb.RECORD,
    Verb.BACK_FILE,
    Verb.CONFIRM,
    Verb.DECIDE_EVIDENCE,
    Verb.REPORT_RECTIFICATION,
    Verb.RECHECK,
    Verb.TRANSFER,
    Verb.ACKNOWLEDGE,
    Verb.CLOSE,
    Verb.DELIVER,
    Verb.PUBLISH,
    Verb.FILE_ACROSS,
    Verb.REVISE,
)
ASIDE = (
    Verb.RETURN,
    Verb.OPPOSE,
    Verb.CHECK_IN_LATE,
    Verb.ADMIT_LATE,
    Verb.EXPIRE,
    Verb.LEAVE,
    Verb.WITHDRAW,
    Verb.REFUSE,
    Verb.TERMINATE,
    Verb.UNLOCK,
    Verb.PRESERVE,
    Verb.CORRECT,
    Verb.VOID,
)
ON_OWN_PAGE = (
    Verb.CHECK_IN_LATE,
    Verb.REVISE,
    Verb.BACK_FILE,
    Verb.RECORD,
    Verb.PRESERVE,
    Verb.DECIDE_EVIDENCE,
    Verb.DELIVER,
    Verb.CORRECT,
    Verb.TRANSFER,
    Verb.ACKNOWLEDGE,
    Verb.REPORT_RECTIFICATION,
    Verb.RECHECK,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a person reads it."""

    who: str
    role: str
    did: str
    at: datetime
    reason: str
    version: int
    verb: str


@dataclass(frozen=True, slots=True)
class Button:
    """One verb open to the reader: on a page of its own, or as a form on this one."""

    verb: Verb
    url: str
    form: VerbForm | None
    set_apart: bool


@require_safe
def detail(request, pk):
    """What does this filing say, what happened to it, and what may I do?"""
    check_parameters(request.GET, ())
    return render(request, "filings/detail.html", shown(request, pk))


def shown(request, pk) -> dict:
    """Everything the page of one filing shows.  404 for what one may not see."""
    filing = load_planned(get_object_or_404(with_everything(request.authority), pk=pk))
    unchecked = [one.officer for one in filing.members.all() if one.certificate is None]
    prefetch_related_objects(unchecked, "certificates")
    prefetch_related_objects([filing], "preservations")
    now = timezone.now()
    told_of = history(filing)
    corrected = any(one.verb == Verb.CORRECT for one in told_of)
    verbs = open_verbs(filing, request.authority)
    judged = any(verb in verbs for verb in JUDGED)
    return {
        "filing": filing,
        "overdue": bool(late([filing], now)),
        "result": getattr(filing, "result", None),
        "history": told_of,
        "preserved": sorted(filing.preservations.all(), key=attrgetter("pk")),
        "corrections": corrections_of(filing.result) if corrected else [],
        "clocks": clocks(filing, now),
        "offers": answerable(filing, verbs, now),
        "buttons": buttons(filing, verbs, now),
        "has_code": has_code(filing) and shows_code(filing, request.authority),
        "judged": judged,
        "problems": problems(filing, now) if judged else [],
    }


def buttons(filing, verbs, now) -> list[Button]:
    """What may be done, the way forward first; nothing expires while its window runs."""
    if filing.planned_end > now:
        verbs = [verb for verb in verbs if verb != Verb.EXPIRE]
    return [
        Button(
            verb,
            url_of(filing, verb),
            None if verb in ON_OWN_PAGE else FORMS[verb](filing=filing, name=verb),
            verb in ASIDE,
        )
        for verb in (*FORWARD, *ASIDE)
        if verb in verbs
    ]


def has_code(filing) -> bool:
    """Whether the filing has a code that is still of use at a door."""
    return bool(filing.code_digest) and filing.status in WITH_CODE


def url_of(filing, verb) -> str:
    """Where `verb` is done to `filing`."""
    if verb in (Verb.REVISE, Verb.BACK_FILE):
        return reverse(f"filings:{verb}", args=[filing.pk])
    return reverse("filings:act", args=[filing.pk, verb])


def with_everything(authority):
    """The filings one may see, each with all that its page shows."""
    items = FilingItem.objects.select_related("item_version__item").order_by("pk")
    bases = Prefetch("item_version__bases", LegalBasis.objects.order_by("pk"))
    members = FilingOfficer.objects.select_related("officer", "certificate")
    findings = Finding.objects.select_related("filing_item__item_version", "basis")
    return (
        Filing.objects.visible_to(authority)
        .select_related(
            "agency__region",
            "subject__business_region",
            "visit",
            "offline",
            "result",
            "principal",
        )
        .prefetch_related(
            Prefetch("items", items.prefetch_related(bases)),
            Prefetch("members", members.order_by("-lead", "pk")),
            Prefetch("result__findings", findings.order_by("pk")),
            "result__transfers",
            "result__rectifications",
        )
    )


def history(filing) -> list[Told]:
    """What happened to the filing, oldest first."""
    return [told(event) for event in Event.objects.about(filing)]


def changes_since(filing, version: int | None) -> list[Told]:
    """What others did after the reader's `version`."""
    return [one for one in history(filing) if one.version > (version or 0)]


def told(event: Event) -> Told:
    """The event in words; an unknown verb or role keeps the name the book has."""
    facts = json.loads(event.payload).get("facts", {})
    role = Role(event.role).label if event.role in Role.values else event.role
    return Told(
        who=event.actor,
        role=str(role),
        did=str(TOLD.get(event.verb, event.verb)),
        at=event.at,
        reason=event.reason or str(facts.get("opinion", "")),
        version=int(facts.get("version", 1)),
        verb=event.verb,
    )
