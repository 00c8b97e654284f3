"""The form of the sign-in page."""

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from officers.actions import signing_in
from officers.actions.throttling import TooManyAttempts
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
