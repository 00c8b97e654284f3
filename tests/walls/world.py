"""A small world for the route table: two agencies in two cities, and everybody who may ask.

`SAMPLES` answers, for a kind of thing, with which values an address is filled to reach one's own
one, that of the other agency, and one that is not there.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from agencies import ciphered_files
from agencies.journal import Actor
from agencies.models import Assignment, CalendarDay, Entrustment, Job, Power
from config.sessions import BEGAN, SEEN, SessionStore
from filings import codes
from filings.actions import drawing
from filings.actions.photos import place
from filings.models import (
    Alert,
    Assistance,
    Conflict,
    Disposal,
    Draw,
    Evidence,
    Limit,
    Preservation,
    Result,
    SavedFilter,
    SupervisionCase,
    Transfer,
    Upload,
)
from officers.actions import second_factor, tokens
from officers.authority import Authority
from officers.models import BreakGlass, Device, Nomination
from officers.roles import AT_AGENCY, IN_REGION, Permission, Role
from reports import actions as years
from reports import sealing
from reports.periods import of_year
from tests import factories
from tests.factories import NOW

AT = NOW + timedelta(hours=2)
BY = Actor("console")
ABSENT = 999_999_999
ROLES = [str(role) for role in Role]
UNAPPOINTED = ["nobody", "expired"]
OUTSIDE = ["disabled", "anonymous"]
PERSONS = [*ROLES, *UNAPPOINTED, *OUTSIDE]


@dataclass
class Side:
    """One agency with its city, its people and one thing of each kind."""

    mark: str
    region: Any
    district: Any
    agency: Any
    people: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass
class World:
    """Both sides, the cookie by which each person is known, and the browser all of them use."""

    own: Side
    other: Side
    cookies: dict[str, str]
    tags: dict[tuple[str, str], str] = field(default_factory=dict)
    client: Client = field(
        default_factory=lambda: Client(
            raise_request_exception=False, headers={"Accept-Language": "en"}
        )
    )

    def sample(self, kind: str, whose: str) -> dict[str, Any]:
        """The values of an address that lead to a thing: `whose` is own, other or absent."""
        return SAMPLES[kind](self, whose)


def build() -> World:
    """The world at the moment `AT`; the caller has stopped the clock there."""
    province = factories.region("220000", "吉林省")
    item = factories.item(code="JC-0001", name="食品生产检查")
    own = _side(province, "220200", "CYSJ", item)
    other = _side(province, "220300", "TXSJ", item)
    extra = {
        "nobody": factories.account("nobody"),
        "expired": factories.account("expired"),
        "disabled": factories.account("disabled", is_active=False),
    }
    factories.appointment(
        extra["expired"], "officer", agency=own.agency, valid_to=AT.date() - timedelta(days=1)
    )
    factories.appointment(extra["disabled"], "officer", agency=own.agency)
    own.people |= extra
    second_factor.begin(own.people["officer"], at=NOW)
    cookies = {name: cookie(account) for name, account in own.people.items()}
    return World(own, other, cookies)


def cookie(account: Any) -> str:
    """The session of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[BEGAN] = session[SEEN] = int(AT.timestamp())
    session.create()
    return session.session_key


def _appoint(account: Any, role: str, side: Side) -> Any:
    place = {"agency": side.agency} if role in AT_AGENCY else {}
    if role in IN_REGION:
        place = {"region": side.region}
    return factories.appointment(account, role, **place)


def _side(province: Any, number: str, code: str, item: Any) -> Side:
    city = factories.region(number, f"市{number}", parent=province, kind="prefecture")
    district = factories.region(f"{number[:4]}02", f"区{number}", parent=city)
    side = Side(code, city, district, factories.agency(district, code=code, name=f"局{code}"))
    uscc = {"CYSJ": "91220202MA0Y0A11XR"}.get(code)
    side.things["subject"] = factories.subject(district, name=f"企业{code}", uscc=uscc)
    furnish(side, item)
    of_region(side, item)
    compiled(side)
    return side


