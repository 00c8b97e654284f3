"""Nothing in the program opens a connection to an address that somebody typed (P37).

There is no webhook and no fetching of links; if one comes, it needs a wall of its own.  Letters and
the identity provider go to addresses of the environment.
"""

import ast
from pathlib import Path

import pytest

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
