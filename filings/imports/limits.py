"""Rows of caps and floors, of letters of assistance, and of declared conflicts."""

from datetime import date

from django.utils.translation import gettext_lazy

from agencies.authority import By, registrar
from agencies.imports import checking
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Row
from agencies.imports.places import VALID, kept_agency
from agencies.imports.records import Records
from agencies.imports.standing import AGENCY, ITEMS, NUMBER, OF_AGENCY, OF_ITEMS, OF_REGION, REGION
from agencies.journal import Actor
from filings.models import Assistance, Limit, Subject

COUNT = checking.whole(0, 365)


class Limits(Records):
    """Published caps and floors, by item, agency, class and groups of these (R-FRQ)."""

    name = "limits"
    label = gettext_lazy("caps and floors")
    model = Limit
    key = ("code",)
    sought = ("code", "code")
    points = OF_REGION
    lists = OF_ITEMS | {"agencies": gettext_lazy("agency")}
    fields = (
        Field("code", gettext_lazy("code"), checking.code(40), "SX-2022-01", True),
        Field("name", gettext_lazy("name"), checking.text(200), "食品经营者年度检查上限", True),
        REGION,
        Field("items", gettext_lazy("items"), ITEMS, "SCJG-0001;SCJG-0002", default=()),
        Field("agencies", gettext_lazy("agencies"), checking.listed(checking.code(20)), default=()),
        Field("credit_class", gettext_lazy("credit class"), checking.choice(Subject.CreditClass)),
        Field("together", gettext_lazy("counted together"), checking.flag, default=False),
        Field("least", gettext_lazy("at least"), COUNT, default=None),
        Field("most", gettext_lazy("at most"), COUNT, "2", default=None),
        Field("months", gettext_lazy("within months"), checking.whole(1, 60), "12", default=12),
        Field("source", gettext_lazy("source"), checking.text(300), "吉市监发〔2022〕5号", True),
        *VALID,
    )

    def check(self, rows: list[Row], today: date) -> None:
        """Refuse a limit that limits nothing, or whose cap lies below its floor."""
        super().check(rows, today)
        for row in rows:
            least, most = row.values["least"], row.values["most"]
            if least is None and most is None:
                row.refuse(
                    "most",
                    "required",
                    _("is empty beside an empty floor"),
                    _("Fill in how often at most, at least, or both."),
                )
            elif least is not None and most is not None and most < least:
                row.refuse(
                    "most",
                    "below_floor",
                    _("is less than the floor, %(least)s") % {"least": least},
                    _("Correct one of the two numbers."),
                )

    def allowed(self, row: Row, by: By) -> Actor:
        return registrar(by, row.refs["region"])


class Assistances(Records):
    """Letters by which another region lets the agency inspect there (R-LOC-1)."""

    name = "assistances"
    label = gettext_lazy("letters of assistance")
    model = Assistance
    key = ("agency", "number")
    sought = ("number", "number")
    points = OF_AGENCY | OF_REGION
    fields = (
        AGENCY,
        Field("number", gettext_lazy("number of the letter"), NUMBER, "XZ-2022-01", True),
        REGION,
        Field(
            "helper",
            gettext_lazy("assisting agency"),
            checking.text(200),
            "铁西区市场监督管理局",
            True,
        ),
        *VALID,
    )

    def allowed(self, row: Row, by: By) -> Actor:
        return kept_agency(row, by)

    def chain(self, row: Row) -> str:
        return row.values["agency"]
