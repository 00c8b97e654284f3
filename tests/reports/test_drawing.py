"""Lengths and shades are true to the figures, and what is not nothing is seen."""

from xml.etree import ElementTree as ET

import pytest

from reports import drawing


class TestWaterfall:
    def test_goes_from_everything_down_to_what_is_left(self):
        whole, first, second, rest = drawing.waterfall([100, 300, 600])
        assert (whole.start, whole.length) == (0, 1000)
        assert (first.start, first.length, first.falls) == (900, 100, True)
        assert (second.start, second.length, second.falls) == (600, 300, True)
        assert (rest.start, rest.length, rest.falls) == (0, 600, False)

    def test_shows_one_among_a_million_and_nothing_of_nothing(self):
        _whole, one, none, _rest = drawing.waterfall([1, 0, 1_000_000])
        assert (one.length, none.length) == (drawing.SLIVER, 0)
        assert one.start + one.length <= drawing.SCALE
        assert [step.length for step in drawing.waterfall([0, 0])] == [0, 0, 0]


@pytest.mark.parametrize(
    ("count", "most", "shade"), [(None, 9, 0), (0, 9, 0), (1, 100, 1), (21, 100, 2), (100, 100, 5)]
)
def test_tiles_darken_with_their_count(count, most, shade):
    assert drawing.shade(count, most) == shade


def test_differences_leave_the_middle_to_both_sides():
    more, less, same = drawing.swings([10, -5, 0])
    assert (more.start, more.length, more.falls) == (500, 500, False)
    assert (less.start, less.length, less.falls) == (250, 250, True)
    assert same.length == 0


@pytest.mark.parametrize(
    "picture",
    [
        drawing.waterfall_svg("<年>", [("全部", 10), ("草稿", 4), ("法定", 6)]),
        drawing.tiles_svg("<年>", [("昌邑区", 3), ("龙潭区", None)]),
        drawing.columns_svg("<年>", [("01", 3, 2), ("02", 0, 0)]),
    ],
    ids=["waterfall", "tiles", "columns"],
)
def test_pictures_are_whole_files_that_say_what_they_show(picture):
    root = ET.fromstring(picture)  # noqa: S314
    assert root.find("{http://www.w3.org/2000/svg}title").text == "<年>"
    assert "script" not in picture
    assert "style=" not in picture
