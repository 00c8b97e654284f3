"""The sign-in page."""

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.utils import timezone

from officers import provider
from officers.actions import signing_in
from officers.web.caller import cookie_name
from officers.web.forms import SignInForm


class SignIn(LoginView):
    """Who are you?  429 when the tries are used up, whether or not the name exists."""

    authentication_form = SignInForm
    redirect_authenticated_user = True
    http_method_names = ["get", "head", "post", "options"]

    def get_context_data(self, **kwargs):
        """Offer the identity provider where there is one."""
        return super().get_context_data(provider=provider.is_on(), **kwargs)

    def form_valid(self, form):
        """Sign in, and let the browser keep the proof that it did."""
        account = form.get_user()
        signing_in.signed_in(account, form.attempt, at=timezone.now())
        answer = super().form_valid(form)
        if not form.attempt.device:
            answer.set_cookie(
                cookie_name(),
                signing_in.device_cookie(account.username),
                max_age=signing_in.DEVICE_COOKIE_AGE,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return answer

    def form_invalid(self, form):
        """Say what is wrong, and when the next try counts."""
        answer = super().form_invalid(form)
        if form.refused is not None:
            answer.status_code = 429
            answer["Retry-After"] = str(form.refused.seconds)
        return answer
