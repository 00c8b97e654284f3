"""What is sent to a route that writes, so that the wall answers and not the form before it.

Keyed by the line of the table; a route that is not here is sent an empty body.
"""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.walls.world import World

WHY = {"reason": "原因"}
OVER = WHY | {"on": "2022-07-01"}
FOUND = {"outcome": "no_problem"}


def _draft(world: World) -> dict[str, Any]:
    officers = [world.own.officer.code, world.own.colleague.code]
    return {
        "agency": world.own.agency.code,
        "subject": world.own.subject.pk,
        "type": "daily",
        "trigger": "annual_plan",
        "planned_start": "2022-06-16T13:00:00+08:00",
        "planned_end": "2022-06-16T18:00:00+08:00",
        "items": ["JC-0001"],
        "officers": officers,
    }


def _emergency(world: World) -> dict[str, Any]:
    said = _draft(world)
    del said["planned_start"]
    also = {"arrived_at": "2022-06-15T11:00:00+08:00", "reported_to": "赵批"}
    return said | also | WHY | {"planned_end": "2022-06-15T18:00:00+08:00"}


def _region(world: World) -> dict[str, Any]:
    named = {"code": "220299", "name": "新区", "kind": "county", "parent": "220200"}
    return named | {"valid_from": "2022-07-01"}


def _agency(world: World) -> dict[str, Any]:
    dated = {"qualified_from": "2022-06-01", "valid_from": "2022-06-01"}
    return dated | {"code": "NEWX", "name": "新局", "kind": "organ", "region": "220202"}


def _item(world: World) -> dict[str, Any]:
    basis = {"basis_rank": "law", "basis_title": "产品质量法", "basis_article": "第十八条"}
    kinds = {"subject_kinds": ["enterprise"], "methods": ["on_site"]}
    named = {"code": "JC-0002", "name": "新检查", "level": "county", "valid_from": "2022-07-01"}
    return named | kinds | basis | {"published_on": "2022-06-01"}


def _succeeded(of: Any) -> Any:
    return lambda world: {name: value for name, value in of(world).items() if name != "code"}


def _claim(world: World) -> dict[str, Any]:
    named = {"agency": world.own.agency.code, "item": "JC-0001"}
    return named | {"valid_from": "2023-01-01"}


def _officer(world: World) -> dict[str, Any]:
    named = {"agency": world.own.agency.code, "code": "S99999", "name": "新人"}
    return named | {"joined_on": "2022-06-01"}


def _subject(world: World) -> dict[str, Any]:
    placed = {"business_region": "220202", "business_address": "示例路9号"}
    return placed | {"kind": "enterprise", "name": "新企业"}


def _plan(world: World) -> dict[str, Any]:
    named = {"agency": world.own.agency.code, "number": "P-9", "kind": "annual", "name": "计划"}
    return named | {"made_on": "2022-06-01", "valid_from": "2022-07-01", "valid_to": "2022-12-31"}


def _entrustment(world: World) -> dict[str, Any]:
    named = {"agency": world.own.trustee.code, "number": "W-9", "items": ["JC-0001"]}
    return named | {"valid_from": "2022-07-01"}


def _assignment(world: World) -> dict[str, Any]:
    named = {"item": "JC-0001", "region": "220202", "level": "county", "source": "清单"}
    return named | {"valid_from": "2023-07-01"}


def _power(world: World) -> dict[str, Any]:
    return {"region": "220202", "code": "Z-9", "name": "集中执法", "valid_from": "2022-07-01"}


def _day(world: World) -> dict[str, Any]:
    return {"day": "2027-10-01", "worked": "no", "name": "国庆节", "source": "国务院通知"}


def _limit(world: World) -> dict[str, Any]:
    named = {"code": "S-9", "name": "上限", "region": "220202", "source": "试行办法"}
    return named | {"most": "2", "valid_from": "2022-07-01"}


def _assistance(world: World) -> dict[str, Any]:
    named = {"agency": world.own.agency.code, "number": "X-9", "region": "220200"}
    return named | {"helper": "协助单位", "valid_from": "2022-07-01"}


