"""The registers that the rules are decided from: plans, letters, levels, powers, limits."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies import actions
from agencies.calendar_filter import CalendarFilter
from agencies.filters import (
    AssignmentFilter,
    CodedFilter,
    OfAgencyFilter,
    PlanFilter,
)
from agencies.imports.standing import Assignments, CalendarDays, Entrustments, Plans, Powers
from agencies.models import Assignment, CalendarDay, Entrustment, Plan, Power
from filings.filters import ConflictFilter
from filings.imports.conflicts import Conflicts
from filings.imports.limits import Assistances, Limits
from filings.models import Assistance, Conflict, Limit
from filings.web.shelf import Change, Register, period
from officers.roles import Permission

VALID = (_("In force"), period)
NUMBER = (pgettext_lazy("of a paper", "Number"), lambda one: one.number)
AGENCY = (_("Agency"), lambda one: one.agency.name)
REGION = (_("Region"), lambda one: one.region.name)
CODE = (_("Code"), lambda one: one.code)


def _codes(name: str) -> Callable[[Any], Iterable[tuple[Any, ...]]]:
    def rows(one: Any) -> Iterable[tuple[Any, ...]]:
        return getattr(one, name).order_by("code").values_list("code")[:500]

    return rows


ITEMS = (_("Items"), (_("Code"),), _codes("items"))
OF_LAW = {
    "plans": Register(
        _("Plans"),
        _("What an agency means to inspect in a year or in a campaign."),
        Plan,
        PlanFilter,
        Plans,
        Permission.REGISTER_WRITE,
        ("-valid_from", "-pk"),
        ("agency__region",),
        (NUMBER, (_("Name"), lambda one: one.name), AGENCY, VALID),
        (
            (_("Kind"), lambda one: one.get_kind_display()),
            (_("Range of subjects"), lambda one: one.scope),
            (_("Ratio in percent"), lambda one: one.percent),
            (_("Inspections at most"), lambda one: one.visits),
            (_("Made on"), lambda one: one.made_on),
            (_("Approved by"), lambda one: one.approved_by),
            (_("Number of the approval"), lambda one: one.approval_number),
            (_("Published on"), lambda one: one.published_on),
        ),
        (ITEMS,),
        actions.end_kept,
        Change(
            actions.change_kept,
            ("name", "scope", "visits", "approved_by", "approval_number", "published_on"),
        ),
    ),
    "entrustments": Register(
        _("Letters of entrustment"),
        _("Which items a body inspects in the name of its principal."),
        Entrustment,
        OfAgencyFilter,
        Entrustments,
        Permission.CATALOGUE_WRITE,
        ("-valid_from", "-pk"),
        ("agency__region",),
        (NUMBER, AGENCY, VALID),
        ((_("Published on"), lambda one: one.published_on),),
        (ITEMS,),
        actions.end_ruled,
        Change(actions.change_letter, ("number", "published_on")),
    ),
    "assignments": Register(
        _("Levels settled"),
        _("At which level an item is inspected in a region."),
        Assignment,
        AssignmentFilter,
        Assignments,
        Permission.CATALOGUE_WRITE,
        ("-valid_from", "-pk"),
        ("item", "region"),
        (
            (_("Item"), lambda one: one.item.code),
            REGION,
            (_("Level"), lambda one: one.get_level_display()),
            VALID,
        ),
        ((_("Source"), lambda one: one.source),),
        end=actions.end_ruled,
    ),
    "powers": Register(
        _("Power list"),
        _("The published powers, which the list of items is compared with."),
        Power,
        CodedFilter,
        Powers,
        Permission.CATALOGUE_WRITE,
        ("code", "pk"),
        ("region",),
        ((_("Name"), lambda one: one.name), CODE, REGION, VALID),
        end=actions.end_ruled,
    ),
    "limits": Register(
        _("Caps and floors"),
        _("How often a subject is inspected at most and at least."),
        Limit,
        CodedFilter,
        Limits,
        Permission.CATALOGUE_WRITE,
        ("code", "pk"),
        ("region",),
        (
            (_("Name"), lambda one: one.name),
            CODE,
            REGION,
            (_("At least"), lambda one: one.least),
            (_("At most"), lambda one: one.most),
            VALID,
        ),
        (
            (_("Within months"), lambda one: one.months),
            (_("Credit class"), lambda one: one.get_credit_class_display()),
            (_("Counted together"), lambda one: _("Yes") if one.together else _("No")),
            (_("Source"), lambda one: one.source),
        ),
        (ITEMS, (_("Agencies"), (_("Code"),), _codes("agencies"))),
        actions.end_ruled,
    ),
    "conflicts": Register(
        _("Conflicts"),
        _("Which officer keeps away from which subject, from when to when."),
        Conflict,
        ConflictFilter,
        Conflicts,
        Permission.REGISTER_WRITE,
        ("-valid_from", "-pk"),
        ("officer__agency__region", "subject"),
        (
            (_("Officer"), lambda one: one.officer.name),
            (_("Subject"), lambda one: one.subject.name),
            (_("Kind"), lambda one: one.get_kind_display()),
            VALID,
        ),
        ((_("Note"), lambda one: one.note),),
        end=actions.end_kept,
    ),
    "assistances": Register(
        _("Letters of assistance"),
        _("By which another region lets an agency inspect there."),
        Assistance,
        OfAgencyFilter,
        Assistances,
        Permission.REGISTER_WRITE,
        ("-valid_from", "-pk"),
        ("agency__region", "region"),
        (NUMBER, AGENCY, REGION, VALID),
        ((_("Assisting agency"), lambda one: one.helper),),
        end=actions.end_kept,
        change=Change(actions.change_kept, ("number", "helper")),
    ),
    "days": Register(
        _("Working-day calendar"),
        _("Holidays and make-up working days, by which the deadlines are counted."),
        CalendarDay,
        CalendarFilter,
        CalendarDays,
        Permission.CATALOGUE_WRITE,
        ("-day", "-pk"),
        (),
        (
            (_("Day"), lambda one: one.day),
            (_("Name"), lambda one: one.name),
            (_("Worked"), lambda one: _("Yes") if one.worked else _("No")),
        ),
        ((_("Source"), lambda one: one.source),),
        change=Change(actions.rearrange, ("worked", "name", "source")),
    ),
}
