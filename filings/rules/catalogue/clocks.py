"""How long each clock runs, and when its delay reaches the justice bureau (domain D3)."""

from typing import Any

from filings.rules.catalogue.entry import WARN, Asked, Entry
from filings.terms import Clock


def _clock(
    clock: Clock, rule: str, source: str, *, supervisor_after: int = 3, **term: int
) -> Entry:
    """`supervisor_after` working days after it ran out, the supervisor hears of it.

    It turns yellow when `yellow_percent` of its time are left, `yellow_days` days before at least.
    """
    params: dict[str, Any] = dict(term)
    if term and "due_month" not in term:
        params = {"working_days": 0, "days": 0} | term
    params |= {"supervisor_after": supervisor_after, "yellow_percent": 25, "yellow_days": 1}
    return Entry(code(clock), rule, WARN, clock.label, source, params, Asked.CLOCK)


def code(clock: Clock) -> str:
    """The code under which the term of a clock is set and its alerts are raised."""
    return f"clock_{clock}"


OURS = "系统默认（可配置）"
ENTRIES = (
    _clock(Clock.MERGE, "R-DUP-4", "姜堰：部门内整合一个工作日", working_days=1),
    _clock(Clock.JOIN, "R-DUP-4", "姜堰：组建联合检查组三个工作日", working_days=3),
    _clock(Clock.VISIT, "R-APP-1", "备案的计划时段"),
    _clock(Clock.BACK_FILE, "R-SIT-2", f"深圳：及时补办；期限为{OURS}", working_days=2),
    _clock(Clock.BACK_FILE_AFTER_FAULT, "R-SIT-2", "深圳：故障排除后十日内补录", days=10),
    _clock(Clock.APPROVE_AFTERWARDS, "R-SIT-2", OURS, supervisor_after=0, working_days=2),
    _clock(Clock.CHECK_IN_LATE, "R-SIT-2", "深圳：故障排除后十日内补录", days=10),
    _clock(Clock.RESULT, "R-SIT-3", OURS, working_days=3),
    _clock(Clock.CONFIRM, "R-RES-3", OURS, supervisor_after=0, working_days=3),
    _clock(Clock.DELIVER, "R-RES-1", f"食品：当场书面告知；期限为{OURS}", working_days=3),
    _clock(
        Clock.PUBLISH,
        "R-RES-2",
        "食品生产经营监督检查管理办法：二十个工作日内公开",
        supervisor_after=0,
        working_days=20,
    ),
    _clock(
        Clock.DECIDE_EVIDENCE,
        "D3",
        "行政处罚法第五十六条：先行登记保存的证据，七日内及时作出处理决定",
        supervisor_after=0,
        days=7,
    ),
    _clock(Clock.RECTIFY, "R-FUP-1", "责令改正的期限"),
    _clock(Clock.RECHECK, "R-FUP-1", "特种设备安全监督检查办法：十个工作日内复查", working_days=10),
    _clock(Clock.RECEIPT, "R-FUP-2", OURS, working_days=5),
    _clock(Clock.ANSWER, "R-EVA-1", "参照差评十五日内整改", supervisor_after=0, days=15),
    _clock(Clock.TAKE_CASE, "R-EVA-1", OURS, supervisor_after=0, working_days=1),
    _clock(Clock.CALL_BACK, "R-EVA-2", "参照差评48小时内回访", supervisor_after=0, hours=48),
    _clock(Clock.REPLY, "R-EVA-2", OURS, supervisor_after=0, working_days=5),
    _clock(Clock.MEND, "R-EVA-2", "参照差评十五日内整改", supervisor_after=0, days=15),
    _clock(Clock.ANNUAL_PLAN, "R-PLN-1", "年度检查计划每年3月31日前公布", due_month=3, due_day=31),
    _clock(Clock.SPECIAL_PLAN, "R-PLN-2", "上海：专项检查计划制定后一个月内公布", days=31),
    _clock(Clock.UPDATE_LIST, "R-ITM-3", "乳山：检查依据调整后三十日内更新清单", days=30),
    _clock(Clock.FILE_ACROSS, "R-LOC-1", "四平：异地检查后二十日内备案", days=20),
    _clock(
        Clock.ANNUAL_DATA, "R-STA-1", "行政执法年度数据每年1月31日前公开", due_month=1, due_day=31
    ),
    _clock(Clock.DECIDE_RECUSAL, "R-OFF-6", OURS, supervisor_after=0, working_days=1),
)
