"""A server of one process with eight threads, and eight clients who ask it without a pause."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle

CLIENTS = THREADS = 8


@dataclass(frozen=True, slots=True)
class Call:
    """One request that changes something."""

    method: str
    path: str
    body: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server listens, and its first process."""

    port: int
    pid: int


@contextmanager
def begun(
    app: str = "config.wsgi", *, url: str = "", folder: str = "", **env: str
) -> Iterator[Server]:
    """A server of the application, from `folder` and on the database `url` if they are told.

    `env` is added to its environment.
    """
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS)]
    command += ["--log-level", "warning", "--no-control-socket"]
    env = os.environ | ({"DATABASE_URL": url} if url else {}) | env
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=env, cwd=folder or None, **quiet)  # noqa: S603
    try:
        _await(port, server)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def serving() -> Iterator[int]:
    """The site and its comparison programs behind gunicorn; its port."""
    with begun() as server:
        yield server.port


def get(port: int, path: str, token: str = "", cookie: str = "") -> bytes:
    """One answer; anything but 200 is an error."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookie} if cookie else {}
    try:
        return _answer(connection, Call("GET", path, "", headers), token)
    finally:
        connection.close()


def send(port: int, calls: list[Call], token: str) -> list[float]:
    """Make every call once, eight at a time; how long each answer took."""
    taken: list[list[float]] = [[] for _ in range(CLIENTS)]

    def one(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for call in calls[number::CLIENTS]:
            began = time.perf_counter()
            _answer(connection, call, token)
            taken[number].append(time.perf_counter() - began)
        connection.close()

    _together(one)
    return [each for some in taken for each in some]


def press(port: int, paths: list[str], token: str, seconds: float) -> list[float]:
    """Ask for the paths in turn for so long; how long each answer took."""
    until = time.perf_counter() + seconds
    taken: list[list[float]] = [[] for _ in range(CLIENTS)]

    def one(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for path in cycle(paths[number:] + paths[:number]):
            began = time.perf_counter()
            if began > until:
                break
            _ask(connection, path, token)
            taken[number].append(time.perf_counter() - began)
        connection.close()

    _together(one)
    return [each for some in taken for each in some]


def paced(asks: Sequence[Callable[[], object]], per_second: float) -> float:
    """Do each at its moment, so many a second; the 99th percentile of how late each was done."""
    begin = time.perf_counter() + 0.1

    def one(number: int) -> float:
        due = begin + number / per_second
        time.sleep(max(0.0, due - time.perf_counter()))
        asks[number]()
        return time.perf_counter() - due

    with ThreadPoolExecutor(CLIENTS) as pool:
        taken = sorted(pool.map(one, range(len(asks))))
    return taken[int(len(taken) * 0.99)]


def _together(work: Callable[[int], None]) -> None:
    """Eight clients at once; what fails in one of them fails here."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(work, range(CLIENTS)))


def _ask(connection: http.client.HTTPConnection, path: str, token: str) -> bytes:
    return _answer(connection, Call("GET", path, "", {}), token)


def _answer(connection: http.client.HTTPConnection, call: Call, token: str) -> bytes:
    headers = ({"Authorization": f"Bearer {token}"} if token else {}) | call.headers
    if call.body:
        headers["Content-Type"] = "application/json"
    connection.request(call.method, call.path, call.body or None, headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise AssertionError(f"{call.method} {call.path}: {answer.status} {body[:300]!r}")
    return body


def _await(port: int, server: subprocess.Popen) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"gunicorn ended with {server.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not begin to listen in 30 s")