def _conflict(world: World) -> dict[str, Any]:
    named = {"agency": world.own.agency.code, "officer": world.own.officer.code}
    said = named | {"subject": world.own.subject.uscc, "kind": "other"}
    return said | {"valid_from": "2022-07-01"}


def _freeze(world: World) -> dict[str, Any]:
    named = {"agency": world.own.agency.code, "name": "新抽查"}
    return named | {"public_source": "彩票", "public_on": "2022-09-01"}


def _file(world: World) -> dict[str, Any]:
    return {"kind": "officers", "file": SimpleUploadedFile("x.csv", b"agency,code\r\n")}


def _ruling(world: World) -> dict[str, Any]:
    named = {"code": "window_too_long", "severity": "warn"}
    return named | {"since": "2022-09-01", "source": "试行办法"}


def _order(world: World) -> dict[str, Any]:
    return {"year": 2021, "region": world.own.region.code}


def _certificate(world: World) -> dict[str, Any]:
    held = world.own.officer.certificates.get()
    return {"issuer": held.issuer, "number": held.number, "status": "suspended"} | WHY


def _noted(world: World) -> dict[str, Any]:
    arrived = {"filing": world.own.filing.pk, "arrived_at": "2022-06-15T11:00:00+08:00"}
    return {"record": json.dumps(arrived | WHY), "sent_at": "2022-06-15T12:00:00+08:00"}


def _named(world: World) -> dict[str, Any]:
    named = {"username": "liming", "name": "李明", "role": "officer", "start": "2022-07-01"}
    return WHY | named | {"agency": world.own.agency.code}


def _need(world: World) -> dict[str, Any]:
    return WHY | {"agency": world.own.agency.code, "minutes": 30}


def _picture(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("x.png", factories.png()), "version": 1}


def _looked_up(world: World) -> dict[str, Any]:
    return {"reference": world.own.case.reference}


def _acknowledged(world: World) -> dict[str, Any]:
    return {"transfer": world.own.transfer.pk, "received_by": "陈警官"}


def _decided(world: World) -> dict[str, Any]:
    return {"preservation": world.own.preservation.pk, "decision": "发还"}


def _said(value: dict[str, Any]) -> Any:
    return lambda world: dict(value)


