"""The forms of signing in and of managing accounts."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency, Region
from agencies.query import one_line, readable
from officers.actions import signing_in
from officers.actions.appointing import Office
from officers.actions.throttling import TooManyAttempts
from officers.roles import Role
from officers.user_names import unmistakable
from officers.web.caller import address, cookie_name

WRONG = _(
    "This user name and password do not belong together. Check both; the password "
    "distinguishes capitals."
)


class SignInForm(AuthenticationForm):
    """Name and password; a wrong name, a wrong password and a barred account answer alike."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}
    refused: TooManyAttempts | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean(self):
        """Compare name and password, unless the tries are used up."""
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password"):
            return self.cleaned_data
        cookie = self.request.COOKIES.get(cookie_name(), "")
        device = signing_in.known_device(cookie, username)
        self.attempt = signing_in.Attempt(username, device, address(self.request))
        try:
            signing_in.admit(self.attempt, at=timezone.now())
        except TooManyAttempts as refused:
            self.refused = refused
            raise ValidationError(str(refused), refused.code) from refused
        return super().clean()


class PasswordForm(PasswordChangeForm):
    """The present password and the new one, twice."""

    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": _("The old password is wrong. Type it again.")
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


class CodeForm(forms.Form):
    """Six digits of an authenticator, or a recovery code."""

    code = forms.CharField(
        label=pgettext_lazy("that was sent", "Code"),
        max_length=20,
        help_text=_("The six digits your authenticator shows, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={
                "class": "input",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
            }
        ),
    )


class AccountForm(forms.Form):
    """Who is to sign in?"""

    username = forms.CharField(
        label=_("User name"), max_length=60, validators=[one_line, unmistakable]
    )
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"), max_length=60, validators=[readable]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
            field.widget.attrs["autocomplete"] = "off"


class OfficeForm(forms.Form):
    """Which role, where, from when to when?"""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label=_("Choose")
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.none(), required=False, empty_label=_("Choose")
    )
    start = forms.DateField(label=_("From"))
    end = forms.DateField(label=_("To"), required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, initial={"start": today}, **kwargs)
        self.fields["agency"].queryset = Agency.objects.in_force(today).order_by("code")
        self.fields["region"].queryset = Region.objects.in_force(today).order_by("code")
        for name in ("start", "end"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def office(self):
        """The office that was asked for."""
        return Office(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why?"""

    reason = forms.CharField(
        validators=[readable],
        label=_("Reason"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
