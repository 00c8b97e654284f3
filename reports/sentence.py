"""The sentence a government prints of its year, in Chinese and in English."""

from datetime import date
from typing import Any

from django.utils.translation import get_language

from agencies.models import Region

_WHOLE = {
    Region.Kind.PROVINCE: "全省",
    Region.Kind.PREFECTURE: "全市",
    Region.Kind.ZONE: "全区",
}
_WHOLE_BY_ENDING = {"县": "全县", "旗": "全旗", "市": "全市", "镇": "全镇", "乡": "全乡"}
_KIND = {
    "全省": "province",
    "全市": "city",
    "全区": "district",
    "全县": "county",
    "全旗": "banner",
    "全镇": "town",
    "全乡": "township",
    "全街道": "subdistrict",
}


def chinese(figures: dict[str, Any]) -> str:
    """The sentence in the wording of the city's report."""
    totals = figures["totals"]
    return (
        f"{_whole(figures['region'])}已有{totals['agencies']}个行政执法部门、"
        f"{totals['items']}项行政检查执法事项、{totals['officers']}名行政检查执法人员"
        f"纳入管理,{_days_in_chinese(figures)}行政检查执法备案{totals['filings']}次"
    )


def english(figures: dict[str, Any]) -> str:
    """The same sentence in English, with the year or the days."""
    totals, kind = figures["totals"], _KIND[_whole(figures["region"])]
    return (
        f"The {kind} has {totals['agencies']:,} administrative enforcement agencies, "
        f"{totals['items']:,} administrative inspection items and {totals['officers']:,} "
        f"inspection officers under management; {totals['filings']:,} administrative "
        f"inspections were filed {_days_in_english(figures)}."
    )


def _days_in_chinese(figures: dict[str, Any]) -> str:
    """Nothing for a year, whose report says which it is; else from which day to which."""
    if _is_year(figures):
        return ""
    first, last = (date.fromisoformat(figures["period"][name]) for name in ("first", "last"))
    return f"{_day_in_chinese(first)}至{_day_in_chinese(last)}"


def _day_in_chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _days_in_english(figures: dict[str, Any]) -> str:
    if _is_year(figures):
        return f"in {figures['year']}"
    return f"from {figures['period']['first']} to {figures['period']['last']}"


def _is_year(figures: dict[str, Any]) -> bool:
    return str(figures["period"]["key"]) == str(figures["year"])


def both(figures: dict[str, Any]) -> dict[str, str]:
    """The sentence in the reader's language, and the other one with the name of its language."""
    said = {"zh-Hans": chinese(figures), "en": english(figures)}
    here, there = ("zh-Hans", "en") if get_language() == "zh-hans" else ("en", "zh-Hans")
    return {"sentence": said[here], "other_sentence": said[there], "other_language": there}


def _whole(region: dict[str, str]) -> str:
    if region["kind"] in _WHOLE:
        return _WHOLE[Region.Kind(region["kind"])]
    street = region["kind"] == Region.Kind.TOWNSHIP
    return _WHOLE_BY_ENDING.get(region["name"][-1:], "全街道" if street else "全区")
