"""Agencies, items, claims and officers: what is taken, what is refused, what is a conflict."""

from datetime import date, datetime

import pytest
import xlsxwriter

from agencies.imports.catalogue import Claims, Items
from agencies.imports.places import Agencies, Regions
from agencies.models import Agency, Claim, InspectionItem, ItemVersion, LegalBasis, Region
from officers.imports import Officers
from officers.models import Certificate, Officer
from tests import factories
from tests.imports.conftest import AGENCIES, REGIONS, rules_broken

pytestmark = pytest.mark.django_db


def test_a_division_that_was_renamed_is_a_new_row(take, province):
    account = take(
        Regions(),
        "code,name,kind,parent,valid_from,valid_to\n"
        "220299,旧区,county,220000,2021-01-01,2021-06-01\n"
        "220299,新区,county,220000,2021-06-01,\n"
        "220299,再新区,county,220000,2022-01-01,\n",
    )
    assert account.accepted == 2
    assert rules_broken(account) == {4: ["overlap"]}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("220298,某区,county,,2020-01-01", "parent"),
        ("220000,吉林省,province,220000,2020-01-01", "parent"),
        ("220298,某区,county,229999,2020-01-01", "unknown_reference"),
        ("220298,某区,county,220000,1950-01-01", "unknown_reference"),
        ("22029８,某区,county,220000,2020-01-01", "full_width"),
        ("220298,,county,220000,2020-01-01", "required"),
        ("220298,某区,kreis,220000,2020-01-01", "choice"),
        ("220298,#REF!,county,220000,2020-01-01", "cell_error"),
        ("220298,某\x00区,county,220000,2020-01-01", "forbidden_character"),
        ("220298,某区,county,220000,2020-01-01,x", "too_many_cells"),
    ],
)
def test_regions_refused(take, province, row, code):
    account = take(Regions(), f"{REGIONS}{row}\n")
    assert [*rules_broken(account).values()] == [[code]]
    assert Region.objects.count() == 1


def test_agencies_stand_under_each_other_in_any_order(take, district):
    account = take(
        Agencies(),
        "code,name,kind,region,parent,principal,uscc,qualified_from,valid_from\n"
        "A2,综合执法队,entrusted,220202,A1,A1,,2022-01-01,2022-01-01\n"
        "A1,市场监管局,行政机关,220202,,,11320000MB151840XJ,2022-01-01,2022-01-01\n".replace(
            "行政机关", "Administrative organ"
        ),
    )
    assert account.accepted == 2
    assert Agency.objects.get(code="A2").principal.code == "A1"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A1,局,entrusted,220202,2022-01-01,2022-01-01", "principal"),
        ("A1,局,organ,229999,2022-01-01,2022-01-01", "unknown_reference"),
        ("a-1,局,organ,220202,2022-01-01,2022-01-01", "pattern"),
        ("A1,局,organ,220202,2022-13-01,2022-01-01", "date"),
    ],
)
def test_agencies_refused(take, district, row, code):
    account = take(Agencies(), f"{AGENCIES}{row}\n")
    assert rules_broken(account) == {2: [code]}


def test_agencies_in_a_circle_are_refused(take, district):
    account = take(
        Agencies(),
        "code,name,kind,region,parent,qualified_from,valid_from\n"
        "A1,甲,organ,220202,A2,2022-01-01,2022-01-01\n"
        "A2,乙,organ,220202,A1,2022-01-01,2022-01-01\n",
    )
    assert rules_broken(account) == {2: ["unknown_reference"], 3: ["unknown_reference"]}


ITEMS = (
    "code,name,level,subject_kinds,methods,valid_from,valid_to,"
    "basis_rank,basis_title,basis_article\n"
)
ITEM = "SC-1,食品检查,county,enterprise;place,on_site,2022-01-01,,law,食品安全法,110\n"


def test_an_item_with_two_bases_takes_two_rows(take):
    content = ITEMS + ITEM + ITEM.replace("law,食品安全法,110", "regulation,条例,7")
    assert take(Items(), content).accepted == 2
    assert ItemVersion.objects.get().subject_kinds == ["enterprise", "place"]
    assert LegalBasis.objects.count() == 2
    again = take(Items(), content)
    assert (again.accepted, again.present) == (0, 2)


