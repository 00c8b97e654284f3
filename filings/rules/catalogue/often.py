"""How often one enterprise may be visited (domain C4)."""

from django.utils.translation import gettext_lazy as _

from filings.rules.catalogue.entry import EXEMPT, HARD, REASON, WARN, Entry

ENTRIES = (
    Entry(
        "cap_reached",
        "R-FRQ-1",
        HARD,
        _("No agency goes beyond a published cap"),
        "国办发〔2024〕54号：公布年度检查频次上限；合理确定",
        {"methods": ["on_site"], "exempt_triggers": EXEMPT},
    ),
    Entry(
        "shared_cap_reached",
        "R-FRQ-3",
        REASON,
        _("Several agencies together do not go beyond a published cap"),
        "市县合计年度不超过四次；北京经开区：分级总量，突破须政府批准",
        {"methods": ["on_site"], "exempt_triggers": EXEMPT},
    ),
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
        "duplicate_filing",
        "R-DUP-4",
        HARD,
        _("One visit is filed once: the same items on the same days"),
        "一次检查备案一次（系统默认）；已到场的检查不妨碍因豁免情形另行备案",
        {"exempt_triggers": EXEMPT},
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
        "checked_for_permit",
        "R-DUP-3",
        REASON,
        _("What was inspected for a permit is not inspected as routine that year"),
        "特种设备安全监督检查办法第十七条；用于其他事项为系统默认",
        {"after_triggers": ["permit"], "exempt_triggers": EXEMPT},
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
