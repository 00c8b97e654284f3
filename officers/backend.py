"""How Django finds the account of a session: with its second factor, in one question."""

from django.contrib.auth.backends import ModelBackend

from officers.models import Account


class AccountBackend(ModelBackend):
    """Name and password; a barred account is nobody from its next request on."""

    def get_user(self, user_id):
        """The account of a session, or None when it is gone or barred."""
        found = Account.objects.select_related("second_factor").filter(pk=user_id).first()
        return found if self.user_can_authenticate(found) else None
