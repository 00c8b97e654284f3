"""What the verbs of the register of officers are told."""

from rest_framework import serializers

from agencies.api.body import Day, StrictBody, Text
from agencies.api.entering import ReasonedBody
from officers.models import Certificate, Officer


class ChangeOfficerBody(ReasonedBody):
    """What the register says of an officer anew; what is not named stays."""

    name = Text(max_length=60, required=False)
    category = serializers.ChoiceField(choices=Officer.Category.choices, required=False)
    post = Text(max_length=60, required=False, allow_blank=True)


class ParticularsBody(ReasonedBody):
    """Identity and phone number; what is not named stays, empty takes it away."""

    identity_number = Text(max_length=30, required=False, allow_blank=True)
    phone = Text(max_length=30, required=False, allow_blank=True)


class FullParticulars(serializers.Serializer):
    """Both numbers in full, for this once."""

    identity_number = serializers.CharField()
    phone = serializers.CharField()


class ReadBody(StrictBody):
    """Why?"""

    reason = Text(max_length=1000)


class ChangeCertificateBody(ReasonedBody):
    """Which of the officer's certificates, and what holds of it now; what is not named stays."""

    issuer = Text(max_length=100)
    number = Text(max_length=20)
    status = serializers.ChoiceField(choices=Certificate.Status.choices, required=False)
    valid_to = Day(required=False)
    last_checked_on = Day(required=False, allow_null=True)
    barred_until = Day(required=False, allow_null=True)
