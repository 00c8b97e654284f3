"""A demonstration of its own, prepared and served, for the programs that measure the pages."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent


def environment(place: str) -> dict[str, str]:
    """What a process needs to work in the folder `place`, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "ENV_FILE": "",
        "DATABASE_URL": f"sqlite:///{place}/db.sqlite3",
        "FILES_DIR": f"{place}/files",
        "PORT": str(port),
        "CHROME_PATH": os.environ.get("CHROME_PATH", "/usr/bin/chromium"),
    }


def manage(env: dict[str, str], *words: str, typed: str = "") -> str:
    """What a management command prints.  Ends the program where it fails."""
    return run(env, "manage.py", *words, typed=typed)


def run(env: dict[str, str], *words: str, typed: str = "") -> str:
    """What a program of Python prints.  Ends this one where it fails."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, *words],
        cwd=ROOT, env=env, input=typed, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


class Served:
    """The site, served while the block runs."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env, self.site = env, f"http://127.0.0.1:{env['PORT']}"

    def __enter__(self) -> str:
        words = [sys.executable, "manage.py", "serve"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(words, cwd=ROOT, env=self.env, stdout=quiet, stderr=quiet)  # noqa: S603
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urlopen(self.site + "/readyz"):  # noqa: S310
                    return self.site
            except URLError:
                time.sleep(0.2)
        self.__exit__()
        raise SystemExit("The site did not answer within a minute.")

    def __exit__(self, *_how: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
