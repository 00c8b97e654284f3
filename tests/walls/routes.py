"""Every address of the site, as it is written in the table: /filings/{pk}/."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, clear_url_caches, get_resolver
from django.utils.regex_helper import normalize

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PLACE = re.compile(r"%\((\w+)\)s")


def addresses() -> list[str]:
    """Every route of the URLconf once, in its order."""
    return list(dict.fromkeys(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        here = before + _written(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, here)
        else:
            yield f"/{here}"


def _written(entry: URLPattern | URLResolver) -> str:
    text, _names = normalize(entry.pattern.regex.pattern)[0]
    return _PLACE.sub(r"{\1}", text)


def names(route: str) -> list[str]:
    """The names of the values in an address."""
    return re.findall(r"{(\w+)}", route)


def forget() -> None:
    """Read the URLconf anew."""
    clear_url_caches()
