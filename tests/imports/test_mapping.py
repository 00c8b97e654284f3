"""Foreign columns, values and dates under a map; a wrong map is refused by name."""

import pytest

from agencies.imports import mapping
from agencies.imports.faults import FileRefused
from agencies.imports.places import Regions
from agencies.models import Region
from tests.imports.conftest import rules_broken

RULES = """
kind = "regions"
ignore = ["Zip"]
[columns]
name = "City"
kind = "Sort"
valid_from = "Since"
[composed]
code = "99{State}{No}"
[constants]
parent = ""
[values.kind]
"S" = "province"
[dates]
valid_from = "%m/%d/%Y"
"""
HEADER = "State,No,City,Sort,Since,Zip\n"


@pytest.mark.django_db
def test_columns_values_dates_constants_and_composed_codes(take):
    account = take(Regions(), HEADER + "01,00,Illinois,S,3/5/2011,606\n", RULES)
    assert account.accepted == 1
    region = Region.objects.get(code="990100")
    assert (region.name, region.kind, str(region.valid_from)) == (
        "Illinois",
        "province",
        "2011-03-05",
    )


@pytest.mark.django_db
def test_a_composed_code_with_an_empty_part_is_empty(take):
    account = take(Regions(), HEADER + "01,,Illinois,S,3/5/2011,606\n", RULES)
    assert rules_broken(account) == {2: ["required"]}


@pytest.mark.django_db
def test_a_value_the_map_does_not_know_is_refused_under_its_own_column(take):
    account = take(Regions(), HEADER + "01,00,Illinois,X,3/5/2011,606\n", RULES)
    fault = account.first[0].faults[0]
    assert (fault.code, fault.field, fault.value) == ("no_translation", "Sort", "X")


@pytest.mark.django_db
def test_repeats_of_a_thing_count_as_present_where_the_map_says_so(take):
    row = "01,00,Illinois,S,3/5/2011,606\n"
    account = take(Regions(), HEADER + row + row, 'repeats = "first"\n' + RULES)
    assert (account.read, account.accepted, account.present) == (2, 1, 1)


@pytest.mark.django_db
def test_repeats_of_a_refused_row_are_refused(take):
    row = "01,00,Illinois,S,3/5/2011,606\n"
    rules = 'repeats = "first"\n' + RULES.replace('parent = ""', 'parent = "990000"')
    account = take(Regions(), HEADER + row + row, rules)
    assert rules_broken(account) == {2: ["parent"], 3: ["repeated"]}


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ("kind = ", "not valid TOML"),
        ('kind = "items"', "for items, not for regions"),
        ("[colums]", "colums"),
        ('[columns]\nnam = "x"', "unknown name nam"),
        ("[columns]\nname = 3", "texts"),
        ("columns = 3", "must be a table"),
        ('repeats = "last"', "repeats"),
        ('[file]\ndelimiter = ";;"', "delimiter"),
        ('[file]\nencoding = "latin-1"', "encoding"),
        ("ignore = [1]", "list of texts"),
        ("values.kind = 3", "texts"),
    ],
)
def test_a_wrong_map_is_refused_by_name(write, rules, named):
    with pytest.raises(FileRefused, match=named):
        mapping.load(write(rules, "map.toml"), Regions())


def test_a_map_that_is_missing_or_not_utf8(write, tmp_path):
    for path in (tmp_path, tmp_path / "none.toml", write("名".encode("gb18030"), "map.toml")):
        with pytest.raises(FileRefused):
            mapping.load(path, Regions())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ('[columns]\nname = "Town"', "does not have: Town"),
        ('[composed]\ncode = "{Town}"', "does not have: Town"),
        ("", "Unknown columns: State"),
    ],
)
def test_a_map_that_does_not_fit_the_file(take, rules, named):
    with pytest.raises(FileRefused, match=named):
        take(Regions(), HEADER + "1\n", rules)
