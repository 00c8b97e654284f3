"""What may be set from the environment, and what is wrong with what was set?

`VARIABLES` is the whole list; the settings page reads each value through `Reader`, which notes bad
values instead of raising, so that one start names every mistake at once.
"""

import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import environ

T = TypeVar("T")


@dataclass(frozen=True)
class Variable:
    """One value: how it is written, what holds without it, what it means."""

    name: str
    form: str
    default: str
    meaning: str


VARIABLES = (
    Variable("DEBUG", "on or off", "off", "Show errors in the browser. Never on a public machine."),
    Variable("DEMO", "on or off", "off", "Say on every page that the data are a demonstration."),
    Variable(
        "SECRET_KEY",
        "at least 50 random characters",
        "",
        "Signs sessions. Needed with PostgreSQL; with SQLite one is made and kept beside the"
        " database, readable by its owner only.",
    ),
    Variable(
        "FIELD_KEYS",
        "random texts of at least 32 characters, separated by commas",
        "SECRET_KEY",
        "Encipher identity and phone numbers. The first writes, all read: put a new one first, run"
        " `reencipher`, then take the old one away. Without the key the numbers are lost.",
    ),
    Variable(
        "AUDIT_RETENTION",
        "days, from 183 to 36500",
        "1095",
        "How long traces of access are kept at least. Less than 183 the law does not allow; keep"
        " the log lines as long. Events are never disposed of.",
    ),
    Variable(
        "FOLD_MINUTES",
        "number from 0 to 1440",
        "5",
        "After how many minutes what changed is counted towards the next compile of the periods"
        " that somebody compiled in the last month: an order then costs only what came since. 0"
        " leaves all of it to the order.",
    ),
    Variable(
        "DATABASE_URL",
        "sqlite:////path/file.sqlite3 or postgres://user:password@host:5432/name",
        "var/jianbei.sqlite3 beside manage.py",
        "Where everything is kept. A password's special characters are percent-encoded. Sign in as"
        " a role made by `grant_role`: superusers pass the wall between agencies. A pooler in"
        " between must keep settings and prepared statements apart by session.",
    ),
    Variable(
        "FILES_DIR",
        "path",
        "var/files beside manage.py",
        "Where evidence is kept, named by its content. Back it up with the database.",
    ),
    Variable(
        "CLAMD",
        "host:port or /path/of/socket",
        "",
        "Where a clamd (ClamAV) looks for malware in evidence before it is kept and before anybody"
        " opens it. While it does not answer nobody can. Off without it.",
    ),
    Variable("CLAMD_SECONDS", "number from 1 to 120", "10", "How long clamd is waited for."),
    Variable(
        "CHECKPOINT_RECEIPT_HOURS",
        "number from 0 to 168; 4 is advised",
        "0",
        "Publish a year only if a party outside confirmed a checkpoint of the book within so many"
        " hours; 0 asks for none.",
    ),
    Variable(
        "DATABASE_POOL",
        "number from 2 to 200",
        "16",
        "PostgreSQL connections one process keeps at most.",
    ),
    Variable(
        "STATEMENT_TIMEOUT",
        "seconds, 0 for none",
        "0",
        "PostgreSQL ends a statement that runs longer. 15 for web processes, 600 for workers.",
    ),
    Variable(
        "REDIS_URL",
        "redis://host:6379/0",
        "",
        "Celery's broker. Without it the server process runs the background jobs itself.",
    ),
    Variable(
        "ALLOWED_HOSTS",
        "host names, separated by commas",
        "localhost,127.0.0.1,[::1]",
        "Names under which the site may be asked.",
    ),
    Variable(
        "CSRF_TRUSTED_ORIGINS",
        "origins such as https://host, separated by commas",
        "",
        "Origins of forms when a proxy changes the host name.",
    ),
    Variable(
        "HTTPS",
        "on or off",
        "on with PostgreSQL, off with SQLite",
        "Redirect to https, secure cookies, strict transport security.",
    ),
    Variable(
        "PROXY_ADDRESSES",
        "addresses, separated by commas",
        "127.0.0.1,::1",
        "Proxies whose X-Forwarded-Proto is believed.",
    ),
    Variable(
        "AUTH_PROFILE",
        "mlps3 or asvs",
        "mlps3",
        "Rules for passwords: MLPS level 3 (three kinds of characters, 90 days) or OWASP ASVS.",
    ),
    Variable(
        "SECOND_FACTOR",
        "required or offered",
        "required, with DEMO offered",
        "Whether those who decide, oversee or administer must use an authenticator.",
    ),
    Variable(
        "EMAIL_URL",
        "smtp+tls://user:password@host:587, smtp://host:25 or consolemail://",
        "smtp://localhost:25, with DEMO consolemail://",
        "How letters to enterprises go out: the codes by which they read their own inspections.",
    ),
    Variable("EMAIL_FROM", "e-mail address", "jianbei@localhost", "Who letters come from."),
    Variable(
        "SMS_GATEWAY",
        "https address",
        "",
        "Takes a POST of JSON with `to` and `text` and sends a text message. Off without it.",
    ),
    Variable(
        "OIDC_ISSUER",
        "https address of an OpenID Connect provider",
        "",
        "Where people may sign in besides here. Empty: only here. A security administrator matches"
        " each account to its subject there; none is made and no right comes from there.",
    ),
    Variable("OIDC_CLIENT_ID", "text", "", "Our name at the provider of OIDC_ISSUER."),
    Variable("OIDC_CLIENT_SECRET", "text", "", "Our secret at the provider of OIDC_ISSUER."),
    Variable("BIND", "an address of this machine", "127.0.0.1", "Where `serve` listens."),
    Variable("PORT", "number from 1 to 65535", "8000", "The port `serve` listens on."),
    Variable(
        "WEB_THREADS", "number from 1 to 200", "8", "Requests one web process answers at once."
    ),
    Variable(
        "WEB_PROCESSES",
        "number from 1 to 64",
        "1",
        "Web processes. More than one needs PostgreSQL and REDIS_URL.",
    ),
    Variable(
        "LOG_FORMAT",
        "auto, json or text",
        "auto",
        "Form of the log lines: text on a terminal, JSON otherwise.",
    ),
    Variable(
        "LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO", "The least weight that is logged."
    ),
    Variable(
        "ENV_FILE", "path", ".env beside manage.py", "A file of NAME=value lines read at the start."
    ),
)
_FORMS = {variable.name: variable.form for variable in VARIABLES}


