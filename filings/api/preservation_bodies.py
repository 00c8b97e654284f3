"""What is said over HTTP of evidence registered in advance."""

from rest_framework import serializers

from agencies.api.body import Text, WholeNumber
from filings.api.bodies import NothingBody, unknown
from filings.models import Preservation


class PreserveBody(NothingBody):
    """What is registered, piece by piece, and where it is kept."""

    things = Text(max_length=2000, lines=True)
    kept_at = Text(max_length=200)


class DecideEvidenceBody(NothingBody):
    """Which evidence is decided on, by the id of its registration, and what becomes of it."""

    preservation = WholeNumber(min_value=1)
    decision = Text(max_length=2000, lines=True)

    def told(self, filing):
        said = dict(self.validated_data)
        pk = said.pop("preservation")
        rows = Preservation.objects.filter(filing=filing)
        held = rows.filter(pk=pk).first() if pk < 2**63 else None
        if held is None:
            raise serializers.ValidationError({"preservation": unknown(pk).detail})
        return said | {"held": held}
