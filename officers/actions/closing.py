"""When an agency is dissolved its officers leave and the appointments at it end."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from agencies import journal
from agencies.closing import ends_with_agency
from agencies.journal import Actor
from agencies.models import Agency
from officers.actions.appointing import end
from officers.models import Appointment, Officer


@ends_with_agency
def end_service(agency: Agency, *, on: date, by: Actor, at: datetime, reason: str) -> None:
    """Every officer serving at the agency leaves on the day it ends, and every office at it ends.

    Each is an event of its own.  An office that begins later never comes into force.
    """
    serving = Officer.objects.select_for_update().filter(agency=agency)
    for officer in serving.filter(Q(left_on=None) | Q(left_on__gt=on)).order_by("pk"):
        officer.left_on = max(on, officer.joined_on + timedelta(days=1))
        officer.save(update_fields=["left_on"])
        told = {"reason": reason, "on": str(officer.left_on)}
        journal.append(agency.code, "leave", officer, by=by, at=at, **told)
    held = Appointment.objects.select_for_update(of=("self",)).filter(agency=agency)
    for one in held.open(on).select_related("account", "agency", "region").order_by("pk"):
        end(one, max(on, one.valid_from), by=by, at=at, reason=reason)
