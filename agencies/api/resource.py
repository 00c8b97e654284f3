"""What every resource of the API has in common: reading, scope, choice of fields, schema."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from agencies.api.versions import Versioned
from agencies.query import BadParameter, check_parameters

ID = "[1-9][0-9]{0,17}"


def chosen_fields(request, known):
    """The names in `fields=`, parted by commas; None when all are wanted.  Raises BadParameter."""
    asked = request.query_params.get("fields")
    if asked is None:
        return None
    names = asked.split(",")
    for name in names:
        if name not in known:
            message = _("“%(name)s” is not a known field. Known: %(known)s.") % {
                "name": name[:60],
                "known": ", ".join(sorted(known)),
            }
            raise BadParameter("fields", message, "unknown_field")
    return frozenset(names)


class Chosen(serializers.ModelSerializer):
    """A serializer that shows only the fields its context names."""

    def get_fields(self):
        fields = super().get_fields()
        wanted = self.context.get("fields") if self._is_outermost() else None
        return fields if wanted is None else {n: f for n, f in fields.items() if n in wanted}

    def _is_outermost(self):
        parent = self.parent
        return parent is None or (
            isinstance(parent, serializers.ListSerializer) and parent.parent is None
        )


class ResourceSchema(AutoSchema):
    """Tells of the choice of fields."""

    def get_override_parameters(self):
        if self.method != "GET" or "fields" not in getattr(self.view, "query_parameters", ()):
            return []
        told = "Names of the fields wanted, parted by commas."
        return [OpenApiParameter("fields", str, description=told)]


class Resource(Versioned, viewsets.ReadOnlyModelViewSet):
    """A list with filters and keyset pages, and one object; both within the caller's scope.

    A code that several dated rows have borne shows the newest of them.
    """

    schema = ResourceSchema()
    query_parameters = ("fields",)
    lookup_value_regex = ID
    ordering = ("pk",)
    newest_first = ("-pk",)

    def rows(self) -> QuerySet:
        """Every row that the caller may see."""
        raise NotImplementedError

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.serializer_class.Meta.model.objects.none()
        return self.rows().order_by(*self.ordering)

    def get_object(self):
        check_parameters(self.request.query_params, self.query_parameters)
        wanted = {self.lookup_field: self.kwargs[self.lookup_field]}
        return get_object_or_404(self.rows().filter(**wanted).order_by(*self.newest_first)[:1])

    def get_serializer_context(self):
        context = super().get_serializer_context()
        if not getattr(self, "swagger_fake_view", False):
            known = self.get_serializer_class()().fields
            context["fields"] = chosen_fields(self.request, known)
        return context

    def list(self, request, *args, **kwargs):
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def retrieve(self, request, *args, **kwargs):
        row = self.get_object()
        if request.query_params.get("fields") is None:
            return self.tagged(row)
        return Response(self.get_serializer(row).data)
