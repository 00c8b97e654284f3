"""By which plan, within which budget (domain C3)."""

from django.utils.translation import gettext_lazy as _

from filings.rules.catalogue.entry import REASON, WARN, Entry

ENTRIES = (
    Entry(
        "plan_not_published",
        "R-PLN-1",
        REASON,
        _("The plan named is registered, published and in force on every planned day"),
        "国办发〔2024〕54号：年度检查计划公布；上海：专项检查计划制定后一个月内公布",
    ),
    Entry(
        "item_not_planned",
        "R-PLN-1",
        REASON,
        _("The plan named covers each item"),
        "国办发〔2024〕54号：年度检查计划",
    ),
    Entry(
        "budget_spent",
        "R-PLN-3",
        REASON,
        _("No more inspections rest on a plan than it holds"),
        "政府控制年度检查总量和频次上限",
    ),
    Entry(
        "budget_nearly_spent",
        "R-PLN-3",
        WARN,
        _("Somebody is told when a plan is nearly used up"),
        "政府控制年度检查总量；百分比为系统默认",
        {"percent": 80},
    ),
)
