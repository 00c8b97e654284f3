"""Every page of the site, who opens it, and at which address: one table for all that walks pages.

A new route is missed by none of the walks: `missing()` names what stands neither among the pages
nor among the addresses that are no page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

VERBS = {
    "waiting": ("approve", "return"),
    "there": ("record",),
    "approved": ("check_in",),
    "done": ("deliver",),
}


@dataclass(frozen=True)
class World:
    """A register in which everything has happened once."""

    draft: object
    waiting: object
    approved: object
    there: object
    done: object
    emergency: object
    case: object
    code: str
    ordered: str
    draw: object
    upload: object
    glass: object
    compilation: object
    seal: object
    region: str
    people: dict[str, object]

    @property
    def year(self) -> str:
        return f"/years/{self.compilation.period}/{self.region}/"

    @property
    def compiled(self) -> str:
        return f"{self.year}{self.compilation.pk}/"

    @property
    def published(self) -> str:
        return f"/published/{self.seal.period}/{self.region}/v{self.seal.version}/"


Addresses = Callable[[World], list[tuple[str, str]]]


def _of(who: str, *paths: str) -> Addresses:
    return lambda world: [(who, path.format(w=world)) for path in paths]


# The page of each route: by whom, and at which addresses.  Nobody is "".
PAGES: dict[str, Addresses] = {
    "officers:sign_in": _of("", "/sign-in/"),
    "officers:password": _of("inspector", "/account/password/"),
    "officers:second_factor": _of("inspector", "/account/second-factor/"),
    "officers:own_data": _of("inspector", "/account/data/"),
    "officers:devices": _of("inspector", "/account/devices/"),
    "officers:tokens": _of("inspector", "/account/tokens/"),
    "officers:accounts": _of("security", "/accounts/"),
    "officers:new_account": _of("security", "/accounts/new/"),
    "officers:account": _of("security", "/accounts/{w.people[inspector].pk}/"),
    "officers:find_person": _of("clerk", "/people/find/"),
    "officers:person": _of("clerk", "/people/{w.people[inspector].officer.pk}/"),
    "officers:nominations": _of("clerk", "/nominations/"),
    "officers:glasses": _of("administrator", "/glass/"),
    "officers:glass": _of("auditor", "/glass/{w.glass.pk}/"),
    "officers:jobs": _of("administrator", "/jobs/"),
    "door:own": _of("", "/own/"),
    "door:code": _of("", "/c/{w.code}"),
    "door:tell": _of("", "/c/{w.code}/tell"),
    "door:rate": _of("", "/c/{w.code}/rate"),
    "door:rectified": _of("", "/c/{w.ordered}/rectified"),
    "door:case": _of("", "/case/"),
    "filings:list": _of("inspector", "/filings/", "/filings/?q=松花江"),
    "filings:today": _of("inspector", "/filings/today/"),
    "filings:scan": _of("inspector", "/filings/scan/"),
    "filings:deadlines": _of("inspector", "/filings/deadlines/"),
    "filings:queue": _of(
        "reviewer", "/filings/queue/", "/filings/queue/?pile=approve&open={w.waiting.pk}"
    ),
    "filings:draft": _of(
        "inspector",
        "/filings/new/",
        "/filings/new/?q=松",
        "/filings/new/?subject={w.draft.subject_id}",
    ),
    "filings:photos": _of("clerk", "/filings/photos/"),
    "filings:ratings": _of("supervisor", "/filings/ratings/"),
    "filings:cases": _of("supervisor", "/filings/cases/"),
    "filings:case": _of("supervisor", "/filings/cases/{w.case.pk}/"),
    "filings:replies": _of("reviewer", "/filings/replies/"),
    "filings:reply": _of("reviewer", "/filings/replies/{w.case.pk}/"),
    "filings:emergency": _of(
        "inspector", "/filings/emergency/", "/filings/emergency/?subject={w.draft.subject_id}"
    ),
    "filings:detail": lambda world: [
        *(("inspector", one.get_absolute_url()) for one in (world.draft, world.there, world.done)),
        ("reviewer", world.waiting.get_absolute_url()),
    ],
    "filings:revise": _of("inspector", "/filings/{w.draft.pk}/revise/?check=1"),
    "filings:back_file": _of("inspector", "/filings/{w.emergency.pk}/back_file/"),
    "filings:evidence": _of("inspector", "/filings/{w.done.pk}/evidence/"),
    "filings:code": _of("inspector", "/filings/{w.approved.pk}/code/"),
    "filings:act": lambda world: [
        ("reviewer" if name == "waiting" else "inspector", f"/filings/{pk}/{verb}/")
        for name, verbs in VERBS.items()
        for pk in [getattr(world, name).pk]
        for verb in verbs
    ],
    "disposals:list": _of("supervisor", "/disposals/"),
    "draws:list": _of("clerk", "/registers/draws/"),
    "draws:one": _of("clerk", "/registers/draws/{w.draw.pk}/"),
    "imports:list": _of("clerk", "/registers/imports/"),
    "imports:one": _of("clerk", "/registers/imports/{w.upload.pk}/"),
    "rules:rules": _of("supervisor", "/rules/"),
    "rules:rule": _of("supervisor", "/rules/visit_cap_reached/"),
    "rules:alerts": _of("supervisor", "/alerts/", "/alerts/?open=false"),
    "registers:home": _of("clerk", "/registers/"),
    "registers:list": _of(
        "clerk",
        *(
            f"/registers/{name}/"
            for name in ("regions", "agencies", "items", "officers", "subjects")
        ),
    ),
    "registers:enter": _of("clerk", "/registers/subjects/new/", "/registers/officers/new/"),
    "registers:change": _of("clerk", "/registers/subjects/{w.draft.subject_id}/change/"),
    "registers:certificate": lambda world: [
        ("clerk", f"/registers/officers/{one.officer_id}/certificates/{one.pk}/")
        for one in world.people["inspector"].officer.certificates.all()
    ],
    "registers:succeed": lambda world: [
        ("supervisor", f"/registers/items/{one.item_version.item_id}/succeed/")
        for one in world.draft.items.select_related("item_version")
    ],
    "registers:one": _of("clerk", "/registers/subjects/{w.draft.subject_id}/"),
    "reports:list": _of("auditor", "/years/"),
    "reports:year": _of("auditor", "{w.year}"),
    "reports:compilation": _of("auditor", "{w.compiled}"),
    "reports:table": _of("auditor", "{w.compiled}by_item/"),
    "reports:behind": _of("auditor", "{w.compiled}totals/filings/?row=filings&column=count"),
    "reports:entries": _of("auditor", "{w.compiled}agencies/entries/"),
    "reports:compare": _of(
        "auditor",
        "/years/compare/",
        "/years/compare/?before={w.compilation.pk}&after={w.compilation.pk}",
    ),
    "reports:difference": _of(
        "auditor",
        "/years/compare/filings/?before={w.compilation.pk}&of={w.compilation.pk}"
        "&table=totals&row=filings&column=count",
    ),
    "published:index": _of("", "/published/"),
    "published:version": _of("", "{w.published}"),
    "search": _of("inspector", "/search/", "/search/?q=松花江"),
    "design": _of("inspector", "/design/"),
    "health": _of("administrator", "/health/"),
    "offline": _of("", "/offline/"),
}
PUBLIC = ("officers:sign_in", "door:", "published:", "offline")
# Redirects, answers to a press of a button, parts of a page, files and the API's own papers.
NO_PAGE = {
    "officers:provider", "officers:provider_back", "officers:match", "registers:contact",
    "door:own_enter", "door:own_notice", "door:own_paper", "door:own_right", "door:own_visits",
    "home", "appearance", "worker", "robots", "favicon", "schema", "docs", "set_language",
    "healthz", "readyz",
    "officers:second_step", "officers:second_factor_picture", "officers:revoke_token",
    "officers:sign_out", "officers:appoint", "officers:issue_password", "officers:bar",
    "officers:readmit", "officers:forget_factor", "officers:keep_person", "officers:read_person",
    "officers:cancel_job", "officers:retry_job", "officers:confirm", "officers:revoke",
    "officers:glass_step",
    "officers:nomination_step",
    "door:code_json", "door:right", "door:photo", "filings:together", "filings:case_contact",
    "filings:case_step",
    "filings:subjects", "officers:revoke_device", "reports:figures", "reports:filings",
    "reports:behind_list", "reports:entries_list",
    "disposals:agree", "disposals:decline", "disposals:propose", "disposals:period",
    "officers:download_own_data", "reports:recount", "published:paper", "published:consistency",
    "filings:download", "filings:code_picture", "filings:notice", "filings:keep_filter",
    "filings:forget_filter", "draws:draw", "draws:protocol", "draws:set_aside", "imports:confirm",
    "imports:refused", "imports:template", "rules:handle", "registers:end", "reports:cancel",
    "reports:propose", "reports:seal", "reports:picture", "published:proof", "published:file",
}  # fmt: skip


def routes() -> Iterator[str]:
    """The name of every route outside the API; its pattern where it has none."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns, space: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield space + (one.name or str(one.pattern))
        elif str(one.pattern) != "api/v1/":
            yield from _walk(
                one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space
            )


def missing() -> set[str]:
    """Which routes are in neither table?"""
    return set(routes()) - PAGES.keys() - NO_PAGE


def stale() -> set[str]:
    """Which entries of the tables are routes no more?"""
    return (PAGES.keys() | NO_PAGE) - set(routes())


def opened(world: World) -> Iterator[tuple[str, str, str]]:
    """Every page as it is opened: its route, by whom, and its address."""
    for view, addresses in PAGES.items():
        for who, path in addresses(world):
            yield view, who, path


def is_public(view: str) -> bool:
    """Whether anybody may open the page."""
    return view.startswith(PUBLIC)