def test_a_new_version_follows_the_old_one(take):
    old = ITEM.replace("2022-01-01,,", "2020-01-01,2022-01-01,")
    assert take(Items(), ITEMS + old + ITEM).accepted == 2
    assert InspectionItem.objects.get().versions.count() == 2
    assert [v.version for v in ItemVersion.objects.order_by("valid_from")] == [1, 2]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ITEM.replace("2022-01-01", "2023-01-01"), "overlap"),
        (ITEM.replace("110", "111").replace("食品检查", "药品检查"), "conflict"),
        (ITEM.replace("食品检查", "药品检查"), "conflict"),
        (ITEM.replace("law,", ","), "basis"),
        (ITEM.replace("2022-01-01,,", "2022-01-01,2021-01-01,"), "period"),
    ],
)
def test_items_refused(take, row, code):
    take(Items(), ITEMS + ITEM)
    assert rules_broken(take(Items(), ITEMS + row)) == {2: [code]}


def test_claims(take, district):
    agency = factories.agency(district)
    code = factories.item().item.code
    content = f"agency,item,valid_from\n{agency.code},{code},2022-01-01\n"
    assert take(Claims(), content).accepted == 1
    assert take(Claims(), content).present == 1
    later = content.replace("2022-01-01", "2022-06-01")
    assert rules_broken(take(Claims(), later)) == {2: ["overlap"]}
    unknown = f"agency,item,valid_from\nNONE,{code}X,2022-01-01\n"
    assert rules_broken(take(Claims(), unknown)) == {2: ["unknown_reference"] * 2}
    assert Claim.objects.count() == 1


OFFICERS = (
    "agency,code,name,joined_on,certificate_issuer,certificate_number,"
    "certificate_from,certificate_to\n"
)


@pytest.fixture
def officer_row(district):
    agency = factories.agency(district)
    return f"{agency.code},0012,李𠮷,2020-01-01,司法厅,07020212,2021-01-01,2026-12-31\n"


def test_an_officer_with_two_certificates_takes_two_rows(take, officer_row):
    content = OFFICERS + officer_row + officer_row.replace("07020212", "07020213")
    assert take(Officers(), content).accepted == 2
    assert Officer.objects.get().certificates.count() == 2
    again = take(Officers(), content)
    assert (again.accepted, again.present) == (0, 2)


def test_an_officer_without_a_certificate(take, officer_row):
    row = officer_row.split(",司法厅")[0] + ",,,,\n"
    assert take(Officers(), OFFICERS + row).accepted == 1
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("李𠮷", "李吉", "conflict"),
        ("0012,李𠮷", "0013,李吉", "held_by_another"),
        ("2026-12-31", "", "required"),
        ("2026-12-31", "2020-12-31", "period"),
        ("07020212", "7.02E+10", "lost_digits"),
        ("2020-01-01", "2020年13月1日", "date"),
    ],
)
def test_officers_refused(take, officer_row, old, new, code):
    take(Officers(), OFFICERS + officer_row)
    account = take(Officers(), OFFICERS + officer_row.replace(old, new))
    assert rules_broken(account) == {2: [code]}


def test_a_workbook_with_chinese_headers(take, province, tmp_path):
    path = tmp_path / "区划.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet, day = workbook.add_worksheet(), workbook.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, ["代码", "名称", "类型", "上级", "有效期起"])
        sheet.write_row(1, 0, ["220298", "某区", "县(市、区)", "220000"])
        sheet.write_datetime(1, 4, datetime(2022, 3, 5), day)
        sheet.write_row(2, 0, [220299, "某区", "county", "220000", "2022-03-05"])
        sheet.write_row(3, 0, ["220297", "某县", "县（市、区）", "220000", "2022-03-05"])
    account = take(Regions(), path, partial=True)
    assert rules_broken(account) == {3: ["lost_digits"]}
    assert Region.objects.get(code="220298").valid_from == date(2022, 3, 5)
    kept = take(Regions(), path, 'numbers_as_text = ["代码"]')
    assert (kept.accepted, kept.present) == (1, 2)


def test_clerks_spreadsheets_in_gb18030(take, province):
    content = REGIONS + "220298,昌邑区𠮷,county,220000,2022-01-01\n"
    account = take(Regions(), content.encode("gb18030"))
    assert (account.encoding, account.accepted) == ("gb18030", 1)
    assert Region.objects.filter(name="昌邑区𠮷").exists()
