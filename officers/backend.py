"""How Django finds the account of a session: with all that it may do today, in one question."""

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from officers.authority import Authority


class AccountBackend(ModelBackend):
    """Name and password; a barred account is nobody from its next request on."""

    def get_user(self, user_id):
        """The account of a session, its authority beside it, or None when it is gone or barred."""
        found = Authority.signed_in(user_id, timezone.now())
        if found is None or not self.user_can_authenticate(found.account):
            return None
        found.account.authority = found
        return found.account
