"""What the demonstration needs besides its year: one person per role who can sign in.

There are two security administrators, since one alone cannot give a sensitive office.

The passwords are made once and kept in a file that only its owner may read, so that every start
prints the same ones.
"""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency, Region
from config import present
from officers.actions import accounts
from officers.actions.appointing import Office, appoint
from officers.models import Account, Officer
from officers.roles import AT_AGENCY, IN_REGION, Role
from reports import sealing
from reports.models import Compilation, Seal
from reports.periods import Period, of_year, parse

YEAR = 2022
SINCE = date(YEAR, 1, 1)
QUARTERS = (f"{YEAR}Q3", f"{YEAR}Q4")
BY = Actor("demo", "system")
NAMES = {
    Role.OFFICER: ("officer", "演示检查员"),
    Role.APPROVER: ("approver", "演示审批人"),
    Role.CLERK: ("clerk", "演示管理员"),
    Role.SUPERVISOR: ("supervisor", "演示监督员"),
    Role.ENVIRONMENT: ("environment", "演示软环境办"),
    Role.AUDITOR: ("auditor", "演示审计员"),
    Role.ADMINISTRATOR: ("administrator", "演示系统管理员"),
    Role.SECURITY: ("security", "演示安全管理员"),
}
SECOND = (Role.SECURITY, "security2", "演示安全管理员乙")
PEOPLE = (*((role, *names) for role, names in NAMES.items()), SECOND)


@dataclass(frozen=True)
class SignIn:
    """How one person of the demonstration signs in."""

    role: Role
    username: str
    password: str
    place: str


def passwords_file() -> Path:
    """Beside the embedded database; with PostgreSQL in `var/`."""
    if settings.ON_SQLITE and not settings.IN_MEMORY:
        return Path(settings.DATABASE["NAME"]).resolve().parent / "demo_accounts.json"
    return Path(settings.BASE_DIR) / "var" / "demo_accounts.json"


@transaction.atomic
def sign_ins(path: Path, *, at: datetime) -> list[SignIn]:
    """One account per role, opened and appointed if it is not there yet."""
    passwords = _passwords(path)
    agency = _busiest_agency(local_date(at))
    region = Region.objects.get(path=f"{'/'.join(agency.region.path.split('/')[:2])}/")
    found = []
    for role, username, name in PEOPLE:
        place = agency if role in AT_AGENCY else region if role in IN_REGION else None
        account = Account.objects.filter(username=username).first()
        if account is None:
            account = accounts.open_account(
                username, name, password=passwords[username], by=BY, at=at
            )
            appoint(account, Office.of(role, place, SINCE), by=BY, at=at)
            seat = _officer(agency, local_date(at)) if role == Role.OFFICER else None
            if seat is not None:
                accounts.identify(seat, account, by=BY, at=at)
        elif not account.check_password(passwords[username]):
            accounts.set_password(account, passwords[username], by=BY, at=at)
        found.append(SignIn(role, username, passwords[username], place.name if place else "—"))
    return found


def bring_up_to_date(*, at: datetime) -> int:
    """What officer and approver find on their desks today; how many filings were made for it.

    Call after sign_ins.
    """
    officer, approver = (
        Account.objects.get(username=NAMES[role][0]) for role in (Role.OFFICER, Role.APPROVER)
    )
    return present.bring_up_to_date(officer, approver, by=BY, at=at)


def compiles(region: Region) -> list[tuple[Period, Region]]:
    """What is compiled: the year, and two quarters and two districts to be compared."""
    year = of_year(YEAR)
    filed = Count("agencies__filings", filter=Q(agencies__region__parent=region))
    districts = Region.objects.filter(parent=region).annotate(filed=filed)
    quarters = [parse(key, last_year=YEAR) for key in QUARTERS]
    return [
        *((period, region) for period in (year, *quarters)),
        *((year, district) for district in districts.order_by("-filed", "code")[:2]),
    ]


def publish(region: Region, *, at: datetime) -> None:
    """Seal the first of the quarters, as the machine does it; the year is left to its readers."""
    rows = Compilation.objects.filter(period=QUARTERS[0], region=region).finished()
    compilation = rows.latest_first().first()
    if compilation is not None and not Seal.objects.exists():
        sealing.seal(sealing.propose(compilation, by=BY, at=at), by=BY, at=at)


def _passwords(path: Path) -> dict[str, str]:
    held = json.loads(path.read_text("utf-8")) if path.exists() else {}
    made = {username: secrets.token_urlsafe(12) for _role, username, _name in PEOPLE} | held
    if made != held:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(made, out, indent=1)
    return made


def _busiest_agency(today: date) -> Agency:
    """Where there is most to see: the agency that still exists and filed most."""
    alive = Agency.objects.select_related("region").in_force(today)
    return alive.annotate(filed=Count("filings")).order_by("-filed", "code")[0]


def _officer(agency: Agency, today: date) -> Officer | None:
    """Who led most visits, first among those certified today, then when the year ended."""
    free = Officer.objects.filter(agency=agency, account=None, category="officer")
    led = Count("memberships", filter=Q(memberships__lead=True))
    serving = free.in_service(today).annotate(led=led).order_by("-led", "code")
    then = serving.certified(date(YEAR, 12, 31))
    return serving.certified(today).first() or then.first() or serving.first()
