"""The form of the sign-in page."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password; a wrong name, a wrong password and a barred account answer alike."""

    error_messages = {
        "invalid_login": _(
            "This user name and password do not belong together. Check both; the password "
            "distinguishes capitals."
        ),
        "inactive": _(
            "This user name and password do not belong together. Check both; the password "
            "distinguishes capitals."
        ),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
