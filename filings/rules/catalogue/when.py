"""When and where, by which plan and approval (domain C3)."""

from django.utils.translation import gettext_lazy as _

from filings.rules.catalogue.entry import EXEMPT, HARD, REASON, Entry

ENTRIES = (
    Entry(
        "window_too_long",
        "E6",
        REASON,
        _("The planned window is short"),
        "系统默认（可配置）",
        {"days": 30},
    ),
    Entry(
        "window_passed",
        "R-APP-1",
        HARD,
        _("An inspection is filed before it is made"),
        "国办发〔2024〕54号：事先报批",
    ),
    Entry(
        "daily_without_plan",
        "R-PLN-1",
        REASON,
        _("A daily inspection follows a published annual plan"),
        "国办发〔2024〕54号：年度检查计划",
        {"exempt_triggers": EXEMPT},
    ),
    Entry(
        "special_without_approval",
        "R-PLN-2",
        REASON,
        _("A special inspection names the number of its approved plan"),
        "国办发〔2024〕54号：专项检查须经批准",
    ),
    Entry(
        "lead_time_short",
        "R-APP-3",
        REASON,
        _("A daily inspection is filed some working days ahead"),
        "南昌：提前七个工作日备案；吉林未规定",
        {"working_days": 0, "exempt_triggers": EXEMPT},
    ),
    Entry(
        "quiet_day",
        "R-DAY-1",
        REASON,
        _("No inspection falls on a quiet day"),
        "姜堰：每月1日至15日企业安静期；默认不设",
        {"days": [], "exempt_triggers": EXEMPT},
    ),
    Entry(
        "outside_jurisdiction",
        "R-LOC-1",
        HARD,
        _("The subject works in the agency's region, or a letter of assistance opens its own"),
        "国办发〔2024〕54号：异地检查须经协助；四平：事后二十日备案",
    ),
)
