"""How officers look from outside: shown only within the caller's scope.

Certificate numbers are plain; of identity and phone numbers nobody sees more than the ends here.
"""

from rest_framework import serializers

from agencies.api.resource import Chosen
from agencies.api.serializers import NamedSerializer
from officers.models import Certificate, Officer


class CertificateSerializer(serializers.ModelSerializer):
    class Meta:
        model = Certificate
        fields = [
            "kind",
            "issuer",
            "number",
            "valid_from",
            "valid_to",
            "status",
            "last_checked_on",
            "barred_until",
        ]


class OfficerSerializer(Chosen):
    agency = NamedSerializer()
    identity_number = serializers.CharField(help_text="Masked; `read` shows it in full.")
    phone = serializers.CharField(help_text="Masked; `read` shows it in full.")
    certificates = CertificateSerializer(many=True)

    class Meta:
        model = Officer
        fields = [
            "id",
            "code",
            "name",
            "agency",
            "category",
            "post",
            "identity_number",
            "phone",
            "joined_on",
            "left_on",
            "certificates",
        ]
