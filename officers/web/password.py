"""The page on which one changes one's own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from officers.actions.accounts import change_password
from officers.actions.throttling import Limit, TooManyAttempts, clear, take
from officers.web.forms import PasswordForm

TRIES = Limit("change_password", 5)


@require_http_methods(["GET", "POST"])
def password(request):
    """What is the present password, and what the new one?"""
    form = PasswordForm(request.user, request.POST or None)
    status = 200
    if request.method == "POST":
        try:
            take(TRIES, str(request.user.pk), at=timezone.now())
        except TooManyAttempts as refused:
            form.add_error(None, str(refused))
            status = 429
        else:
            if form.is_valid():
                clear(TRIES, str(request.user.pk))
                _change(request, form.cleaned_data["new_password1"])
                return redirect("home")
    due = request.user.must_change_password
    return render(request, "officers/password.html", {"form": form, "due": due}, status=status)


def _change(request, new):
    change_password(request.user, new, at=timezone.now())
    update_session_auth_hash(request, request.user)
    messages.success(request, _("The password is changed. Other sessions have ended."))
