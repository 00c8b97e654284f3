"""The enterprise's own pages: in by credit code and registered contact, out after half an hour.

As everywhere at the door there is no cookie: the key to come in stands in the body of each request
and in no address.
"""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from agencies.paper import pdf
from agencies.query import check_parameters
from filings import codes, letters, own
from filings.actions import NotLetIn, RightGiven, ask_in, come_in, give_right, who_is_in
from filings.notice import notice
from filings.rights import fresh
from filings.rules import FilingIncomplete
from filings.web.door.rating import caller, shown, waiting
from filings.web.door.rating_form import OpinionForm
from filings.web.fields import words
from officers.actions.throttling import TooManyAttempts
from officers.web.caller import address


class KnockForm(forms.Form):
    """Which enterprise, and where it is reached."""

    uscc = words(_("Your unified social credit code"), 40, required=True)
    contact = words(_("Your registered e-mail address or mobile phone"), 100, required=True)

    def clean_uscc(self):
        return "".join(self.cleaned_data["uscc"].split()).upper()[:18]


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_home(request):
    """Ask for a code; the answer is the same whether or not anybody is known by it."""
    check_parameters(request.GET, ())
    form = KnockForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form, 400 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        ticket = ask_in(
            said["uscc"], said["contact"].strip(), address=address(request), at=timezone.now()
        )
    except TooManyAttempts as many:
        return waiting(_asked(request, form, 429, refused=many), many)
    return render(request, "door/own_code.html", {"ticket": ticket})


def _asked(request, form, status, **said):
    context = {"form": form, "phones": letters.reaches_phones()} | said
    return render(request, "door/own.html", context, status=status)


@csrf_exempt
@login_not_required
@require_POST
def own_enter(request):
    """In by the code that was sent."""
    check_parameters(request.GET, ())
    ticket, code = request.POST.get("ticket", "")[:64], request.POST.get("code", "")[:20]
    try:
        subject, key = come_in(ticket, code, address=address(request), at=timezone.now())
    except NotLetIn as refused:
        return _again(request, ticket, refused, 403)
    except TooManyAttempts as many:
        return waiting(_again(request, ticket, many, 429), many)
    return _visits(request, subject, key)


def _again(request, ticket, refused, status):
    context = {"ticket": ticket, "refused": refused}
    return render(request, "door/own_code.html", context, status=status)


@csrf_exempt
@login_not_required
@require_POST
def own_visits(request):
    """The inspections of the enterprise that holds the key."""
    return _with_key(request, _visits)


@csrf_exempt
@login_not_required
@require_POST
def own_paper(request):
    """The same as PDF."""
    return _with_key(request, _paper)


@csrf_exempt
@login_not_required
@require_POST
def own_notice(request):
    """The notice of one of the inspections, as its officers hand it out."""
    return _with_key(request, _notice)


@csrf_exempt
@login_not_required
@require_POST
def own_right(request):
    """The right to rate one of the visits, given to whoever came in by the contact."""
    return _with_key(request, _right)


def _with_key(request, answer):
    check_parameters(request.GET, ())
    key = request.POST.get("key", "")[:64]
    try:
        subject = who_is_in(key, at=timezone.now())
    except NotLetIn as refused:
        return _asked(request, KnockForm(), 403, refused=refused)
    return answer(request, subject, key)


def _visits(request, subject, key):
    at = timezone.now()
    found = own.inspections(subject, at)
    context = {
        "subject": subject,
        "key": key,
        "found": found,
        "asked": [one for one in found if one.asks_rating],
        "at": at,
    }
    return render(request, "door/own_visits.html", context)


def _paper(_request, subject, _key):
    at = timezone.now()
    content = pdf(own.sheet(subject, own.inspections(subject, at), at), at)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="inspections.pdf"'
    return answer


def _notice(request, subject, _key):
    filing = _chosen(request, subject).filing
    token = codes.of(filing)
    if token is None:
        raise Http404
    address = request.build_absolute_uri(reverse("door:code", args=[token]))
    content = pdf(notice(filing, address), filing.approved_at or timezone.now())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{filing.number or "notice"}.pdf"'
    return answer


def _chosen(request, subject) -> own.Inspection:
    """The inspection named in the body, if it is one of the subject's that may be read."""
    wanted = request.POST.get("filing", "")
    for one in own.inspections(subject, timezone.now()):
        if str(one.filing.pk) == wanted:
            return one
    raise Http404


def _right(request, subject, _key):
    one, secret = _chosen(request, subject), fresh()
    if one.token is None:
        raise Http404
    try:
        give_right(one.filing, secret, caller=caller(request), at=timezone.now(), own=True)
    except FilingIncomplete:
        return shown(request, one.token, one.filing, status=400)
    except RightGiven as refused:
        return shown(request, one.token, one.filing, status=409, refused=refused)
    return shown(request, one.token, one.filing, form=OpinionForm(), right=secret)
