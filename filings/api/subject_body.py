"""What can be changed of a subject."""

from rest_framework import serializers

from agencies.api.body import Day, Text, YesNo
from agencies.api.entering import ReasonedBody
from filings.models import Subject


class ChangeSubjectBody(ReasonedBody):
    """What the register says of a subject anew; what is not named stays."""

    name = Text(max_length=200, required=False)
    legal_representative = Text(max_length=60, required=False, allow_blank=True)
    business_address = Text(max_length=300, required=False, allow_blank=True)
    registered_address = Text(max_length=300, required=False, allow_blank=True)
    industry = serializers.RegexField("^[A-T][0-9]{0,4}$", required=False, allow_blank=True)
    size = serializers.ChoiceField(choices=Subject.Size.choices, required=False)
    registration = serializers.ChoiceField(choices=Subject.Registration.choices, required=False)
    credit_class = serializers.ChoiceField(choices=Subject.CreditClass.choices, required=False)
    risk_class = Text(max_length=20, required=False, allow_blank=True)
    whitelisted_from = Day(required=False, allow_null=True)
    whitelisted_to = Day(required=False, allow_null=True)
    key_supervision = YesNo(required=False)


class ContactBody(ReasonedBody):
    """How the enterprise is reached: by e-mail, by mobile phone, or both."""

    email = Text(max_length=254, required=False)
    phone = Text(max_length=20, required=False)


class ContactSerializer(serializers.Serializer):
    """What is kept, in part only."""

    contact = serializers.CharField(source="in_part")
    since = serializers.DateField()
