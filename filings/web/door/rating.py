"""Where an enterprise says how a visit was; no page tells whether somebody has.

The right to do so is given to one device, by a press of a button and never by looking, and stands
in the pages of that device alone: in the body of requests, never in an address.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from agencies.query import check_parameters
from filings.actions import AlreadyRated, Caller, NoRight, RightGiven, give_right, rate
from filings.rights import fresh
from filings.rules import FilingIncomplete
from filings.verifying import may_rate
from filings.web.door.code import known
from filings.web.door.rating_form import OpinionForm
from filings.web.fields import lay
from officers.actions.throttling import TooManyAttempts
from officers.web.caller import address


# The rights are the code in the address and the secret in the body; there is no cookie to forge.
@csrf_exempt
@login_not_required
@require_POST
def right(request, token):
    """Give this device the right to rate the visit, and show the form for it."""
    check_parameters(request.GET, ())
    filing, secret = known(token), request.POST.get("right", "").strip()
    try:
        give_right(filing, secret, caller=caller(request), at=timezone.now())
    except FilingIncomplete:
        return shown(request, token, filing, status=400)
    except (RightGiven, NoRight) as refused:
        return shown(request, token, filing, status=409, refused=refused)
    except TooManyAttempts as many:
        return waiting(shown(request, token, filing, status=429, refused=many), many)
    return shown(request, token, filing, form=OpinionForm(), right=secret)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate_visit(request, token):
    """Rate the visit behind the code, once; looking at the page uses nothing up."""
    check_parameters(request.GET, ())
    filing = known(token)
    if request.method != "POST":
        return shown(request, token, filing)
    form, secret = OpinionForm(request.POST), request.POST.get("right", "").strip()
    if not form.is_valid():
        return shown(request, token, filing, status=400, form=form, right=secret)
    try:
        case = rate(filing, secret, form.opinion(), caller=caller(request), at=timezone.now())
    except FilingIncomplete as incomplete:
        lay(form, incomplete.problems)
        return shown(request, token, filing, status=400, form=form, right=secret)
    except NoRight as refused:
        return shown(request, token, filing, status=403, refused=refused)
    except TooManyAttempts as many:
        return waiting(shown(request, token, filing, status=429, refused=many), many)
    except AlreadyRated as refused:
        return thanked(request, token, 409, refused=refused)
    return thanked(request, token, 201, case=case)


def caller(request) -> Caller:
    """Who calls, as far as a rating asks."""
    return Caller(address(request), request.of_staff)


def shown(request, token, filing, *, status=200, **said):
    """The page of the rating: a way to begin, or the form for whoever holds the right."""
    context = {
        "filing": filing,
        "token": token,
        "open": may_rate(filing, timezone.now()),
        "reserved": getattr(filing.subject, "contact", None) is not None,
        "right": fresh(),
    }
    return render(request, "door/rate.html", context | said, status=status)


def waiting(answer, many):
    """The answer with the time after which to try again."""
    answer["Retry-After"] = str(many.seconds)
    return answer


def thanked(request, token, status, **said):
    """The thanks, with what became of the rating."""
    return render(request, "door/rated.html", {"token": token} | said, status=status)
