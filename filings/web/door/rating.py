"""Where an enterprise says how a visit was; the page never tells whether somebody has."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.query import check_parameters
from filings.actions import AlreadyRated, rate
from filings.rules import FilingIncomplete
from filings.verifying import may_rate
from filings.web.door.code import known
from filings.web.door.rating_form import OpinionForm
from filings.web.fields import lay
from officers.web.caller import address


# As for a complaint: the right is the code in the address, there is no cookie to forge with.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate_visit(request, token):
    """Rate the visit behind the code, once; looking at the page uses nothing up."""
    check_parameters(request.GET, ())
    filing, now = known(token), timezone.now()
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = rate(filing, form.opinion(), address=address(request), at=now)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems)
        except AlreadyRated as refused:
            return thanked(request, token, 409, refused=refused)
        else:
            return thanked(request, token, 201, case=case)
    context = {"form": form, "filing": filing, "token": token, "open": may_rate(filing, now)}
    status = 400 if request.method == "POST" else 200
    return render(request, "door/rate.html", context, status=status)


def thanked(request, token, status, **said):
    """The thanks, with what became of the rating."""
    return render(request, "door/rated.html", {"token": token} | said, status=status)
