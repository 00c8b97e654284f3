"""Rows of inspections to come: each is drafted and submitted as if it had been typed.

Whoever brings the file files in his or her own name, and a row that the rules stop is refused with
every problem at once, in the words of the page and the API.
"""

import re
from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from agencies.authority import By, NotAuthorised
from agencies.calendar import SHANGHAI, local_date
from agencies.imports import checking
from agencies.imports.faults import Said, Unfit
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Kind, Row, codes, found
from agencies.imports.places import agencies_by_code
from agencies.imports.standing import AGENCY, ITEMS
from agencies.journal import Actor
from agencies.models import ItemVersion
from agencies.querysets import in_force_q
from filings import actions
from filings.models import Filing, Subject
from filings.policy import TransitionNotAllowed
from filings.rules import FilingIncomplete
from filings.rules.history import EXPECTED, VISITED
from filings.workflow import Status
from officers.authority import Authority
from officers.models import Officer
from officers.roles import Permission

TEXTS = ("place", "on_site_reason", "trigger_source", "plan_number")
CHOSEN = ("check_type", "trigger", "method", "planned_start", "planned_end", "assistants")
ON_THE_WAY = (Status.DRAFT, Status.RETURNED, *EXPECTED, *VISITED)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", re.ASCII)


def moment(value: str) -> datetime:
    """A minute of Beijing time, from 1949 to 2100."""
    try:
        told = datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
    except ValueError:
        told = None
    if told is None or not checking.EARLIEST <= told.date() <= checking.LATEST:
        how = "2022-03-05 09:30"
        raise Unfit("moment", _("is not a minute"), _("Write it as %(how)s.") % {"how": how})
    return told.replace(tzinfo=SHANGHAI)


class Drafts(Kind):
    """One row is one inspection to come, drafted and submitted."""

    name = "drafts"
    label = gettext_lazy("inspections to submit")
    fields = (
        AGENCY,
        Field(
            "subject",
            gettext_lazy("credit code of the subject"),
            checking.credit_code,
            "91110000600037341L",
            True,
        ),
        Field("check_type", gettext_lazy("type"), checking.choice(Filing.CheckType), "daily", True),
        Field(
            "trigger", gettext_lazy("trigger"), checking.choice(Filing.Trigger), "annual_plan", True
        ),
        Field("planned_start", gettext_lazy("planned start"), moment, "2022-03-05 09:00", True),
        Field("planned_end", gettext_lazy("planned end"), moment, "2022-03-05 17:00", True),
        Field("items", gettext_lazy("items"), ITEMS, "SCJG-0001", default=()),
        Field(
            "officers",
            gettext_lazy("staff numbers of the officers"),
            checking.listed(checking.code(40)),
            "0012;0013",
            default=(),
        ),
        Field("plan_number", gettext_lazy("plan number"), checking.text(80), "JH-2022-01"),
        Field("place", gettext_lazy("place"), checking.text(300)),
        Field(
            "method",
            gettext_lazy("method"),
            checking.choice(ItemVersion.Method),
            "on_site",
            default=ItemVersion.Method.ON_SITE,
        ),
        Field("on_site_reason", gettext_lazy("why on site"), checking.text(300)),
        Field("trigger_source", gettext_lazy("source number"), checking.text(80)),
        Field("assistants", gettext_lazy("assistants"), checking.whole(0, 99), default=0),
    )

    def __init__(self) -> None:
        self.by: Authority | None = None

    def brought_by(self, by: Authority) -> None:
        self.by = by

    def identity(self, row: Row) -> Hashable:
        """The same visit in every respect; of what differs in any, R-DUP-4 judges on submission."""
        said = row.values
        whose = tuple(str(said[name]) for name in ("agency", "subject", "method", "trigger"))
        return (*whose, said["planned_start"], said["planned_end"], frozenset(said["items"]))

    def check(self, rows: list[Row], today: date) -> None:
        """Look up the subject, the items and the officers."""
        agencies = agencies_by_code(codes(rows, "agency"))
        known = Subject.objects.all() if self.by is None else Subject.objects.visible_to(self.by)
        subjects = {one.uscc: one for one in found(known, "uscc", codes(rows, "subject"))}
        officers = {
            (one.agency.code, one.code): one
            for one in found(
                Officer.objects.filter(agency__in=agencies.values()).select_related("agency"),
                "code",
                codes(rows, "officers"),
            )
        }
        for row in rows:
            values = row.values
            single = {"agency": agencies.get(values["agency"]), "subject": None}
            single["subject"] = subjects.get(values["subject"])
            for name, what in (("agency", _("agency")), ("subject", _("subject"))):
                if single[name] is None:
                    row.refuse_unknown(name, values[name], what)
            named = {code: officers.get((values["agency"], code)) for code in values["officers"]}
            items = self._items(values["items"], local_date(values["planned_start"]))
            for name, there in (("officers", named), ("items", items)):
                for code, one in there.items():
                    if one is None:
                        row.refuse_unknown(name, code, _("row"))
                row.refs[name] = tuple(there.values())
            row.refs |= single

    def _items(self, wanted: list[str], day: date) -> dict[str, ItemVersion | None]:
        named = ItemVersion.objects.filter(item__code__in=wanted).select_related("item")
        latest = {one.item.code: one for one in named.order_by("version")}
        current = {one.item.code: one for one in named.filter(in_force_q(day))}
        return {code: (latest | current).get(code) for code in wanted}

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        """Which of these visits are filed already."""
        native = Filing.objects.filter(origin="native", status__in=ON_THE_WAY)
        held = native.filter(subject__in=[row.refs["subject"].pk for row in rows])
        found: dict[Hashable, dict[str, Any]] = {}
        for one in held.with_parties():
            whose = (one.agency.code, one.subject.uscc, one.method, one.trigger)
            items = frozenset(row.item_version.item.code for row in one.items.all())
            found[(*whose, one.planned_start, one.planned_end, items)] = {}
        return found

    def write(self, rows: list[Row], at: datetime) -> None:
        for row in rows:
            try:
                with transaction.atomic():
                    self._submit(row, at)
            except FilingIncomplete as stopped:
                for one in stopped.problems:
                    row.refuse(one.pointer, one.code, Said(one.text, one.numbers), f"({one.rule})")
            except (NotAuthorised, TransitionNotAllowed) as refused:
                row.refuse("agency", refused.code, str(refused), "")

    def _submit(self, row: Row, at: datetime) -> None:
        if self.by is None:
            raise NotAuthorised(_("Say in whose name the inspections are filed."))
        refs = row.refs
        said = actions.Draft(
            subject=refs["subject"],
            items=refs["items"],
            officers=refs["officers"],
            **{name: row.values[name] for name in (*TEXTS, *CHOSEN)},
        )
        filing = actions.draft(refs["agency"], said, by=self.by, at=at)
        row.refs["made"] = actions.submit(filing, by=self.by, at=at)

    def allowed(self, row: Row, by: By) -> Actor:
        if not isinstance(by, Authority):
            return by if isinstance(by, Actor) else by.keeper(None)
        self.by = by
        return by.actor(Permission.FILING_SUBMIT, row.refs["agency"])

    def entered(self, row: Row) -> Filing:
        return row.refs["made"]

    def chain(self, row: Row) -> str:
        return row.values["agency"]
