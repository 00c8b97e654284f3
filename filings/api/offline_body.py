"""An arrival noted without a connection, as a device sends it: its own text, and what it signed."""

import json

from django.utils.translation import gettext as _
from rest_framework import serializers

from agencies.api.body import Instant, Text, WholeNumber
from filings import actions
from filings.api.bodies import CheckInBody, NothingBody


class NotedBody(CheckInBody):
    """What the device noted; it signs exactly this text."""

    filing = WholeNumber(min_value=1)
    arrived_at = Instant()
    reason = Text(max_length=300, lines=True, required=False, allow_blank=True)


class LateCheckInBody(NothingBody):
    """`record` is the JSON text of a NotedBody as it was signed; `sent_at` the device's clock now.

    Without a signature, or with one that does not hold, the arrival needs its reason.
    """

    record = Text(max_length=4000, trim_whitespace=False)
    sent_at = Instant()
    signature = Text(max_length=200, required=False, allow_blank=True)
    device = WholeNumber(min_value=1, required=False)

    def validate_record(self, text):
        try:
            noted = json.loads(text)
        except ValueError as error:
            message = _("This is no JSON text: %(why)s.") % {"why": str(error)[:80]}
            raise serializers.ValidationError(message, "not_json") from error
        body = NotedBody(data=noted)
        body.is_valid(raise_exception=True)
        self.noted = dict(body.validated_data)
        return text

    def told(self, filing):
        said, noted = self.validated_data, dict(self.noted)
        if noted.pop("filing") != filing.pk:
            message = _("The record is of another filing.")
            raise serializers.ValidationError(
                {"record": serializers.ErrorDetail(message, "record_of_another_filing")}
            )
        signature = actions.Signature(said["record"], said.get("signature", ""), said.get("device"))
        moments = {"arrived_at": noted.pop("arrived_at"), "reason": noted.pop("reason", "")}
        told = actions.Noted(**moments, sent_at=said["sent_at"], signature=signature)
        return {"arrival": actions.Arrival(**noted), "noted": told}
