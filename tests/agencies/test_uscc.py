import pytest

from agencies import uscc

VALID = [
    "91110000600037341L",
    "11320000MB151840XJ",
    "91350100M000100Y43",
    "12220200412750000D",
    "N2220221MF00012353",
    "220202600000123",
]


@pytest.mark.parametrize("code", VALID)
def test_a_lawful_code_has_no_fault(code):
    assert uscc.fault(code) == ""


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("91350100M000100Y4Z", "character"),
        ("91350100M000100Y44", "check"),
        ("B1350100M000100Y43", "department"),
        ("9135", "length"),
        ("91350100m000100y43", "character"),
        ("９1350100M000100Y43", "department"),
    ],
)
def test_a_bad_code_is_told_what_is_wrong(code, fault):
    assert uscc.fault(code) == fault
