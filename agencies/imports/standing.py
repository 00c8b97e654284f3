"""Rows of plans, letters of entrustment, levels settled, the power list and the calendar."""

from datetime import date

from django.utils.translation import gettext_lazy

from agencies.authority import By, registrar
from agencies.imports import checking
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Row
from agencies.imports.places import VALID, kept_agency
from agencies.imports.records import Records
from agencies.journal import Actor
from agencies.models import Agency, Assignment, CalendarDay, Entrustment, ItemVersion, Plan, Power

AGENCY = Field("agency", gettext_lazy("agency"), checking.code(20), "CYSCJG", True)
REGION = Field("region", gettext_lazy("region"), checking.code(12), "220202", True)
ITEM = Field("item", gettext_lazy("item"), checking.code(40), "SCJG-0001", True)
ITEMS = checking.listed(checking.code(40))
NUMBER = checking.text(80)
PUBLISHED = Field("published_on", gettext_lazy("published on"), checking.day(), default=None)
OF_AGENCY = {"agency": gettext_lazy("agency")}
OF_REGION = {"region": gettext_lazy("region")}
OF_ITEMS = {"items": gettext_lazy("item")}


class Plans(Records):
    """Annual plans, and plans of special inspections with their approval."""

    name = "plans"
    label = gettext_lazy("plans")
    model = Plan
    key = ("agency", "number")
    sought = ("number", "number")
    points = OF_AGENCY
    lists = OF_ITEMS
    fields = (
        AGENCY,
        Field("number", gettext_lazy("number"), NUMBER, "JH-2022-01", True),
        Field("kind", gettext_lazy("kind"), checking.choice(Plan.Kind), "annual", True),
        Field("name", gettext_lazy("name"), checking.text(200), "2022年度检查计划", True),
        Field("items", gettext_lazy("items"), ITEMS, "SCJG-0001;SCJG-0002", default=()),
        Field("scope", gettext_lazy("range of subjects"), checking.text(300)),
        Field("percent", gettext_lazy("ratio in percent"), checking.whole(0, 100), default=None),
        Field(
            "visits",
            gettext_lazy("inspections at most"),
            checking.whole(1, 1_000_000),
            "120",
            default=None,
        ),
        Field("made_on", gettext_lazy("made on"), checking.day(), "2022-01-10", True),
        Field("approved_by", gettext_lazy("approved by"), checking.text(200)),
        Field("approval_number", gettext_lazy("number of the approval"), NUMBER),
        PUBLISHED,
        VALID[0],
        Field("valid_to", gettext_lazy("valid to"), checking.day(), "2023-01-01", True),
    )

    def check(self, rows: list[Row], today: date) -> None:
        """Refuse a special plan that nobody approved (R-PLN-2)."""
        super().check(rows, today)
        for row in rows:
            if row.values["kind"] != Plan.Kind.SPECIAL:
                continue
            for name in ("approved_by", "approval_number"):
                if not row.values[name]:
                    row.refuse(
                        name,
                        "required",
                        _("is empty for a special inspection, which has to be approved"),
                        _("Fill in who approved it and under which number."),
                    )

    def allowed(self, row: Row, by: By) -> Actor:
        return kept_agency(row, by)

    def chain(self, row: Row) -> str:
        return row.values["agency"]


class Entrustments(Records):
    """Letters of entrustment: which items the body may inspect for its principal (R-ORG-3)."""

    name = "entrustments"
    label = gettext_lazy("letters of entrustment")
    model = Entrustment
    key = ("agency", "number")
    sought = ("number", "number")
    points = OF_AGENCY
    lists = OF_ITEMS
    fields = (
        AGENCY,
        Field("number", gettext_lazy("number of the letter"), NUMBER, "WT-2022-01", True),
        Field("items", gettext_lazy("items"), ITEMS, "SCJG-0001;SCJG-0002", True, ()),
        PUBLISHED,
        *VALID,
    )

    def check(self, rows: list[Row], today: date) -> None:
        """Refuse a letter for a body that nobody entrusts."""
        super().check(rows, today)
        for row in rows:
            agency = row.refs["agency"]
            if agency is not None and agency.kind != Agency.Kind.ENTRUSTED:
                row.refuse(
                    "agency",
                    "not_entrusted",
                    _("is no entrusted organisation"),
                    _("Name the body that inspects in another's name."),
                )

    def allowed(self, row: Row, by: By) -> Actor:
        return registrar(by, row.refs["agency"].region)


class Assignments(Records):
    """At which level an item is inspected in a region (R-ORG-5)."""

    name = "assignments"
    label = gettext_lazy("levels settled")
    model = Assignment
    key = ("item", "region", "valid_from")
    sought = ("item__code", "item")
    points = {"item": gettext_lazy("item")} | OF_REGION
    fields = (
        ITEM,
        REGION,
        Field("level", gettext_lazy("level"), checking.choice(ItemVersion.Level), "county", True),
        Field("source", gettext_lazy("source"), checking.text(300), "吉市府发〔2022〕3号", True),
        *VALID,
    )

    def allowed(self, row: Row, by: By) -> Actor:
        return registrar(by, row.refs["region"])


class Powers(Records):
    """The published power list, which the items are compared with (R-ITM-4)."""

    name = "powers"
    label = gettext_lazy("power list")
    model = Power
    key = ("region", "code", "valid_from")
    sought = ("code", "code")
    points = OF_REGION
    fields = (
        REGION,
        Field("code", gettext_lazy("code of the item"), checking.code(40), "SCJG-0001", True),
        Field("name", gettext_lazy("name"), checking.text(300), "对食品经营者的检查", True),
        *VALID,
    )

    def allowed(self, row: Row, by: By) -> Actor:
        return registrar(by, row.refs["region"])


class CalendarDays(Records):
    """Holidays and make-up working days, as the State Council arranges a year."""

    name = "days"
    label = gettext_lazy("working-day calendar")
    model = CalendarDay
    key = ("day",)
    sought = ("day", "day")
    dated = False
    fields = (
        Field("day", gettext_lazy("day"), checking.day(), "2027-10-01", True),
        Field("worked", gettext_lazy("worked"), checking.flag, "no", True),
        Field("name", gettext_lazy("name"), checking.text(40), "国庆节", True),
        Field("source", gettext_lazy("source"), checking.text(300), "国务院办公厅通知", True),
    )

    def allowed(self, row: Row, by: By) -> Actor:
        return registrar(by, None)
