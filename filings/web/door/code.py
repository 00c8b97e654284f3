"""What an enterprise sees that scans a code, and what a portal is told that asks for it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from agencies.calendar import SHANGHAI, local_date
from agencies.query import check_parameters
from filings.actions import admit_miss, read_photo
from filings.charter import PROHIBITIONS, RIGHTS, Ground
from filings.models import Filing
from filings.policy import closed
from filings.rights import fresh
from filings.verifying import Verdict, Verified, announced, find, judge, may_rate, verify
from filings.workflow import Verb
from officers.actions.throttling import TooManyAttempts
from officers.web.caller import address

KNOWN = ("uscc",)
MOST_PAGES = 8
CLOCK, INSTANT, OFFERED = "\ue000clock", "\ue000instant", "\ue000right"
"""Where a page laid out once is filled in at each scan; no text of the register has these."""


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as a passer-by may know him: name, photo, certificate (R-PRV-1)."""

    name: str
    lead: bool
    kind: str
    certificate: str
    until: date | None
    holds: bool
    photo: str

    @property
    def initial(self) -> str:
        return self.name[:1]


@login_not_required
@require_safe
def code(request, token):
    """Is this inspection real, now, and for me?"""
    found, uscc = asked(request, token)
    context = {
        "verdict": found.verdict,
        "at": found.at,
        "grounds": Ground.labels,
    }
    if found.filing is None:
        return missed(request, render(request, "door/unknown.html", context, status=404))
    return HttpResponse(page(request, token, found, uscc))


def page(request, token, found: Verified, uscc: str) -> str:
    """The page of a code that is known.

    It is laid out once for a filing as it stands, a verdict and a language; the clock and the right
    that is offered are its own each time.
    """
    filing = None if found.verdict == Verdict.FOREIGN else found.told
    may = filing is not None and may_rate(filing, found.at)
    made = found.filing.__dict__.setdefault("pages", {})
    key = (found.verdict, get_language(), may, local_date(found.at))
    if uscc or key not in made:
        text = _laid_out(request, token, found, uscc, may=may)
        if uscc:
            return _filled(text, found)
        if len(made) > MOST_PAGES:
            made.clear()
        made[key] = text
    return _filled(made[key], found)


def _filled(text: str, found: Verified) -> str:
    now = found.at.astimezone(SHANGHAI)
    text = text.replace(CLOCK, f"{now:%Y-%m-%d %H:%M:%S}").replace(INSTANT, _instant(found.at))
    return text.replace(OFFERED, fresh())


def _laid_out(request, token, found: Verified, uscc: str, *, may: bool) -> str:
    filing = None if found.verdict == Verdict.FOREIGN else found.told
    reserved = getattr(found.filing.subject, "contact", None) is not None
    context = {
        "verdict": found.verdict,
        "clock": CLOCK,
        "instant": INSTANT,
        "filing": filing,
        "items": announced(filing) if filing else [],
        "people": people(filing, token, found) if filing else [],
        "charter": charter(get_language() or ""),
        "token": token,
        "uscc": uscc,
        "right": OFFERED if may and not reserved else "",
        "reserved": may and reserved,
        "to_rectify": bool(filing) and closed(Verb.REPORT_RECTIFICATION, filing) is None,
    }
    return render_to_string("door/code.html", context, request)


@login_not_required
@require_safe
def code_json(request, token):
    """The same answer in a few lines, for the portals and apps of others."""
    found, _uscc = asked(request, token)
    said = {
        "verdict": found.verdict.value,
        "text": str(found.verdict.label),
        "server_time": found.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
    }
    filing = None if found.verdict == Verdict.FOREIGN else found.told
    if filing is not None:
        said |= _facts(filing)
    status = 200 if found.filing else 404
    answer = JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    if found.filing is None:
        answer = missed(request, answer)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@cache
def charter(_language: str) -> str:
    """What officers are forbidden and what the enterprise may do, in the language of the page."""
    said = {"prohibitions": PROHIBITIONS, "rights": RIGHTS, "grounds": Ground.labels}
    return mark_safe(render_to_string("door/_charter.html", said))  # noqa: S308


def asked(request, token) -> tuple[Verified, str]:
    """What the code proves for the enterprise named in the query, and the name."""
    check_parameters(request.GET, KNOWN)
    uscc = "".join(request.GET.get("uscc", "").split()).upper()
    return verify(token, timezone.now(), uscc), uscc


def missed(request, answer) -> HttpResponse:
    """The answer to a code that is not known, or 429 when one address has too many of them."""
    try:
        admit_miss(address(request), at=timezone.now())
    except TooManyAttempts as refused:
        answer.status_code = 429
        answer["Retry-After"] = str(refused.seconds)
    return answer


def people(filing: Filing, token: str, found: Verified) -> list[Person]:
    """The officers announced, the lead first."""
    day = local_date(found.at)
    return [
        Person(
            name=member.officer.name,
            lead=member.lead,
            kind=member.certificate.get_kind_display() if member.certificate else "",
            certificate=masked(member.certificate.number) if member.certificate else "",
            until=member.certificate.valid_to if member.certificate else None,
            holds=member.certificate is not None and member.certificate.is_valid(day),
            photo=_photo(member, token),
        )
        for member in filing.members.all()
    ]


def masked(number: str) -> str:
    """A certificate number as a passer-by may read it: enough to compare, too little to use."""
    shown = min(4, len(number) // 3)
    return f"{number[:shown]}{'*' * (len(number) - 2 * shown)}{number[len(number) - shown :]}"


def _photo(member, token) -> str:
    return reverse("door:photo", args=[token, member.pk]) if member.officer.photo else ""


@login_not_required
@require_safe
def photo(request, token, member_pk):
    """The photo of one officer announced on the filing behind the code."""
    check_parameters(request.GET, ())
    filing = known(token)
    for member in filing.members.all():
        picture = read_photo(member.officer) if member.pk == member_pk else None
        if picture is not None:
            kind = "image/png" if member.officer.photo.endswith(".png") else "image/jpeg"
            return HttpResponse(picture, content_type=kind)
    raise Http404


def _facts(filing: Filing) -> dict:
    return {
        "number": filing.number,
        "agency": filing.agency.name,
        "subject": filing.subject.name,
        "from": _instant(filing.planned_start),
        "until": _instant(filing.planned_end),
        "items": [one.name for one in announced(filing)],
        "officers": [
            {
                "name": member.officer.name,
                "certificate": masked(member.certificate.number) if member.certificate else None,
                "valid_to": member.certificate.valid_to if member.certificate else None,
            }
            for member in filing.members.all()
        ],
        "visit_of_agency_this_year": filing.nth_of_agency,
        "visit_of_all_this_year": filing.nth_of_all,
    }


def _instant(moment) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def known(token: str) -> Filing:
    """The filing behind a code that still answers.  404 for every other."""
    now = timezone.now()
    filing = find(token, now)
    if filing is None or Verified(judge(filing, now), now, filing).told is None:
        raise Http404
    return filing
