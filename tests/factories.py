"""One maker per model: lawful by default, every field open to the test."""

from datetime import date, datetime, timedelta
from itertools import count

from agencies.calendar import SHANGHAI
from agencies.models import Agency, Claim, InspectionItem, ItemVersion, LegalBasis, Plan, Region
from filings.models import Filing, FilingItem, FilingOfficer, Subject
from officers.models import Account, Appointment, Certificate, Officer

SINCE = date(2020, 1, 1)
NOW = datetime(2022, 6, 15, 10, 0, tzinfo=SHANGHAI)
_serial = count(1)


def region(code, name, *, parent=None, kind=None, **fields):
    kind = kind or ("province" if parent is None else "county")
    path = f"{parent.path if parent else ''}{code}/"
    return Region.objects.create(
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        path=path,
        valid_from=fields.pop("valid_from", SINCE),
        **fields,
    )


def agency(region, **fields):
    number = next(_serial)
    values = {
        "code": f"AG{number:04}",
        "name": f"第{number}执法局",
        "kind": "organ",
        "qualified_from": SINCE,
        "valid_from": SINCE,
    }
    return Agency.objects.create(region=region, **(values | fields))


def item(*, claimed_by=(), **fields):
    """A published item in its only version, claimed by the agencies named."""
    number = next(_serial)
    code = fields.pop("code", f"IT{number:05}")
    values = {
        "name": f"第{number}项检查",
        "level": "county",
        "subject_kinds": ["enterprise", "self_employed"],
        "methods": ["on_site"],
        "published_on": SINCE,
        "valid_from": SINCE,
    }
    made = InspectionItem.objects.create(code=code, field="市场监管")
    version = ItemVersion.objects.create(item=made, **(values | fields))
    LegalBasis.objects.create(
        item_version=version, rank="law", title="产品质量法", article="第十八条"
    )
    for one in claimed_by:
        Claim.objects.create(agency=one, item=made, valid_from=SINCE)
    return version


def plan(agency, number="JH-2022-01", **fields):
    """A published annual plan for every item, from 2020 to the end of 2030."""
    values = {
        "kind": "annual",
        "name": "年度检查计划",
        "made_on": SINCE,
        "published_on": SINCE,
        "valid_from": SINCE,
        "valid_to": date(2031, 1, 1),
    }
    return Plan.objects.create(agency=agency, number=number, **(values | fields))


def account(username, *, name="", password=None, **fields):
    made = Account(username=username, name=name or username, created_at=NOW, **fields)
    made.set_password(password)
    made.save()
    return made


def appointment(account, role, *, agency=None, region=None, **fields):
    return Appointment.objects.create(
        account=account,
        role=role,
        agency=agency,
        region=region,
        valid_from=fields.pop("valid_from", SINCE),
        confirmed_at=fields.pop("confirmed_at", NOW),
        **fields,
    )


def officer(agency, *, account=None, certified=True, **fields):
    number = next(_serial)
    values = {"code": f"S{number:05}", "name": f"执法员{number}", "joined_on": SINCE}
    made = Officer.objects.create(agency=agency, account=account, **(values | fields))
    if certified:
        certificate(made)
    return made


def certificate(officer, **fields):
    values = {
        "issuer": "吉林省人民政府",
        "number": f"220200{next(_serial):06}",
        "valid_from": SINCE,
        "valid_to": date(2030, 12, 31),
        "last_checked_on": date(2022, 1, 5),
    }
    return Certificate.objects.create(officer=officer, **(values | fields))


def subject(region, **fields):
    number = next(_serial)
    values = {
        "kind": "enterprise",
        "name": f"示例{number}有限公司",
        "business_address": f"示例路{number}号",
    }
    return Subject.objects.create(business_region=region, **(values | fields))


def filing(agency, subject, *, officers=(), items=(), **fields):
    """A filing in the state asked for, written straight into the table."""
    start = fields.pop("planned_start", NOW + timedelta(days=1))
    values = {
        "status": "draft",
        "check_type": "daily",
        "trigger": "annual_plan",
        "dated_at": NOW,
        "created_at": NOW,
        "planned_start": start,
        "planned_end": start + timedelta(hours=8),
    }
    made = Filing.objects.create(agency=agency, subject=subject, **(values | fields))
    FilingItem.objects.bulk_create(FilingItem(filing=made, item_version=one) for one in items)
    FilingOfficer.objects.bulk_create(
        FilingOfficer(filing=made, officer=one, lead=place == 0)
        for place, one in enumerate(officers)
    )
    return made


def png(width=640, height=480, filling=b""):
    """A picture as far as its header and its end go."""
    head = b"\x00\x00\x00\rIHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    end = b"\x00\x00\x00\x00IEND\xaeB`\x82"
    return b"\x89PNG\r\n\x1a\n" + head + bytes(4) + filling + end