def furnish(side: Side, item: Any) -> None:
    """Give the agency of `side` its people and one thing of each kind, beside its subject."""
    code = side.mark
    for role in Role:
        account = factories.account(f"{role}-{code}".lower(), name=f"{role}{code}")
        side.people[str(role)] = account
        side.things[f"appointment_{role}"] = _appoint(account, role, side)
    side.things["officer"] = factories.officer(side.agency, account=side.people["officer"])
    side.things["certificate"] = side.officer.certificates.get()
    side.things["colleague"] = factories.officer(side.agency, photo=f"{code}.png")
    default_storage.save(place(f"{code}.png"), ContentFile(factories.png()))
    _of_officer(side)
    side.things["claim"] = factories.Claim.objects.create(
        agency=side.agency, item=item.item, valid_from=factories.SINCE
    )
    _glass(side)
    _nomination(side)
    _ruled(side)
    _filed(side, item)
    _kept(side)
    _handed(side, item)


def _of_officer(side: Side) -> None:
    """What an account keeps for itself: a device that signs, a filter of the queue."""
    account = side.people["officer"]
    side.things["device"] = Device.objects.create(
        account=account, name="手机", public_key=side.mark, registered_at=NOW
    )
    side.things["saved"] = SavedFilter.objects.create(
        account=side.people["approver"], name="本周", query="status=submitted", created_at=NOW
    )


def _glass(side: Side) -> None:
    """A glass that was broken at the agency the day before."""
    side.things["glass"] = BreakGlass.objects.create(
        account=side.people["administrator"],
        agency=side.agency,
        reason="恢复备份",
        minutes=30,
        asked_at=NOW - timedelta(days=1),
        opened_at=NOW - timedelta(days=1),
        answered_by=side.people["security"],
    )


def _nomination(side: Side) -> None:
    """A person whom the clerk wants to be an officer of the agency."""
    side.things["nomination"] = Nomination.objects.create(
        username="new",
        name=f"新人{side.mark}",
        role="officer",
        agency=side.agency,
        valid_from=NOW.date(),
        reason="新入职",
        nominated_by=side.people["clerk"],
        nominated_at=NOW,
    )


def _ruled(side: Side) -> None:
    """What the agency is bound by: its plan and its letters."""
    since = {"valid_from": factories.SINCE}
    owned = {"agency": side.agency} | since
    side.things["trustee"] = factories.agency(
        side.district,
        code=f"{side.mark.replace('-', '')}W",
        kind="entrusted",
        principal=side.agency,
    )
    side.things["plan"] = factories.plan(side.agency)
    side.things["entrustment"] = Entrustment.objects.create(number=side.mark, **owned)
    side.things["conflict"] = Conflict.objects.create(
        officer=side.colleague, subject=factories.subject(side.district), kind="other", **since
    )
    side.things["assistance"] = Assistance.objects.create(
        number=side.mark, region=side.region, helper="协助单位", **owned
    )


def of_region(side: Side, item: Any) -> None:
    """What everybody may know who reads registers: levels, days, powers and caps of the region."""
    placed = {"region": side.district, "valid_from": factories.SINCE}
    side.things["assignment"] = Assignment.objects.create(
        item=item.item, level="county", source="清单", **placed
    )
    side.things["day"] = CalendarDay.objects.create(
        day=f"2027-{side.region.code[2:4]}-01", worked=False, name="元旦", source="通知"
    )
    side.things["power"] = Power.objects.create(code=side.region.code, name="集中执法", **placed)
    side.things["limit"] = Limit.objects.create(
        code=side.region.code, name="上限", most=2, source="试行办法", **placed
    )


