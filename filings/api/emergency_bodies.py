"""What is said of an emergency over HTTP: at the door, and in full afterwards."""

from agencies.api.body import Instant, Text
from filings import actions
from filings.api.bodies import CheckInBody, DraftBody

DOOR = tuple(CheckInBody().fields)


class EmergencyBody(DraftBody, CheckInBody):
    """Why nobody could wait, who was told by word of mouth, and the arrival; it began then."""

    planned_start = None
    arrived_at = Instant()
    reason = Text(max_length=300, lines=True)
    reported_to = Text(max_length=60)

    def validate(self, said):
        return super().validate(said | {"planned_start": said["arrived_at"]})

    def spoken(self):
        """The agency, the draft and the emergency as the action takes them."""
        said = dict(self.validated_data)
        arrival = actions.Arrival(**{name: said.pop(name) for name in DOOR if name in said})
        names = ("reason", "reported_to", "arrived_at")
        emergency = actions.Emergency(**{name: said.pop(name) for name in names}, arrival=arrival)
        return said.pop("agency"), actions.Draft(**said), emergency


class BackFileBody(DraftBody):
    """The emergency in full, and the network or system fault that kept it from being filed."""

    fault = Text(max_length=300, lines=True, required=False, allow_blank=True)

    def spoken(self):
        """The agency, the draft and the fault."""
        said = dict(self.validated_data)
        fault = said.pop("fault", "")
        return said.pop("agency"), actions.Draft(**said), fault
