"""Which cells are refused, and by which rule."""

from datetime import date

import pytest

from agencies.imports import checking
from agencies.imports.faults import Unfit
from agencies.imports.workbook import DateCell, NumberCell
from agencies.models import Region


def fault(parser, value):
    with pytest.raises(Unfit) as caught:
        parser(value)
    assert caught.value.rule
    assert caught.value.mend
    return caught.value.code


@pytest.mark.parametrize(
    "value", ["a\x00b", "a\x1bb", "张\u202e三", "a\u200bb", "\ufeffa", "\ue000"]
)
def test_invisible_and_control_characters_are_refused(value):
    assert fault(checking.sound, value) == "forbidden_character"


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_spreadsheet_errors_are_refused(value):
    assert fault(checking.sound, value) == "cell_error"


def test_a_name_may_begin_like_an_error():
    checking.sound("#1 Chinese Food")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.23E+17", "lost_digits"),
        (NumberCell("12"), "lost_digits"),
        ("１２３", "full_width"),
        ("a b", "pattern"),
        ("a\nb", "line_break"),
        ("123456789", "too_long"),
    ],
)
def test_codes(value, code):
    assert fault(checking.code(8, "[0-9A-Z]+"), value) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("91110000600037341", "length"),
        ("91110000600037341M", "check"),
        ("Z1110000600037341L", "department"),
        ("9111000060003734IL", "character"),
        ("9.111E+17", "lost_digits"),
    ],
)
def test_credit_codes(value, code):
    assert fault(checking.credit_code, value) == code


@pytest.mark.parametrize(
    "value", ["2022-03-05", "2022/3/5", "2022.3.5", "2022年3月5日", DateCell("2022-03-05")]
)
def test_days_with_the_year_first(value):
    assert checking.day()(value) == date(2022, 3, 5)


@pytest.mark.parametrize(
    "value",
    ["22-3-5", "20220305", "2022-02-30", "3/5/2022", "２０２２-03-05", NumberCell("44625"), "2022"],
)
def test_other_days_are_not_guessed(value):
    assert fault(checking.day(), value) == "date"


def test_a_day_far_off_is_refused():
    assert fault(checking.day(), "1899-12-31") == "date_range"


def test_a_foreign_form_is_the_only_one_then():
    parse = checking.day(("%m/%d/%Y",))
    assert parse("3/5/2022") == date(2022, 3, 5)
    assert fault(parse, "2022-03-05") == "date"
    assert fault(parse, "３/5/2022") == "date"


@pytest.mark.parametrize("value", ["1_000", "+5", "1.0", "１２", "-1", "99999999999"])
def test_whole_numbers_are_plain_digits(value):
    assert fault(checking.whole(0, 100), value) == "whole_number"


def test_a_number_out_of_range():
    assert fault(checking.whole(0, 100), "101") == "range"


@pytest.mark.parametrize("value", ["county", "County or district", "县(市、区)"])
def test_a_choice_is_known_by_code_and_by_name(value):
    assert checking.choice(Region.Kind)(value) == "county"


def test_an_unknown_choice_lists_the_possible_ones():
    with pytest.raises(Unfit) as caught:
        checking.choice(Region.Kind)("village")
    assert "township" in caught.value.mend


@pytest.mark.parametrize(
    ("value", "is_true"), [("是", True), ("√", True), ("否", False), ("0", False)]
)
def test_flags(value, is_true):
    assert checking.flag(value) is is_true


def test_a_list_names_nothing_twice():
    parse = checking.listed(checking.code(5))
    assert parse("a; b；c") == ["a", "b", "c"]
    assert fault(parse, "a;a") == "repeated"


@pytest.mark.parametrize("value", ["NaN", "1e1", "91", "1.1234567", "１"])
def test_coordinates(value):
    assert fault(checking.degrees(90), value) == "coordinate"
