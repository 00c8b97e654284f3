"""Who calls the API: a program with a token, or a person with a session?"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from config.caller import admit
from officers.actions import tokens
from officers.actions.throttling import Limit, TooManyAttempts, take
from officers.models import Account, ApiToken
from officers.web.caller import address

MISSES = Limit("token", 20)


class SessionAuthentication(authentication.SessionAuthentication):
    """The signed-in session; naming a scheme makes the answer to a stranger 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="api"'


class BearerAuthentication(authentication.TokenAuthentication):
    """`Authorization: Bearer …`; the request's authority is narrowed to the token's scope.

    Twenty wrong tokens from one address in 15 minutes make every further wrong one a 429.
    """

    keyword = "Bearer"

    def authenticate(self, request: Request) -> Any:
        self.request = request
        return super().authenticate(request)

    def authenticate_credentials(self, key: str) -> tuple[Account, ApiToken]:
        at = timezone.now()
        try:
            token, authority = tokens.read(key, at=at)
        except tokens.BadToken as bad:
            self._count_miss(at)
            raise exceptions.AuthenticationFailed(
                _("This token is unknown, expired or revoked."), bad.code
            ) from bad
        self.request._request.authority = admit(authority)
        return token.account, token

    def _count_miss(self, at: Any) -> None:
        try:
            take(MISSES, address(self.request._request), at=at)
        except TooManyAttempts as refused:
            raise exceptions.Throttled(refused.seconds) from refused

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'
