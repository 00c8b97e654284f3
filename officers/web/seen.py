"""Which state of an account did the reader of its page see?  Nobody acts on what changed unseen."""

from django.utils.translation import gettext as _

from agencies.api.versions import version_of
from agencies.models import Event
from officers.models import Account


def seen_of(account: Account) -> str:
    """A digest of what the page of the account shows and its forms change."""
    factor = getattr(account, "second_factor", None)
    told = [account.is_active, account.password, account.provider_subject]
    told += [factor and factor.confirmed_at]
    for one in sorted(account.appointments.all(), key=lambda held: held.pk):
        told += [one.pk, one.valid_to, one.confirmed_at]
    return version_of(account, [str(one) for one in told])


def change_of(account: Account) -> str:
    """Who changed the account last, and how."""
    rows = (account, *account.appointments.all())
    found = [one for row in rows if (one := Event.objects.about(row).last()) is not None]
    if not found:
        return _("This was changed since you opened it. Look at it, then send it again.")
    last = max(found, key=lambda one: one.pk)
    message = _(
        "This account was changed since you opened it: %(who)s, %(verb)s. What you typed is kept; "
        "look at the account, then send it again."
    )
    return message % {"who": last.actor, "verb": _in_words(last.verb)}


def _in_words(verb: str) -> str:
    return {
        "create_account": _("made the account"),
        "appoint": _("gave an office"),
        "confirm_appointment": _("confirmed an office"),
        "revoke": _("ended an office"),
        "bar_account": _("barred the account"),
        "readmit_account": _("readmitted the account"),
        "match_account": _("matched the account at the identity provider"),
        "unmatch_account": _("took the match at the identity provider away"),
        "issue_password": _("issued a one-time password"),
        "change_password": _("changed the password"),
        "enrol_second_factor": _("set up an authenticator"),
        "remove_second_factor": _("removed the authenticator"),
    }.get(verb, verb)
