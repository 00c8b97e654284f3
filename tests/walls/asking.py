"""Ask any route as anybody, and leave the world as it was."""

import json
import re
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.walls import bodies
from tests.walls.world import World

SIGN_IN = "/sign-in/"
_ONE = re.compile(r"(/api/v1/\w+/[^/]+/)\w+/")
# Texts, numbers and the names of savepoints are values; what is left of SQL is the question.
_VALUES = re.compile(r"'(?:[^']|'')*'|\"s\d+_x\d+\"|\b\d+\b")
_PASSING = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r'"request_id": ?"[^"]*"'),
    re.compile(r"\b[0-9a-f]{32}\b"),
)


def ask(
    world: World,
    line: str,
    person: str,
    values: dict[str, Any],
    query: dict[str, str] | None = None,
) -> Any:
    """The answer to the line's method and address, filled with `values`; nothing of it stays.

    Beside the text it has the questions that it took of the database, without their values.
    """
    method, route = line.split(" ", 1)
    client = world.client
    client.cookies.clear()
    if person in world.cookies:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[person]
    with transaction.atomic():
        path = route.format(**values)
        tag = _tag(world, person, path) if method != "GET" else ""
        with CaptureQueriesContext(connection) as caught:
            answer = _sent(world, line, path, query or {}, tag)
        answer.questions = [_VALUES.sub("?", one["sql"]) for one in caught.captured_queries]
        answer.text_of_it = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer


def _sent(world: World, line: str, path: str, query: dict[str, str], tag: str) -> Any:
    method = line.split(" ", 1)[0].lower()
    call = getattr(world.client, method)
    if method == "get":
        return call(path, query, secure=True)
    over_http = path.startswith("/api/")
    sent: dict[str, Any] = {"secure": True}
    if over_http:
        sent["headers"] = {"Idempotency-Key": "walls-walls-walls", "If-Match": tag}
    if line in bodies.RAW:
        kind, content = bodies.RAW[line]
        return call(f"{path}?name=x.png", content, content_type=kind, **sent)
    body = bodies.SENT.get(line, lambda world: {})(world)
    if line in bodies.FILES or (method == "post" and not over_http):
        return call(path, body, **sent)
    return call(path, json.dumps(body), content_type="application/json", **sent)


def _tag(world: World, person: str, path: str) -> str:
    """The version of the thing that is written to, as the person reads it."""
    one = _ONE.match(path)
    if one is None:
        return '"1"'
    known = (person, one.group(1))
    if known not in world.tags:
        world.tags[known] = world.client.get(one.group(1), secure=True).get("ETag") or '"1"'
    return world.tags[known]


def heard(answer: Any) -> str:
    """What the wall said, in the words of the table: open, signed out, 403, 404, or a fault."""
    code = answer.status_code
    if code == 401 or (code == 302 and answer["Location"].startswith(SIGN_IN)):
        return "sign in"
    if code in (403, 404, 405) or code >= 500:
        return str(code)
    return "open"


def plain(answer: Any) -> str:
    """The text without what differs from answer to answer, and without the address asked for."""
    text = answer.text_of_it.decode("utf-8", "replace")
    text = text.replace(answer.wsgi_request.path, "*")
    for pattern in _PASSING:
        text = pattern.sub("", text)
    return text
