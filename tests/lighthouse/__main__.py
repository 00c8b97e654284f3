"""`make lighthouse`: are the public pages and the sign-in page as good as Lighthouse can tell?

A demonstration of its own is sealed, published and served; every page is measured as on a middling
phone with a slow connection.  Exit 1 when one page stays below LEAST in one category.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import demonstrating

HERE = Path(__file__).resolve().parent
TOOL = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
# What is nobody's but the enterprise's keeps itself out of search engines, which is what this one
# audit measures; all other audits of the category hold for these pages too.
UNLISTED = "--skip-audits=is-crawlable"
CODE = """
from filings import codes
from filings.models import Filing
from reports.models import Seal
print("code", codes.of(Filing.objects.filter(status="approved").latest("pk")))
print("seal", Seal.objects.latest("pk").get_absolute_url())
"""


def main() -> int:
    """Serve, measure and print; the exit code says whether every page is good enough."""
    if not TOOL.exists():
        print("Lighthouse is missing: npm ci --prefix tests/lighthouse", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        env = demonstrating.environment(place)
        found = _prepare(env)
        with demonstrating.Served(env) as site:
            scores = {path: _measure(site + path, place) for path in _pages(found)}
    _tell(scores)
    low = [path for path, page in scores.items() if min(page.values()) < LEAST]
    return 1 if low else 0


def _prepare(env: dict[str, str]) -> dict[str, str]:
    print("Loading, sealing and publishing the demonstration …", flush=True)
    demonstrating.manage(env, "demo", "--no-serve")
    demonstrating.manage(env, "seal_year", "2022")
    told = demonstrating.manage(env, "shell", "--no-imports", typed=CODE)
    return dict(line.split(" ", 1) for line in told.splitlines() if line[:5] in ("code ", "seal "))


def _pages(found: dict[str, str]) -> tuple[str, ...]:
    code = f"/c/{found['code']}"
    return ("/sign-in/", "/published/", found["seal"], code, f"{code}/tell", "/own/", "/case/")


def _measure(address: str, place: str) -> dict[str, int]:
    out = Path(place) / "report.json"
    print(f"  {address}", flush=True)
    words = [
        "node", str(TOOL), address, "--quiet", "--output=json", f"--output-path={out}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    if any(part in address for part in ("/c/", "/own/", "/case/")):
        words.append(UNLISTED)
    env = os.environ | {"CHROME_PATH": os.environ.get("CHROME_PATH", "/usr/bin/chromium")}
    subprocess.run(words, env=env, check=True)  # noqa: S603
    report = json.loads(out.read_text("utf-8"))
    _explain(report)
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}


def _explain(report: dict) -> None:
    for name in CATEGORIES:
        for ref in report["categories"][name]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"    {name}: {audit['title']} {audit.get('displayValue', '')}")


def _tell(scores: dict[str, dict[str, int]]) -> None:
    print(f"\n{'page':<48}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for path, page in scores.items():
        row = "".join(f"{page[name]:>16}" for name in CATEGORIES)
        print(f"{path[:47]:<48}{row}" + ("   below" if min(page.values()) < LEAST else ""))


if __name__ == "__main__":
    raise SystemExit(main())
