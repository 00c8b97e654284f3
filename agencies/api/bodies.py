"""What the verbs of the register of authorities are told."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.body import Day, Text, WholeNumber, YesNo
from agencies.api.entering import EndBody, ReasonedBody
from agencies.models import Agency


@extend_schema_field(str)
class AgencyCode(serializers.Field):
    """The code of an agency that the caller may know of; null for none."""

    def to_internal_value(self, data):
        code = data if isinstance(data, str) else ""
        found = Agency.objects.visible_to(self.context["authority"]).filter(code=code).first()
        if found is None:
            raise serializers.ValidationError(
                _("Nothing bears the code “%(value)s”.") % {"value": str(data)[:20]},
                "unknown_code",
            )
        return found

    def to_representation(self, value):
        return value.code


class ChangeAgencyBody(ReasonedBody):
    """What the register says of an agency anew; what is not named stays."""

    name = Text(max_length=200, required=False)
    line = serializers.ChoiceField(choices=Agency.Line.choices, required=False)
    uscc = Text(max_length=18, required=False, allow_blank=True)
    parent = AgencyCode(required=False, allow_null=True)
    principal = AgencyCode(required=False, allow_null=True)
    qualified_from = Day(required=False)
    qualified_to = Day(required=False, allow_null=True)


class DissolveBody(EndBody):
    """From which day the agency is gone, why, and who took its business over."""

    successor = AgencyCode(required=False, allow_null=True)


class ChangeLetterBody(ReasonedBody):
    """What a letter of entrustment says anew; what is not named stays."""

    number = Text(max_length=80, required=False)
    published_on = Day(required=False)


class ChangeAssistanceBody(ReasonedBody):
    """What a letter of assistance says anew; what is not named stays."""

    number = Text(max_length=80, required=False)
    helper = Text(max_length=200, required=False)


class RearrangeBody(ReasonedBody):
    """Whether the day is worked, and by which notice; what is not named stays."""

    worked = YesNo(required=False)
    name = Text(max_length=40, required=False)
    source = Text(max_length=300, required=False)


class AnnouncePlanBody(ReasonedBody):
    """What the plan says anew; what is not named stays."""

    name = Text(max_length=200, required=False)
    scope = Text(max_length=300, required=False, allow_blank=True)
    visits = WholeNumber(required=False, allow_null=True, min_value=1, max_value=1_000_000)
    approved_by = Text(max_length=200, required=False)
    approval_number = Text(max_length=80, required=False)
    published_on = Day(required=False)
