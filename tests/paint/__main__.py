"""`make paint`: does every page paint within a second, with the demonstration loaded?

The embedded default serves it; Chromium opens every page of tests/journeys/pages.py at 360 px, once
on a server that has just started and once more.  Exit 1 when a page paints later than MOST.
"""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests import demonstrating

MOST = 1000
PHONE = {"width": 360, "height": 740}
QUIET = ["--no-sandbox", "--disable-gpu"]
# The entry is there only once something was painted, which may be after the page has loaded.
PAINTED = """() => new Promise(done => {
  const told = list => list.getEntries().forEach(
    one => one.name === "first-contentful-paint" && done(Math.round(one.startTime)));
  new PerformanceObserver(told).observe({ type: "paint", buffered: true });
  setTimeout(() => done(null), 5000);
})"""
Opened = tuple[str, str, str]


def main() -> int:
    """Serve, measure and print; the exit code says whether every page paints in time."""
    with tempfile.TemporaryDirectory() as place:
        env = demonstrating.environment(place)
        print("Loading the demonstration …", flush=True)
        demonstrating.manage(env, "demo", "--no-serve")
        pages = json.loads(demonstrating.run(env, "-m", "tests.paint.furnish"))
        passwords = json.loads((Path(place) / "demo_accounts.json").read_text("utf-8"))
        with demonstrating.Served(env) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=env["CHROME_PATH"], args=QUIET)
            cold = _walk(browser, site, pages, passwords)
            warm = _walk(browser, site, pages, passwords)
            browser.close()
    return _tell(pages, cold, warm)


def _walk(
    browser: Browser, site: str, pages: list[Opened], passwords: dict[str, str]
) -> list[int | None]:
    """When each page first painted something, in milliseconds; None for one that never did."""
    windows: dict[str, Page] = {}
    found = []
    for _view, who, path in pages:
        if who not in windows:
            windows[who] = _window(browser, site, who, passwords)
        windows[who].goto(path)
        found.append(windows[who].evaluate(PAINTED))
    for one in windows.values():
        one.context.close()
    return found


def _window(browser: Browser, site: str, who: str, passwords: dict[str, str]) -> Page:
    page = browser.new_context(viewport=PHONE, base_url=site).new_page()  # type: ignore[arg-type]
    if who:
        page.goto("/sign-in/")
        page.fill("[name=username]", who)
        page.fill("[name=password]", passwords[who])
        page.click("main button[type=submit]")
        page.wait_for_load_state()
    return page


def _tell(pages: list[Opened], cold: list[int | None], warm: list[int | None]) -> int:
    print(f"\n{'page':<62}{'first, ms':>12}{'again, ms':>12}")
    late = 0
    for (_view, _who, path), first, again in zip(pages, cold, warm, strict=True):
        slow = max(one if one is not None else MOST + 1 for one in (first, again)) > MOST
        late += slow
        print(f"{path[:61]:<62}{first!s:>12}{again!s:>12}{'   late' if slow else ''}")
    known = sorted(one for one in warm if one is not None)
    print(f"\n{len(pages)} pages; again: median {known[len(known) // 2]} ms, last {known[-1]} ms")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