def _filed(side: Side, item: Any) -> None:
    number = f"{side.mark}-2022-1"
    side.things["filing"] = filing = factories.filing(
        side.agency,
        side.subject,
        officers=(side.officer, side.colleague),
        items=[item],
        status="approved",
        number=number,
        code_digest=codes.digest(codes.token(number)),
        submitted_at=NOW,
        approved_at=NOW,
        planned_start=NOW,
        created_by=side.people["officer"],
    )
    side.things["member"] = filing.members.get(officer=side.colleague)
    picture = factories.png(filling=side.mark.encode())
    side.things["evidence"] = held = Evidence.objects.create(
        filing=filing,
        sha256=sha256(picture).hexdigest(),
        kind="png",
        size=len(picture),
        name=f"{side.mark}.png",
        uploaded_at=NOW,
        uploaded_by=side.people["officer"],
    )
    default_storage.save(held.place, ContentFile(picture))
    about = {"agency": side.agency, "filing": filing}
    side.things["alert"] = Alert.objects.create(
        code="window_too_long", severity="warn", about=number, text="x", created_at=NOW, **about
    )
    side.things["case"] = SupervisionCase.objects.create(
        kind="complaint",
        office="justice",
        reference=f"2022-{side.mark}-2345-6789",
        text="收费",
        opened_at=NOW,
        due_at=NOW + timedelta(days=15),
        **about,
    )
    side.things["case"].entries.create(kind="asked", text="x", at=NOW, by=side.people["approver"])


def _handed(side: Side, item: Any) -> None:
    """A filing whose result was handed on to another body, which has not answered."""
    number = f"{side.mark}-2022-2"
    side.things["handed"] = filing = factories.filing(
        side.agency,
        factories.subject(side.district),
        officers=(side.officer, side.colleague),
        items=[item],
        status="recorded",
        number=number,
        code_digest=codes.digest(codes.token(number)),
        submitted_at=NOW,
        approved_at=NOW,
    )
    result = Result.objects.create(
        filing=filing, outcome="pending", follow_up="transferred", recorded_at=NOW
    )
    side.things["transfer"] = Transfer.objects.create(
        result=result,
        receiver="公安分局",
        matter="涉嫌犯罪",
        sent_at=NOW,
        sent_by=side.people["officer"],
    )
    side.things["preservation"] = Preservation.objects.create(
        filing=side.things["filing"],
        things="账本",
        kept_at="证据室",
        registered_at=NOW,
        registered_by=side.people["officer"],
    )


def _kept(side: Side) -> None:
    keeper = Authority.of(side.people["clerk"], NOW.date())
    said = drawing.Announced(f"抽查{side.mark}", "彩票", NOW.date() + timedelta(days=1))
    side.things["draw"] = draw = drawing.freeze(side.agency, said, by=keeper, at=NOW)
    Draw.objects.filter(pk=draw.pk).update(public_on=NOW.date())
    drawing.draw(draw, "3 9 17", by=keeper, at=AT)
    side.things["drawn"] = draw.drawn.get(place=1)
    side.things["job"] = Job.objects.create(
        kind="filings.take_in",
        key=side.mark,
        state="done",
        ordered_by=side.mark,
        ordered_at=NOW,
    )
    refused = ciphered_files.keep(f"imports/{side.mark}", [b"a,b\r\n"])
    side.things["upload"] = Upload.objects.create(
        kind="officers",
        name=f"{side.mark}.csv",
        place=refused,
        refused_place=refused,
        size=5,
        sha256="4" * 64,
        uploaded_by=side.people["clerk"],
        uploaded_at=NOW,
        job=side.job,
    )
    side.things["disposal"] = Disposal.objects.get_or_create(
        kind="draft",
        defaults={"cutoff": NOW, "due": 1, "proposed_by": "schedule", "proposed_at": NOW},
    )[0]
    side.things["token"] = tokens.make(
        side.people["officer"],
        tokens.Grant("排班", frozenset({Permission.FILING_READ}), AT + timedelta(days=9)),
        by=BY,
        at=AT,
    )[0]


def compiled(side: Side) -> None:
    """Two compiles of the city: that of 2022 is sealed, that of 2021 proposed."""
    for name, year in (("sealed", 2022), ("compilation", 2021)):
        ordered = years.order(of_year(year), side.region, by=BY, at=AT)
        side.things[name] = years.run(ordered.job_id, clock=lambda: AT)
        proposal = sealing.propose(side.things[name], by=BY, at=AT)
        if name == "sealed":
            sealing.seal(proposal, by=BY, at=AT)


