"""Follow every link, as a person who presses all there is to press."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.walls import asking
from tests.walls.world import World

SITE = "https://testserver"
_LINK = re.compile(r'\b(?:href|src|action|hx-get|value)="((?:/|\?)[^"]*)"')
_URL = re.compile(r'"(https?://testserver[^"]*)"')


def walk(world: World, person: str, starts: list[str], enough: int) -> Iterator[tuple[str, Any]]:
    """Each address that leads on from `starts`, with its answer.

    Lists are read to their last page; of pages that differ only in which row they show, or by
    which word they are filtered, `enough` are asked for.
    """
    seen, kinds, waiting = set(starts), Counter(), deque(starts)
    while waiting:
        address = waiting.popleft()
        answer = asking.ask(world, "GET {address}", person, {"address": address})
        yield address, answer
        for found in links(address, answer):
            kind = _kind(found)
            if found not in seen and kind and kinds[kind] < enough:
                seen.add(found)
                kinds[kind] += "cursor" not in kind
                waiting.append(found)


def links(address: str, answer: Any) -> Iterator[str]:
    """The addresses of this site that the answer names; in a list of the API also its rows."""
    text = answer.text_of_it.decode("utf-8", "replace")
    named = [*_LINK.findall(text), *_URL.findall(text), answer.get("Location", "")]
    for one in named:
        full = urlsplit(urljoin(SITE + address, unescape(one)))
        if full.netloc == "testserver":
            yield full.path + (f"?{full.query}" if full.query else "")
    if answer.get("Content-Type") == "application/json" and address.startswith("/api/"):
        body = answer.json()
        rows = body.get("results", []) if isinstance(body, dict) else []
        for row in rows:
            yield f"{urlsplit(address).path}{row.get('code') or row.get('id')}/"
            yield f"{urlsplit(address).path}{row.get('id')}/"


def _kind(address: str) -> tuple[str, ...]:
    """Which route, with which words of the query; empty for a file and what is no route."""
    path, _, query = address.partition("?")
    try:
        route = resolve(unquote(path)).route
    except Resolver404:
        return ()
    return (route, *sorted(name for name, _ in parse_qsl(query, keep_blank_values=True)))


def told(answer: Any) -> str:
    """All that an answer says: its headers, and its text without the address that was asked."""
    headers = "".join(f"{name}: {unquote(value)}\n" for name, value in answer.items())
    return headers.replace(answer.wsgi_request.path, "*") + asking.plain(answer)
