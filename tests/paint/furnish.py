"""`python -m tests.paint.furnish`: the demonstration with one of everything, and its addresses.

What the demonstration of today does not hold is made by the verbs: an emergency, a case, a draw, a
file brought, a seal.  Prints every page of tests/journeys/pages.py as JSON: its route, the name
under which it is opened, its address.
"""

import json
import os
from datetime import timedelta

import django

# The cast of the tests, by the names of the demonstration's accounts.
NAMES = {
    "inspector": "officer", "reviewer": "approver", "clerk": "clerk", "supervisor": "supervisor",
    "auditor": "auditor", "administrator": "administrator", "security": "security",
}  # fmt: skip


def main() -> None:
    """Make what is missing, and print the pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from agencies import walls
    from tests.journeys import pages

    with walls.opened():
        world = _world()
    found = [(view, NAMES.get(who, ""), path) for view, who, path in pages.opened(world)]
    print(json.dumps(found))


def _world():
    from django.utils import timezone

    from agencies.calendar import local_date
    from filings import codes
    from filings.models import Filing
    from officers.authority import Authority
    from officers.models import Account
    from reports.models import Compilation
    from tests.journeys.pages import World

    at = timezone.now()
    people = {one: Account.objects.get(username=name) for one, name in NAMES.items()}
    held = {one: Authority.of(account, local_date(at)) for one, account in people.items()}
    today = Filing.objects.filter(created_by=people["inspector"]).order_by("pk")
    by_status = {one.status: one for one in today}
    there, done = by_status["on_site"], by_status["recorded"]
    agency, compilation = there.agency, Compilation.objects.select_related("region").latest("pk")
    return World(
        draft=by_status["draft"],
        waiting=by_status["submitted"],
        approved=by_status["approved"],
        there=there,
        done=done,
        emergency=_emergency(done, held, at),
        case=_case(there, held, at),
        code=codes.of(there),
        ordered=codes.of(_ordered(today, held, at)),
        draw=_draw(agency, held, at),
        upload=_upload(agency, held, at),
        glass=_glass(agency, held, at),
        compilation=compilation,
        seal=_seal(compilation, people, at),
        region=compilation.region.code,
        people=people,
    )


def _emergency(like, held, at):
    from config import present
    from config.demonstration import BY
    from filings import actions
    from filings.models import Filing

    found = Filing.objects.filter(emergency=True, created_by=held["inspector"].account).first()
    if found is not None:
        return found
    officer, approver = (held[one].account for one in ("inspector", "reviewer"))
    desk = present.renewed_desk(officer, approver, by=BY, at=at)
    items = tuple(one.item_version for one in like.items.select_related("item_version"))
    said = present.said_of(desk, like.subject, items, at, at)
    sudden = actions.Emergency(reason="燃气泄漏", reported_to="演示审批人", arrived_at=at)
    return actions.open_emergency(desk.agency, said, sudden, by=desk.officer, at=at)


def _ordered(today, held, at):
    """An inspection that ended with an order to rectify."""
    from agencies.calendar import local_date
    from config.present import AT_THE_DOOR
    from filings import actions
    from filings.models import Result

    told = {"by": held["inspector"], "at": at}
    found = today.filter(result__follow_up=Result.FollowUp.RECTIFICATION).first()
    if found is None:
        found = today.filter(status="approved").latest("pk")
        actions.check_in(found, AT_THE_DOOR, **told)
        day = local_date(at) + timedelta(days=14)
        actions.record(
            found,
            actions.Outcome(
                "pending", follow_up="rectification", rectify_by=day, summary="两处需整改。"
            ),
            **told,
        )
    return found


def _case(filing, held, at):
    from filings import actions
    from filings.models import SupervisionCase

    found = SupervisionCase.objects.first()
    if found is None:
        matter = actions.Matter(kind="complaint", text="检查时收费。")
        found = actions.bring(filing, matter, address="10.0.0.1", at=at)
        actions.ask_agency(found, "是否收费？", by=held["supervisor"], at=at)
    return found


def _draw(agency, held, at):
    from agencies.calendar import local_date
    from filings.actions import drawing
    from filings.models import Draw

    tomorrow = local_date(at) + timedelta(days=1)
    said = drawing.Announced(name="双随机抽查", public_source="福利彩票", public_on=tomorrow)
    return Draw.objects.first() or drawing.freeze(agency, said, by=held["clerk"], at=at)


def _upload(agency, held, at):
    from django.core.files.base import ContentFile

    from filings.imports import uploads
    from filings.models import Upload

    if not Upload.objects.exists():
        rows = f"agency,code,name,joined_on\n{agency.code},X1,甲,2020-01-01\n,X2,乙,soon\n"
        brought = uploads.Brought("officers", "people.csv", ContentFile(rows.encode()))
        made = uploads.bring(brought, by=held["clerk"], at=at)
        uploads.run(made.job_id, clock=lambda: at)
    return Upload.objects.latest("pk")


def _glass(agency, held, at):
    from officers.actions import breaking_glass
    from officers.models import BreakGlass

    found = BreakGlass.objects.first()
    if found is not None:
        return found
    need = breaking_glass.Need(agency, 30, "核对备份")
    asked = breaking_glass.ask(need, by=held["administrator"], at=at)
    return breaking_glass.open_glass(asked, by=held["security"], at=at)


def _seal(compilation, people, at):
    from agencies.journal import Actor
    from reports import sealing
    from reports.models import Seal

    found = Seal.objects.first()
    if found is not None:
        return found
    auditor, supervisor = people["auditor"], people["supervisor"]
    by = Actor(auditor.name, "auditor")
    proposal = sealing.propose(compilation, by=by, at=at, account=auditor)
    return sealing.seal(proposal, by=Actor(supervisor.name), at=at, account=supervisor)


if __name__ == "__main__":
    main()
