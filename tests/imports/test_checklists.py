"""The checklist of an item comes from a file, and a version keeps the one it was published with."""

import pytest

from agencies.imports.catalogue import Items
from agencies.models import ItemVersion
from tests.imports.conftest import rules_broken

pytestmark = pytest.mark.django_db
HEADER = "code,name,level,valid_from,valid_to,basis_rank,basis_title,checklist\n"
FIRST = "SC-1,食品检查,county,2020-01-01,2022-01-01,law,食品安全法,证照齐全；台账完整\n"
SECOND = "SC-1,食品检查,county,2022-01-01,,law,食品安全法,"


def checklists():
    """The clauses of every version, the oldest first."""
    versions = ItemVersion.objects.order_by("version")
    return [[one["clause"] for one in version.checklist] for version in versions]


def test_is_taken_in_the_order_of_its_points(take):
    assert take(Items(), HEADER + FIRST).accepted == 1
    assert ItemVersion.objects.get().checklist == [{"clause": "证照齐全"}, {"clause": "台账完整"}]
    assert take(Items(), HEADER + FIRST).present == 1


def test_is_carried_over_where_the_next_version_gives_none(take):
    assert take(Items(), HEADER + FIRST + SECOND + "\n").accepted == 2
    assert checklists() == [["证照齐全", "台账完整"]] * 2


def test_a_next_version_has_its_own_and_leaves_the_old_one(take):
    take(Items(), HEADER + FIRST)
    stays = {"clause": "台账完整", "standard": "GB 1", "method": "on_site", "severity": "serious"}
    ItemVersion.objects.update(checklist=[{"clause": "证照齐全"}, stays])

    assert take(Items(), HEADER + SECOND + "台账完整;留样\n").accepted == 1

    assert checklists() == [["证照齐全", "台账完整"], ["台账完整", "留样"]]
    assert ItemVersion.objects.get(version=2).checklist == [stays, {"clause": "留样"}]


PARTED = "证照齐全;台账完整 | GB 31654 | documents | serious;现场整洁｜｜现场检查｜"


def test_carries_standard_method_and_severity_where_they_are_said(take):
    assert take(Items(), HEADER + SECOND + PARTED + "\n").accepted == 1
    assert ItemVersion.objects.get().checklist == [
        {"clause": "证照齐全"},
        {
            "clause": "台账完整",
            "standard": "GB 31654",
            "method": "documents",
            "severity": "serious",
        },
        {"clause": "现场整洁", "method": "on_site"},
    ]


def test_is_the_same_where_the_file_leaves_parts_open_and_not_where_it_says_others(take):
    take(Items(), HEADER + SECOND + PARTED + "\n")
    assert take(Items(), HEADER + SECOND + "证照齐全;台账完整;现场整洁\n").present == 1
    other = take(Items(), HEADER + SECOND + "证照齐全;台账完整|GB 1;现场整洁\n")
    assert rules_broken(other) == {2: ["conflict"]}
    assert any("台账完整|GB 31654|documents|serious" in line for line in other.lines())


def test_a_next_version_may_say_another_severity_and_keeps_the_rest(take):
    take(Items(), HEADER + FIRST.replace("台账完整", "台账完整|GB 1|documents|minor"))
    assert take(Items(), HEADER + SECOND + "台账完整|||critical\n").accepted == 1
    assert ItemVersion.objects.get(version=2).checklist == [
        {"clause": "台账完整", "standard": "GB 1", "method": "documents", "severity": "critical"}
    ]


def test_may_stand_in_lines(take):
    cell = '"证照齐全|GB 1\n台账完整;\n\n留样"'
    assert take(Items(), HEADER + SECOND + cell + "\n").accepted == 1
    assert checklists() == [["证照齐全", "台账完整", "留样"]]


def test_a_further_basis_need_not_repeat_it(take):
    further = FIRST.replace("食品安全法", "产品质量法").replace("证照齐全；台账完整", "")
    assert take(Items(), HEADER + FIRST + further).accepted == 2
    assert take(Items(), HEADER + FIRST + further).present == 2
    assert checklists() == [["证照齐全", "台账完整"]]


@pytest.mark.parametrize("basis", ["食品安全法", "产品质量法"])
def test_of_a_published_version_is_not_changed(take, basis):
    take(Items(), HEADER + FIRST)
    other = FIRST.replace("台账", "记录").replace("食品安全法", basis)
    assert rules_broken(take(Items(), HEADER + other)) == {2: ["conflict"]}
    assert checklists() == [["证照齐全", "台账完整"]]


@pytest.mark.parametrize(
    ("cell", "code", "told"),
    [
        ("证照齐全;;台账完整", "empty_point", "has no words in point 2"),
        ("证照齐全；", "empty_point", "has no words in point 2"),
        (
            f"证照齐全;{'长' * 201}",
            "too_long",
            "point 2 “长长长长长长长长长长长长长长长长长长长长…” has 201",
        ),
        (
            "证照齐全;台账|GB|documents|grave",
            "choice",
            "point 2 “台账|GB|documents|grav…” is not",
        ),
        ("台账|a|documents|minor|x", "too_many_parts", "has 5 parts in point 1, at most 4"),
        ("|GB 1", "empty_point", "has no words in point 1"),
        ("证照齐全|GB 1;证照齐全", "repeated", "names something twice"),
        ("证照齐全;证照齐全", "repeated", "names something twice"),
        (";".join(map(str, range(101))), "too_many", "has 101 points, at most 100"),
    ],
)
def test_is_refused_by_row_value_and_point(take, cell, code, told):
    account = take(Items(), HEADER + SECOND + f"{cell}\n")
    assert rules_broken(account) == {2: [code]}
    said = next(line for line in account.lines() if "checklist" in line)
    assert said.startswith(f"Row 2, checklist = “{cell[:60]}")
    assert told in said
    assert not ItemVersion.objects.exists()


def test_may_have_as_many_and_as_long_points_as_told(take):
    cell = ";".join(f"{number:03}{'长' * 197}" for number in range(100))
    assert take(Items(), HEADER + SECOND + f"{cell}\n").accepted == 1
    assert [len(one) for one in checklists()[0]] == [200] * 100
