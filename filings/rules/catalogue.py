"""The rules that are decided from the records: what each asks, how hard, by which source.

These are the defaults; dated settings (`RuleSetting`) stand over them.  What rests on common
knowledge or on our own judgement only (domain C, marks K and I) never stops a filing for good.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filings.models import Severity

EXEMPT = [
    "complaint",
    "assigned",
    "superior",
    "monitoring",
    "media",
    "recheck",
    "requested",
    "permit",
    "emergency",
]
RANKS = ["law", "regulation", "local_regulation", "department_rule", "local_rule"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule: `code` names the problem it finds, `rule` its id, `params` its thresholds."""

    code: str
    rule: str
    severity: Severity
    title: Promise
    source: str
    params: dict[str, Any] = field(default_factory=dict)


HARD, REASON, WARN = Severity.HARD, Severity.REASON, Severity.WARN

_WHO = (
    Entry(
        "agency_not_qualified",
        "R-ORG-1",
        HARD,
        _("The agency's qualification is confirmed for every planned day"),
        "行政执法主体资格确认公告制度",
    ),
    Entry(
        "item_not_of_principal",
        "R-ORG-3",
        HARD,
        _("An entrusted body inspects only what its principal may inspect"),
        "行政处罚法第二十条",
    ),
    Entry(
        "level_not_assigned",
        "R-ORG-5",
        REASON,
        _("An agency above the item's level leaves it to that level"),
        "国办发〔2024〕54号：明确各层级检查权",
    ),
    Entry(
        "too_few_officers",
        "R-OFF-1",
        HARD,
        _("At least two enforcement officers take part"),
        "行政处罚法第四十二条；食品安全法配套办法",
        {"officers": 2},
    ),
    Entry(
        "officer_of_another_agency",
        "R-OFF-1",
        HARD,
        _("The officers belong to the filing agency"),
        "行政处罚法第四十二条",
    ),
    Entry(
        "officer_not_in_service",
        "R-OFF-1",
        HARD,
        _("The officers are in service on every planned day"),
        "行政处罚法第四十二条",
    ),
    Entry(
        "certificate_not_valid",
        "R-OFF-2",
        HARD,
        _("A certificate of each officer is valid on every planned day"),
        "行政处罚法第四十二条、第五十五条",
    ),
    Entry(
        "certificate_expiring",
        "R-OFF-2",
        WARN,
        _("The certificate does not expire soon after the visit"),
        "执法证件管理：到期前换证",
        {"days": 30},
    ),
    Entry(
        "annual_check_overdue",
        "R-OFF-3",
        WARN,
        _("The certificate passed its annual check within the year"),
        "2016年执法证件管理办法：年度审验",
        {"days": 366},
    ),
    Entry(
        "auxiliary_as_officer",
        "R-OFF-4",
        HARD,
        _("Auxiliaries are counted as assistants, not named as officers"),
        "国办发〔2024〕54号：严禁聘用人员执法",
    ),
    Entry(
        "officer_barred",
        "R-OFF-5",
        HARD,
        _("No officer is barred from enforcement"),
        "执法证件管理办法：出借、涂改证件二年内不得申领",
    ),
    Entry(
        "officer_in_conflict",
        "R-OFF-6",
        HARD,
        _("No officer has declared a conflict with the subject"),
        "行政处罚法第四十三条",
    ),
)
_WHAT = (
    Entry("no_item", "R-ITM-1", HARD, _("At least one item is named"), "国办发〔2024〕54号"),
    Entry(
        "item_not_published",
        "R-ITM-1",
        HARD,
        _("Each item is published and in force on every planned day"),
        "国办发〔2024〕54号：未公布的检查事项不得实施",
    ),
    Entry(
        "no_lawful_basis",
        "R-ITM-2",
        HARD,
        _("Each item has a legal basis of allowed rank in force"),
        "国办发〔2024〕54号：规范性文件不得设定检查",
        {"ranks": RANKS},
    ),
    Entry(
        "item_not_claimed",
        "R-ITM-5",
        HARD,
        _("The agency has claimed each item for the planned days"),
        "检查事项认领制度",
    ),
    Entry(
        "item_not_for_this_kind",
        "E4",
        HARD,
        _("Each item applies to this kind of subject"),
        "检查事项清单：检查对象",
    ),
    Entry(
        "subject_gone",
        "R-FUP-3",
        HARD,
        _("The subject has not been deregistered or moved away"),
        "特种设备安全监督检查办法",
    ),
)
_WHEN = (
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
        REASON,
        _("The subject works in the agency's region"),
        "国办发〔2024〕54号：异地检查须经协助；四平：事后二十日备案",
    ),
)
_HOW_OFTEN = (
    Entry(
        "visit_cap_reached",
        "R-FRQ-4",
        REASON,
        _("One agency visits one enterprise a limited number of times a year"),
        "多地：同一部门对同一企业年度现场检查不超过两次",
        {"visits": 2, "by_class": {}, "methods": ["on_site"], "exempt_triggers": EXEMPT},
    ),
    Entry(
        "visits_crowded",
        "R-DUP-1",
        WARN,
        _("Visits of all agencies to one enterprise are not crowded"),
        "成都：日超一次、周超两次、月超三次预警",
        {"day": 1, "week": 2, "month": 3},
    ),
    Entry(
        "superior_checked_lately",
        "R-DUP-2",
        REASON,
        _("What a superior checked lately is not checked again"),
        "食品生产经营监督检查管理办法第四十二条：三个月内不重复",
        {"days": 90, "exempt_triggers": EXEMPT},
    ),
    Entry(
        "fruitless_streak",
        "R-INE-1",
        REASON,
        _("An officer does not keep visiting one enterprise without result"),
        "成都：一年内同一人员连续三次检查无结果须说明",
        {"streak": 3, "days": 365},
    ),
)

CATALOGUE = {entry.code: entry for entry in (*_WHO, *_WHAT, *_WHEN, *_HOW_OFTEN)}
