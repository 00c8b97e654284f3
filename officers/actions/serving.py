"""An officer's service and certificates: changed, ended, renewed, and told in the agency's book."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.actions import rewrite
from agencies.authority import By, keeper
from agencies.refusals import RegisterRefused
from officers.models import Certificate, Officer


@transaction.atomic
def change_officer(
    officer: Officer, said: Mapping[str, Any], *, by: By, at: datetime, reason: str
) -> Officer:
    """The officer as `said` gives name, category and post.

    Raises RegisterRefused, NotAuthorised.
    """
    actor = keeper(by, officer.agency)
    held = Officer.objects.select_for_update().get(pk=officer.pk)
    told = rewrite(held, said)
    journal.append(officer.agency.code, "change", held, by=actor, at=at, reason=reason, **told)
    return held


@transaction.atomic
def leave(officer: Officer, *, on: date, by: By, at: datetime, reason: str) -> Officer:
    """The officer is no longer under management from the day `on`.

    Raises RegisterRefused, NotAuthorised.
    """
    actor = keeper(by, officer.agency)
    held = Officer.objects.select_for_update().get(pk=officer.pk)
    if held.left_on is not None:
        raise RegisterRefused.at(
            "on", "ended", _("The officer has left on %(day)s.") % {"day": held.left_on}
        )
    if on <= held.joined_on:
        raise RegisterRefused.at(
            "on",
            "period",
            _("The officer joined on %(day)s. Choose a later day.") % {"day": held.joined_on},
        )
    held.left_on = on
    held.save()
    journal.append(officer.agency.code, "leave", held, by=actor, at=at, reason=reason, on=str(on))
    return held


@transaction.atomic
def change_certificate(
    certificate: Certificate, said: Mapping[str, Any], *, by: By, at: datetime, reason: str
) -> Certificate:
    """The certificate with the status and the days that `said` gives; kind and number stay.

    Raises RegisterRefused, NotAuthorised.
    """
    agency = certificate.officer.agency
    actor = keeper(by, agency)
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    told = rewrite(held, said)
    journal.append(agency.code, "change", held, by=actor, at=at, reason=reason, **told)
    return held
