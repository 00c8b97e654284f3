"""The caller's own devices over HTTP: listed, registered, revoked."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action

from agencies.api.body import StrictBody, Text
from agencies.api.resource import Chosen, Resource
from officers.actions import devices
from officers.models import Device


class DeviceSerializer(Chosen):
    class Meta:
        model = Device
        fields = ["id", "name", "public_key", "registered_at", "revoked_at"]


class DeviceBody(StrictBody):
    """A name to know the device by, and its public key: SPKI on P-256, in base64."""

    name = Text(max_length=120)
    public_key = Text(max_length=200)


class DeviceViewSet(Resource):
    """One's own devices, which sign what is noted at a door without a connection."""

    serializer_class = DeviceSerializer
    ordering = ("-registered_at", "-pk")
    writes = ("create", "revoke")

    def rows(self):
        return Device.objects.filter(account=self.request.user)

    @extend_schema(request=DeviceBody, responses={201: DeviceSerializer})
    def create(self, request):
        """Register this device; a key that is registered already gives the same device again."""
        devices.require_door(request.authority)
        body = DeviceBody(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            made = devices.register(**body.validated_data, by=request.authority, at=timezone.now())
        except devices.DeviceRefused as refused:
            raise serializers.ValidationError(
                {refused.field: serializers.ErrorDetail(str(refused), refused.code)}
            ) from refused
        return self.tagged(made, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=DeviceSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request, pk):
        """The device signs for nobody any more."""
        StrictBody(data=request.data).is_valid(raise_exception=True)
        gone = devices.revoke(self.get_object(), by=request.authority, at=timezone.now())
        return self.tagged(gone)
