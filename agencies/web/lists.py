"""What every list of a register shares: its address under changed filters, and its pages."""

from urllib.parse import urlencode

from django.http import QueryDict

from agencies import keyset

SIZE = 50


def address(query: QueryDict, **changes) -> str:
    """The query with `changes` made (None removes) and without the place in the list."""
    kept = {name: value for name, value in query.items() if name != "cursor" and value}
    kept |= changes
    return "?" + urlencode({name: value for name, value in kept.items() if value is not None})


def paged(request, rows, *, size: int = SIZE) -> dict:
    """One page of `rows`, which are ordered, and the addresses of the pages beside it."""
    page = keyset.page(rows, size=size, cursor=request.GET.get("cursor", ""))
    return {
        "page": page,
        "newer": page.previous and address(request.GET, cursor=page.previous),
        "older": page.next and address(request.GET, cursor=page.next),
    }