API = "POST /api/v1"
FILING = f"{API}/filings/{{pk}}"
SENT = {
    f"{API}/regions/": _region,
    f"{API}/regions/{{code}}/end/": _said(OVER),
    f"{API}/regions/{{code}}/succeed/": _succeeded(_region),
    f"{API}/agencies/": _agency,
    f"{API}/agencies/{{code}}/change/": _said(WHY | {"name": "新名"}),
    f"{API}/agencies/{{code}}/dissolve/": _said(OVER),
    f"{API}/items/": _item,
    f"{API}/items/{{code}}/end/": _said(OVER),
    f"{API}/items/{{code}}/succeed/": _succeeded(_item),
    f"{API}/claims/": _claim,
    f"{API}/claims/{{pk}}/end/": _said(OVER),
    f"{API}/officers/": _officer,
    f"{API}/officers/{{pk}}/certificate/": _certificate,
    f"{API}/officers/{{pk}}/change/": _said(WHY | {"post": "科长"}),
    f"{API}/officers/{{pk}}/leave/": _said(OVER),
    f"{API}/subjects/": _subject,
    f"{API}/subjects/{{pk}}/change/": _said(WHY | {"industry": "C13"}),
    f"{API}/subjects/{{pk}}/contact/": _said(WHY | {"email": "firm@example.com"}),
    f"{API}/plans/": _plan,
    f"{API}/plans/{{pk}}/change/": _said(WHY | {"name": "新名"}),
    f"{API}/entrustments/": _entrustment,
    f"{API}/assignments/": _assignment,
    f"{API}/powers/": _power,
    f"{API}/days/": _day,
    f"{API}/days/{{pk}}/change/": _said(WHY | {"worked": True}),
    f"{API}/limits/": _limit,
    f"{API}/assistances/": _assistance,
    f"{API}/assistances/{{pk}}/change/": _said(WHY | {"helper": "另一单位"}),
    f"{API}/entrustments/{{pk}}/change/": _said(WHY | {"number": "W-8"}),
    "POST /registers/{name}/{pk}/change/": _said(WHY | {"name": "新名"}),
    "POST /registers/officers/{pk}/certificates/{paper}/": _said(WHY | {"status": "suspended"}),
    f"{API}/filings/": _draft,
    f"{API}/filings/open_emergency/": _emergency,
    f"{FILING}/revise/": _draft,
    f"{FILING}/back_file/": _draft,
    f"{FILING}/acknowledge/": _acknowledged,
    f"{FILING}/correct/": _said(FOUND | WHY),
    f"{FILING}/preserve/": _said({"things": "账本", "kept_at": "证据室"}),
    f"{FILING}/decide_evidence/": _decided,
    f"{FILING}/deliver/": _said({"channel": "on_the_spot", "receiver": "刘总"}),
    f"{FILING}/check_in_late/": _noted,
    f"{FILING}/record/": _said(FOUND),
    f"{FILING}/recheck/": _said({"passed": True}),
    f"{FILING}/report_rectification/": _said({"report": "已更换"}),
    f"{FILING}/join/": _said({"offer": "1"}),
    f"{FILING}/merge/": _said({"offer": "1"}),
    f"{FILING}/decline/": _said(WHY | {"offer": "1"}),
    f"{FILING}/file_across/": _said({"office": "司法局", "on": "2022-06-15"}),
    f"{FILING}/serve/": _said({"channel": "paper"}),
    f"{FILING}/transfer/": _said({"receiver": "公安分局", "matter": "涉嫌犯罪"}),
    f"{API}/draws/": _freeze,
    f"{API}/draws/{{pk}}/draw/": _said({"number": "3 9 17"}),
    f"{API}/draws/{{pk}}/set_aside/": _said(WHY | {"place": 1}),
    f"{API}/disposals/": _said({"kind": "token"}),
    f"{API}/disposals/{{pk}}/decline/": _said(WHY),
    f"{API}/imports/": _file,
    f"{API}/rules/": _ruling,
    f"{API}/alerts/{{pk}}/handle/": _said({"result": "已核实"}),
    f"{API}/years/": _order,
    f"{API}/jobs/{{pk}}/cancel/": _said(WHY),
    "POST /filings/{pk}/evidence/": _picture,
    "POST /case/": _looked_up,
    f"{API}/nominations/": _named,
    f"{API}/nominations/{{pk}}/decline/": _said(WHY),
    f"{API}/glass/": _need,
    f"{API}/glass/{{pk}}/refuse/": _said(WHY),
    "POST /disposals/{pk}/decline/": _said(WHY),
    f"{API}/conflicts/": _conflict,
    "POST /filings/queue/filters/": _said({"name": "新", "query": "status=submitted"}),
    "POST /people/find/": _said(WHY | {"phone": "13800000000", "identity": ""}),
    "POST /people/{pk}/keep/": _said(WHY | {"phone": "13800000000"}),
    "POST /people/{pk}/read/": _said(WHY),
    "POST /filings/cases/{pk}/contact/": _said(WHY),
    f"{API}/officers/find/": _said(WHY | {"phone": "13800000000"}),
    f"{API}/officers/{{pk}}/particulars/": _said(WHY | {"phone": "13800000000"}),
    f"{API}/officers/{{pk}}/read/": _said(WHY),
    "POST /jobs/{pk}/cancel/": _said(WHY),
    "POST /registers/{name}/{pk}/end/": _said(OVER),
    "POST /i18n/setlang/": _said({"language": "en"}),
}
SENT |= {
    f"{FILING}/{verb}/": _said(WHY)
    for verb in (
        "admit_late",
        "leave",
        "oppose",
        "refuse",
        "return",
        "terminate",
        "unlock",
        "void",
        "withdraw",
    )
}
SENT |= {
    f"{API}/{name}/{{pk}}/end/": _said(OVER)
    for name in (
        "assignments",
        "assistances",
        "conflicts",
        "entrustments",
        "limits",
        "plans",
        "powers",
    )
}
FILES = {f"{API}/imports/"}
RAW = {f"{FILING}/attach/": ("image/png", factories.png())}