class Reader:
    """Reads declared variables; `problems` lists (name, value, form) of those it had to refuse."""

    def __init__(self, env_file: Path) -> None:
        self.problems: list[tuple[str, str, str]] = []
        self._env = environ.Env()
        chosen = os.environ.get("ENV_FILE", str(env_file))
        if chosen and Path(chosen).is_file():
            environ.Env.read_env(chosen)

    def _read(self, name: str, default: T, convert: Callable[[str], T]) -> T:
        raw = os.environ.get(name, "").strip()
        if not raw:
            return default
        try:
            return convert(raw)
        except (ValueError, KeyError, environ.ImproperlyConfigured):
            self.refuse(name, raw)
            return default

    def refuse(self, name: str, value: str) -> None:
        self.problems.append((name, value, _FORMS[name]))

    def text(self, name: str, default: str = "", *, among: tuple[str, ...] = ()) -> str:
        def known(raw: str) -> str:
            if among and raw not in among:
                raise ValueError(raw)
            return raw

        return self._read(name, default, known)

    def shaped(self, name: str, pattern: str) -> str:
        """A text of this form; empty where none is set."""

        def fits(raw: str) -> str:
            if not re.fullmatch(pattern, raw):
                raise ValueError(raw)
            return raw

        return self._read(name, "", fits)

    def flag(self, name: str, *, default: bool) -> bool:
        words = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
        return self._read(name, default, lambda raw: words[raw.lower()])

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        def within(raw: str) -> int:
            if not (raw.isascii() and raw.isdigit() and low <= int(raw) <= high):
                raise ValueError(raw)
            return int(raw)

        return self._read(name, default, within)

    def words(self, name: str, default: str = "") -> list[str]:
        raw = self._read(name, default, str)
        return [word.strip() for word in raw.split(",") if word.strip()]

    def mail(self, default: str) -> dict[str, Any]:
        """The settings of Django's mail backend."""

        def lawful(raw: str) -> dict[str, Any]:
            found: dict[str, Any] = environ.Env.email_url_config(raw)
            return {name: value for name, value in found.items() if name.startswith("EMAIL_")}

        return self._read("EMAIL_URL", lawful(default), lawful)

    def database(self, default: Path) -> dict[str, Any]:
        fallback = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}

        def lawful(raw: str) -> dict[str, Any]:
            if "://" not in raw:
                raise ValueError(raw)
            found = dict(self._env.db_url_config(raw))
            if found.get("ENGINE") not in _ENGINES or not found.get("NAME"):
                raise ValueError(raw)
            found["ENGINE"] = _ENGINES[found["ENGINE"]]
            return found

        return self._read("DATABASE_URL", fallback, lawful)


# PostgreSQL is told for whom it is asked (agencies.walls).
_ENGINES = {
    "django.db.backends.sqlite3": "django.db.backends.sqlite3",
    "django.db.backends.postgresql": "config.postgresql",
}


def kept_secret(beside: Path) -> str:
    """The key in the file beside the embedded database; made once, mode 0600."""
    path = beside.parent / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(made, "w") as out:
        out.write(secrets.token_urlsafe(60))
    return path.read_text("ascii").strip()
