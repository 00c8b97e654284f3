"""Every row is accepted for, and what is written is written whole."""

import csv

import pytest

from agencies import journal
from agencies.imports.faults import FileRefused
from agencies.imports.places import Regions
from agencies.models import Event, ImportBatch, Region
from tests.imports.conftest import REGIONS, rules_broken

pytestmark = pytest.mark.django_db

GOOD = (
    REGIONS + "220202,昌邑区,county,220200,2020-01-01\n220200,吉林市,prefecture,220000,2020-01-01\n"
)
TOP = "220000,吉林省,province,,2020-01-01\n"
BAD = "22020X,龙潭区,county,220200,2020-01-01\n220204,船营区,county,220200,2020-02-30\n"


def counts(account):
    return account.read, account.accepted, account.present, account.refused


def test_children_may_stand_before_their_parents(take):
    account = take(Regions(), GOOD + TOP)
    assert counts(account) == (3, 3, 0, 0)
    assert account.written
    assert Region.objects.get(code="220202").path == "220000/220200/220202/"


def test_one_bad_row_keeps_the_file_out(take):
    account = take(Regions(), GOOD + TOP + BAD)
    assert counts(account) == (5, 3, 0, 2)
    assert not account.written
    assert not Region.objects.exists()
    assert not ImportBatch.objects.exists()


def test_partial_takes_the_good_rows(take):
    account = take(Regions(), GOOD + TOP + BAD, partial=True)
    assert account.written
    assert set(Region.objects.values_list("code", flat=True)) == {"220000", "220200", "220202"}
    assert rules_broken(account) == {5: ["pattern"], 6: ["date"]}


def test_a_dry_run_says_the_same_and_changes_nothing(take):
    account = take(Regions(), GOOD + TOP + BAD, partial=True, dry_run=True)
    assert counts(account) == (5, 3, 0, 2)
    assert not Region.objects.exists()
    assert not Event.objects.exists()


def test_one_batch_and_one_event_tell_of_the_file(take):
    account = take(Regions(), GOOD + TOP + BAD, partial=True)
    batch = ImportBatch.objects.get()
    assert (batch.file_digest, batch.accepted, batch.refused) == (account.digest, 3, 2)
    event = Event.objects.get()
    assert (event.chain, event.verb, event.actor) == ("system", "import", "沈会计")
    assert account.digest in event.payload
    assert not list(journal.breaks())


def test_the_same_file_again_changes_nothing(take):
    take(Regions(), GOOD + TOP)
    again = take(Regions(), GOOD + TOP)
    assert counts(again) == (3, 0, 3, 0)
    assert not again.written
    assert Event.objects.count() == 1


def test_same_key_with_other_content_is_a_conflict_that_names_the_difference(take):
    take(Regions(), GOOD + TOP)
    account = take(Regions(), (GOOD + TOP).replace("昌邑区", "昌邑"))
    assert counts(account) == (3, 0, 2, 1)
    fault = account.first[0].faults[0]
    assert (fault.code, fault.field, fault.value) == ("conflict", "name", "昌邑")
    assert "昌邑区" in fault.rule


def test_a_repeated_row_is_refused_and_names_the_first(take):
    account = take(Regions(), GOOD + TOP + TOP)
    assert rules_broken(account) == {5: ["repeated"]}
    assert "4" in account.first[0].faults[0].rule


def test_a_child_of_a_refused_parent_is_refused(take):
    account = take(Regions(), GOOD + TOP.replace("2020-01-01", "2020"), partial=True)
    assert counts(account) == (3, 0, 0, 3)
    assert rules_broken(account)[2] == ["unknown_reference"]


def test_refused_rows_come_back_as_a_file_that_can_be_corrected(take, tmp_path):
    account = take(Regions(), GOOD + TOP + BAD, partial=True)
    path = account.refused_path
    assert path == tmp_path / "rows.csv.refused.csv"
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [(r["refused_row"], r["refused_field"]) for r in rows] == [
        ("5", "code"),
        ("6", "valid_from"),
    ]
    assert all(r["refused_rule"] and r["refused_mend"] for r in rows)
    mended = text.replace("22020X,", "220203,").replace("2020-02-30,", "2020-02-29,")
    path.write_text(mended, encoding="utf-8-sig")
    assert counts(take(Regions(), path)) == (2, 2, 0, 0)


def test_a_formula_is_defused_in_the_refused_file_and_comes_back(take):
    name = "=HYPERLINK(1)"
    row = f"220202,{name},county,220200,2020-02-30\n"
    path = take(Regions(), REGIONS + row).refused_path
    text = path.read_text(encoding="utf-8-sig")
    assert f"220202,'{name}" in text
    take(Regions(), GOOD[: len(REGIONS)] + GOOD.splitlines()[2] + "\n" + TOP)
    path.write_text(text.replace("2020-02-30", "2020-02-28"), encoding="utf-8-sig")
    assert take(Regions(), path).accepted == 1
    assert Region.objects.get(code="220202").name == name


def test_refused_rows_never_overwrite_an_earlier_file(take, tmp_path):
    take(Regions(), GOOD + TOP + BAD)
    assert take(Regions(), GOOD + TOP + BAD).refused_path.name == "rows.csv.refused.2.csv"


def test_no_refused_file_without_refused_rows(take, tmp_path):
    assert take(Regions(), GOOD + TOP).refused_path is None
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (REGIONS, "holds no rows"),
        ("code,name,kind,parent,valid_form\n" + TOP, "valid_form"),
        ("code,name,kind\n220000,吉林省,province\n", "valid_from"),
        ("code,code,name,kind,valid_from\n", "code"),
        (REGIONS + '220000,"吉林省,province,,2020-01-01\n', "line 2"),
        (REGIONS + "x" * 70_000, "64 KB"),
        ("", "empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(take, content, named):
    with pytest.raises(FileRefused, match=named):
        take(Regions(), content)
    assert not Region.objects.exists()


def test_a_broken_file_leaves_no_half_of_it(take, tmp_path):
    with pytest.raises(FileRefused):
        take(Regions(), GOOD + TOP + BAD + '1,"')
    assert not Region.objects.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
