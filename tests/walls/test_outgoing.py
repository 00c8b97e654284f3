"""Nothing in the program opens a connection to an address that somebody typed (P37).

There is no webhook and no fetching of links; if one comes, it needs a wall of its own.  Letters and
the identity provider go to addresses of the environment.
"""

import ast
import json
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.walls import bodies, table

ROOT = Path(__file__).resolve().parents[2]
APPS = ("agencies", "config", "filings", "officers", "reports")
CALLERS = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "paramiko",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc.client",
    "django.core.mail",
}
# Whom each of these calls is set by the operator alone, in the environment; nobody types it.
SET_BY_THE_OPERATOR = {
    "config/server.py": {"socket"},
    "filings/letters.py": {"django.core.mail", "urllib.request"},
    "filings/malware.py": {"socket"},
    "officers/web/provider.py": {"requests"},
}


def callers(source):
    """Which modules that open connections does the source import?"""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found & CALLERS


@pytest.mark.parametrize("app", APPS)
def test_no_module_can_call_out(app):
    found = {}
    for path in sorted((ROOT / app).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        opened = callers(path.read_text(encoding="utf-8")) - SET_BY_THE_OPERATOR.get(place, set())
        if opened:
            found[place] = opened
    assert found == {}


@pytest.mark.parametrize(
    "source",
    ["import requests", "from urllib import request", "from http.client import HTTPConnection"],
)
def test_a_planted_call_is_found(source):
    assert callers(source)


# Sixty ways to write an address inside: plain, in other numbers, in IPv6, with a user before it,
# in signs that are folded, behind another scheme, and of the services that give out secrets.
INSIDE = Path(__file__).with_name("inside.txt").read_text("utf-8").split()
WRITES = [
    key
    for key, line in table.lines().items()
    if key.startswith("POST ") and line.method_and_route not in {*bodies.RAW, *bodies.FILES}
]


@pytest.fixture
def called(monkeypatch):
    """Whom the program tried to find or to reach; nobody is reached."""
    found = []

    def refuse(*args, **kwargs):
        found.append(args)
        raise OSError("no way out")

    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return found


def filled(value, address):
    """The body with the address in the place of every text."""
    if isinstance(value, dict):
        return {name: filled(one, address) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, address) for one in value]
    return address if isinstance(value, str) else value


def test_there_are_sixty_of_them_and_each_is_typed_somewhere():
    assert len(set(INSIDE)) == 60
    assert 3 * len(WRITES) >= len(INSIDE)


@pytest.mark.django_db
@pytest.mark.parametrize("key", WRITES)
def test_no_address_that_is_typed_is_called(key, world, called):
    line = table.lines()[key]
    may = next(
        one for one in ("may", "hidden", "barred", "sign_in") if one in line.answers.values()
    )
    person = next(one for one, word in line.answers.items() if word == may)
    good = bodies.SENT.get(line.method_and_route, lambda world: {})(world)
    known = dict.fromkeys(("url", "callback", "next", "reason", "text", "email", "place"), "")
    path = line.method_and_route.split()[1].format(**line.address(world, "own"))
    world.client.cookies.clear()
    if person in world.cookies:
        world.client.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[person]
    place = 3 * WRITES.index(key)
    for address in (INSIDE[(place + n) % len(INSIDE)] for n in range(3)):
        with transaction.atomic():
            over_http = path.startswith("/api/")
            sent = filled(good if over_http else known | plain(good), address)
            if over_http:
                headers = {"Idempotency-Key": "walls-walls-walls", "If-Match": '"1"'}
                sent, kind = json.dumps(sent), {"content_type": "application/json"}
                world.client.post(path, sent, headers=headers, secure=True, **kind)
            else:
                world.client.post(path, sent, secure=True)
            transaction.set_rollback(True)
    assert called == []


def plain(good):
    """What of a body a form can hold."""
    return {
        name: str(value)
        for name, value in good.items()
        if not isinstance(value, SimpleUploadedFile)
    }


def test_a_call_would_be_seen(called):
    """The control: whoever opens such an address is met."""
    with pytest.raises(OSError, match="no way out"):
        urlopen("http://127.0.0.1:9/")
    assert called
