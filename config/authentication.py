"""Who calls the API?"""

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """The signed-in session; naming a scheme makes the answer to a stranger 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="api"'