def _row(name: str, parameter: str = "pk") -> Any:
    def of(world: World, whose: str) -> dict[str, Any]:
        if whose == "absent":
            return {parameter: ABSENT}
        return {parameter: getattr(getattr(world, whose), name).pk}

    return of


def _person(world: World, whose: str) -> dict[str, Any]:
    if whose == "absent":
        return {"pk": ABSENT}
    return {"pk": getattr(world, whose).people["officer"].pk}


def _beside(name: str, outer: str, *parameters: str) -> Any:
    """A thing under a filing or a draw: the inner number is one's own only with the outer."""

    def of(world: World, whose: str) -> dict[str, Any]:
        if whose == "absent":
            return {"pk": ABSENT} | dict.fromkeys(parameters, ABSENT)
        side = getattr(world, whose)
        inner = getattr(side, name).pk
        return {"pk": getattr(side, outer).pk} | dict.fromkeys(parameters, inner)

    return of


def _job(world: World, whose: str) -> dict[str, Any]:
    return {"pk": UUID(int=7) if whose == "absent" else getattr(world, whose).job.pk}


def _token(world: World, whose: str) -> dict[str, Any]:
    if whose == "absent":
        return {"token": codes.token("absent")}
    return {"token": codes.token(getattr(world, whose).filing.number)}


def _photo(world: World, whose: str) -> dict[str, Any]:
    member = ABSENT if whose == "absent" else getattr(world, whose).member.pk
    return _token(world, whose) | {"member_pk": member}


def _year(world: World, whose: str) -> dict[str, Any]:
    if whose == "absent":
        return {"key": "2021", "code": "999999", "pk": ABSENT}
    side = getattr(world, whose)
    return {"key": "2021", "code": side.region.code, "pk": side.compilation.pk}


def _seal(world: World, whose: str) -> dict[str, Any]:
    code = "999999" if whose == "absent" else getattr(world, whose).region.code
    return {"key": "2022", "code": code, "number": 1}


def _disposal(world: World, whose: str) -> dict[str, Any]:
    return {"pk": ABSENT if whose == "absent" else world.own.disposal.pk}


def _code(name: str) -> Any:
    def of(world: World, whose: str) -> dict[str, Any]:
        if whose == "absent":
            return {"code": {"district": "999999", "agency": "ABSENT"}[name]}
        return {"code": getattr(getattr(world, whose), name).code}

    return of


def _item(world: World, whose: str) -> dict[str, Any]:
    return {"code": "ABSENT" if whose == "absent" else "JC-0001"}


def _rule(world: World, whose: str) -> dict[str, Any]:
    return {"code": "absent" if whose == "absent" else "window_too_long"}


SAMPLES = {
    "account": _person,
    "agency": _code("agency"),
    "alert": _row("alert"),
    "assignment": _row("assignment"),
    "assistance": _row("assistance"),
    "appointment": _row("appointment_officer"),
    "case": _row("case"),
    "certificate": _beside("certificate", "officer", "paper"),
    "claim": _row("claim"),
    "compilation": _year,
    "conflict": _row("conflict"),
    "device": _row("device"),
    "disposal": _disposal,
    "draw": _row("draw"),
    "drawn": _beside("drawn", "draw", "drawn"),
    "entrustment": _row("entrustment"),
    "evidence": _beside("evidence", "filing", "evidence_pk", "kept"),
    "filing": _row("filing"),
    "glass": _row("glass"),
    "handed": _row("handed"),
    "item": _item,
    "job": _job,
    "limit": _row("limit"),
    "nomination": _row("nomination"),
    "officer": _row("officer"),
    "photo": _photo,
    "plan": _row("plan"),
    "day": _row("day"),
    "power": _row("power"),
    "region": _code("district"),
    "rule": _rule,
    "saved": _row("saved"),
    "seal": _seal,
    "subject": _row("subject"),
    "token": _row("token"),
    "code": _token,
    "upload": _row("upload"),
}
