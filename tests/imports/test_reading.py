"""Which files are read, in which encoding, and which are refused."""

import struct
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from agencies.imports import reading
from agencies.imports.faults import FileRefused
from agencies.imports.reading import Layout
from agencies.imports.workbook import DateCell, NumberCell

TABLE = "code,name\n220202,昌邑区𠮷\n"
ROWS = [(1, ["code", "name"]), (2, ["220202", "昌邑区𠮷"])]


def read(path, **layout):
    source = reading.examine(path, Layout(**layout))
    return source.encoding, list(reading.rows(source, Layout(**layout)))


@pytest.mark.parametrize(
    ("written", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030")],
)
def test_encodings(write, written, found):
    assert read(write(TABLE.encode(written))) == (found, ROWS)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (TABLE.encode("utf-16"), "UTF-16"),
        ("a,b\ncafé,1\n".encode("latin-1"), "lines that are not UTF-8: 2"),
        ((TABLE * 3).encode() + "船营区,龙潭区\n".encode("gb18030"), "not UTF-8: 7"),
        ("\ufeff".encode() + "船营区".encode("gb18030"), "not UTF-8: 1"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old .xls"),
        (b"<!DOCTYPE html><table>", "web page"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 no archive", "damaged"),
    ],
)
def test_other_files_are_named_for_what_they_are(write, content, named):
    with pytest.raises(FileRefused, match=named):
        read(write(content))


def test_a_directory_and_a_missing_file(tmp_path):
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(FileRefused, match="cannot be read"):
            read(path)


def test_blank_rows_are_passed_over_but_counted(write):
    assert read(write("a\n\n1\n ,\n2\n"))[1] == [(1, ["a"]), (3, ["1"]), (5, ["2"])]


def test_another_delimiter(write):
    assert read(write("a;b\n1;2\n"), delimiter=";")[1][1] == (2, ["1", "2"])


@pytest.fixture
def book(tmp_path):
    """Makes a workbook by a function of its sheets and gives its path."""

    def make(fill, sheets=1):
        path = tmp_path / "rows.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            fill(workbook, *[workbook.add_worksheet() for _ in range(sheets)])
        return path

    return make


def test_cells_keep_what_they_are(book):
    def fill(workbook, sheet):
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(2, 1, ["a", 12, 911100006000373400])
        sheet.write_datetime(3, 1, datetime(2022, 3, 5), day)
        sheet.write_boolean(3, 2, True)

    encoding, rows = read(book(fill))
    assert encoding == "xlsx"
    assert rows == [(3, ["a", "12", "9.111000060003734e+17"]), (4, ["2022-03-05", "true", ""])]
    assert isinstance(rows[0][1][1], NumberCell)
    assert isinstance(rows[1][1][0], DateCell)


def test_errors_and_formulas_without_a_value_do_not_look_empty(book):
    def fill(workbook, sheet):
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 1, "=A1", None, "")

    assert read(book(fill))[1][1] == (2, ["#DIV/0!", "#N/A"])


@pytest.mark.parametrize(
    ("fill", "named"),
    [
        (lambda w, a, b: (a.write(0, 0, "x"), b.write(0, 0, "y")), "several filled sheets"),
        (lambda w, a, b: a.merge_range("A1:B2", "x"), "merged cells"),
        (lambda w, a, b: a.write(1048575, 16383, "x"), "row 1048576, column 16384"),
        (lambda w, a, b: None, "no filled sheet"),
    ],
)
def test_workbooks_that_would_be_guessed_at_or_burst(book, fill, named):
    with pytest.raises(FileRefused, match=named):
        read(book(fill, sheets=2))


def test_the_map_names_the_sheet(book):
    path = book(lambda w, a, b: (a.write(0, 0, "x"), b.write(0, 0, "y")), sheets=2)
    assert read(path, sheet="Sheet2")[1] == [(1, ["y"])]


def archive(path, parts, declared=None):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    if declared is not None:
        content = path.read_bytes()
        size = struct.pack("<L", max(map(len, parts.values())))
        path.write_bytes(content.replace(size, struct.pack("<L", declared)))
    return path


@pytest.mark.parametrize(
    ("parts", "declared", "named"),
    [
        ({"a.txt": b""}, None, "not an XLSX"),
        ({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}, None, "macros"),
        ({"xl/workbook.xml": b" " * (101 << 20)}, None, "more than 100 MB"),
        ({"xl/workbook.xml": b" " * (3 << 20)}, 10, "damaged"),
        ({"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, None, "entities"),
        ({"xl/workbook.xml": b"<row" + b" " * (9 << 20)}, None, "row is too long"),
        ({"xl/workbook.xml": b"<workbook/>"}, None, "damaged"),
    ],
)
def test_bombs_are_not_opened(tmp_path, parts, declared, named):
    with pytest.raises(FileRefused, match=named):
        read(archive(tmp_path / "rows.xlsx", parts, declared))
