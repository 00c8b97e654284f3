"""Chinese sentences are pointed as Chinese is."""

import pytest

from config.typography import pointed


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("计划时间已过,检查须事前备案。", "计划时间已过，检查须事前备案。"),
        ("第 %(n)s 版", "第%(n)s版"),
        ("缺少列:%(names)s。", "缺少列：%(names)s。"),
        ("不是有效的 TOML:%(why)s。", "不是有效的 TOML：%(why)s。"),
        ("损坏的工作簿(%(why)s)", "损坏的工作簿（%(why)s）"),
        ("至少 1 天", "至少1天"),
        ("是否指 %(name)s?", "是否指%(name)s？"),
    ],
)
def test_marks_are_full_width_and_figures_stand_close(typed, set_):
    assert pointed(typed) == set_
    assert pointed(set_) == set_


@pytest.mark.parametrize(
    "text",
    [
        "UTF-8 编码的 CSV",
        "请填写带时区的时间，例如2022-06-15T10:00+08:00。",
        "GB/T 2260",
        "%(a)s (%(b)s), 1, 2",
        "写成 https://example.cn:8000/?a=b",
        "形如 W/…，且只填一个",
    ],
)
def test_latin_text_and_numbers_stay_as_they_are(text):
    assert pointed(text) == text
