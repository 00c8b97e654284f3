"""How a security administrator makes, appoints and bars people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from officers import provider
from officers.actions import accounts, appointing, second_factor
from officers.models import Account, Appointment
from officers.policy import LastHolder, NothingToConfirm, SeparationOfDuties
from officers.roles import Permission
from officers.web.forms import AccountForm, OfficeForm, ReasonForm
from officers.web.seen import change_of, seen_of

REFUSALS = (SeparationOfDuties, LastHolder, NothingToConfirm, NotAuthorised)


def _require_security(request):
    if not request.authority.may(Permission.ACCOUNT_MANAGE):
        raise PermissionDenied


def _today():
    return local_date(timezone.now())


@require_http_methods(["GET", "POST"])
def new(request):
    """Who is to sign in?"""
    _require_security(request)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, password = accounts.create_account(
                **form.cleaned_data, by=request.authority, at=timezone.now()
            )
        except ValidationError as error:
            form.add_error("username", error.messages)
        else:
            return _handed_over(request, made, password)
    return render(request, "officers/new_account.html", {"form": form})


@require_safe
def account(request, pk):
    """Who is this, what is the person appointed to, and what can be changed?"""
    _require_security(request)
    return _shown(request, pk, OfficeForm(today=_today()))


def _told(made):
    if made.is_waiting():
        return _("Granted. It comes into force when another security administrator confirms it.")
    return _("The appointment is in the book.")


def _shown(request, pk, form, status=200, stale=""):
    held = Appointment.objects.select_related("agency", "region", "granted_by", "confirmed_by")
    held = held.order_by("-valid_from", "-pk")
    people = Account.objects.select_related("second_factor")
    found = get_object_or_404(people.prefetch_related(Prefetch("appointments", held)), pk=pk)
    factor = getattr(found, "second_factor", None)
    context = {
        "account": found,
        "form": form,
        "seen": seen_of(found),
        "stale": stale,
        # What was typed into one of the small forms, and into which: its address tells.
        "typed": {**request.POST.dict(), "at": request.path} if stale else {},
        "today": _today(),
        "now": timezone.now(),
        "tokens": found.api_tokens.select_related("agency").order_by("-created_at", "-pk"),
        "own": found.pk == request.user.pk,
        "provider": provider.is_on(),
        "has_factor": factor is not None and factor.confirmed_at is not None,
    }
    return render(request, "officers/account.html", context, status=status)


def _as_seen(request, pk, act, form=None):
    """The answer of `act(person)`, if the account still is what the reader saw of it.

    Else who changed it and how, with nothing lost of what was typed.
    """
    with transaction.atomic():
        locked = Account.objects.select_for_update(no_key=True).filter(pk=pk)
        person = get_object_or_404(locked)
        if request.POST.get("seen", "") == seen_of(person):
            return act(person)
    form = form or OfficeForm(today=_today())
    return _shown(request, pk, form, status=409, stale=change_of(person))


@require_POST
def appoint(request, pk):
    """Give the account an office."""
    _require_security(request)
    form = OfficeForm(request.POST, today=_today())
    return _as_seen(request, pk, lambda person: _appointed(request, person, form), form)


def _appointed(request, person, form):
    if form.is_valid():
        try:
            made = appointing.appoint(
                person, form.office(), by=request.authority, at=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _told(made))
            return redirect("officers:account", person.pk)
    return _shown(request, person.pk, form, status=400)


@require_POST
def confirm(request, pk):
    """Bring an office into force that another security administrator granted."""
    _require_security(request)
    waiting = get_object_or_404(Appointment, pk=pk)
    told = _("The appointment is in force.")
    pk = waiting.account_id
    return _as_seen(request, pk, lambda _: _done(request, pk, appointing.confirm, waiting, told))


@require_POST
def revoke(request, pk):
    """End an office now."""
    _require_security(request)
    held = get_object_or_404(Appointment.objects.select_related("account"), pk=pk)
    told = _("The appointment has ended.")
    pk = held.account_id
    return _as_seen(
        request, pk, lambda _: _done_for_a_reason(request, pk, appointing.revoke, held, told)
    )


@require_POST
def bar(request, pk):
    """Keep the person out from the next request on."""
    _require_security(request)
    told = _("The account is barred.")
    return _as_seen(
        request, pk, lambda person: _done_for_a_reason(request, pk, accounts.bar, person, told)
    )


@require_POST
def forget_factor(request, pk):
    """Take a lost authenticator away."""
    _require_security(request)
    told, verb = _("The authenticator is removed."), second_factor.remove
    return _as_seen(request, pk, lambda person: _done_for_a_reason(request, pk, verb, person, told))


def _done_for_a_reason(request, pk, verb, obj, told):
    """Do a verb that needs a reason, and lead back to the account with what came of it."""
    reason = ReasonForm(request.POST)
    if not reason.is_valid():
        messages.error(request, _("Give the reason."))
        return redirect("officers:account", pk)
    return _done(request, pk, verb, obj, told, **reason.cleaned_data)


def _done(request, pk, verb, obj, told, **given):
    """Do a verb, and lead back to the account with what came of it."""
    try:
        verb(obj, by=request.authority, at=timezone.now(), **given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except REFUSALS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("officers:account", pk)


@require_POST
def match(request, pk):
    """Match the account to a subject of the identity provider, or to none."""
    _require_security(request)
    told = _("The match is in the book.")
    said = {"subject": request.POST.get("subject", "")[:255]}
    return _as_seen(
        request, pk, lambda person: _done(request, pk, accounts.match, person, told, **said)
    )


@require_POST
def readmit(request, pk):
    """Let a barred person sign in again."""
    _require_security(request)
    told = _("The account may sign in again.")
    return _as_seen(request, pk, lambda person: _done(request, pk, accounts.readmit, person, told))


@require_POST
def one_time_password(request, pk):
    """A new password to hand over."""
    _require_security(request)
    return _as_seen(request, pk, lambda person: _issued(request, person))


def _issued(request, person):
    try:
        password = accounts.issue_password(person, by=request.authority, at=timezone.now())
    except REFUSALS as refused:
        messages.error(request, str(refused))
        return redirect("officers:account", person.pk)
    return _handed_over(request, person, password)


def _handed_over(request, person, password):
    """Show the password this once; no cache and no address keeps it."""
    return render(request, "officers/handed_over.html", {"account": person, "password": password})
