"""How does the API answer a long list?  By keyset pages; the exact count only when asked."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from agencies import keyset
from agencies.query import BadParameter


class KeysetPagination(BasePagination):
    """`cursor`, `page_size` (at most 200) and `count=exact`; the queryset must be ordered."""

    page_size = 50
    largest = 200
    parameters = ("cursor", "page_size", "count")

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list:
        self.address = request.build_absolute_uri()
        size = self._size(request.query_params.get("page_size"))
        self.count = self._count(request.query_params.get("count"), queryset)
        cursor = request.query_params.get("cursor", "")
        self.page = keyset.page(queryset, size=size, cursor=cursor)
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        body = {} if self.count is None else {"count": self.count}
        body |= {
            "next": self._link(self.page.next),
            "previous": self._link(self.page.previous),
            "results": data,
        }
        return Response(body)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Only with count=exact."},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        sizes = {"type": "integer", "minimum": 1, "maximum": self.largest}
        return [
            {"name": "cursor", "in": "query", "schema": {"type": "string"}},
            {"name": "page_size", "in": "query", "schema": sizes},
            {"name": "count", "in": "query", "schema": {"type": "string", "enum": ["exact"]}},
        ]

    def _size(self, raw: str | None) -> int:
        if raw is None:
            return self.page_size
        if raw.isascii() and raw.isdigit() and len(raw) < 6 and 1 <= int(raw) <= self.largest:
            return int(raw)
        message = _("“%(value)s” is no page size; write a number from 1 to %(most)d.") % {
            "value": raw[:60],
            "most": self.largest,
        }
        raise BadParameter("page_size", message, "bad_page_size")

    def _count(self, raw: str | None, queryset: QuerySet) -> int | None:
        if raw is None:
            return None
        if raw == "exact":
            return queryset.count()
        message = _("“%(value)s” is no count; write count=exact.") % {"value": raw[:60]}
        raise BadParameter("count", message, "bad_count")

    def _link(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        return replace_query_param(remove_query_param(self.address, "count"), "cursor", cursor)
