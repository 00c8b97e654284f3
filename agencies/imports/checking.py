"""Is this cell fit for this kind of field?  Each maker returns a parser that raises Unfit.

Nothing is repaired silently but blanks at the ends, the composed form of letters (NFC) and the
width of the marks in a name.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.db import models
from django.utils.translation import override

from agencies import uscc
from agencies.imports.faults import Said, Unfit
from agencies.imports.faults import said as _
from agencies.imports.workbook import DateCell, NumberCell

Parser = Callable[[str], Any]

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffd-\uffff]"
)
_NARROW = str.maketrans("（），：；", "(),:;")
CELL_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)?$")
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{1,2}$")
MARKS_IN_A_ROW = 8
MAX_CELL = 32_767
EARLIEST, LATEST = date(1949, 10, 1), date(2100, 12, 31)
YEAR_FIRST = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?$")
TRUE, FALSE = {"true", "是", "√", "yes", "1"}, {"false", "否", "×", "no", "0"}


def sound(value: str) -> None:
    """Refuse what no cell may hold: control and bidi characters, spreadsheet errors, floods."""
    found = FORBIDDEN.search(value)
    if found:
        raise Unfit(
            "forbidden_character",
            _("holds the invisible or forbidden character U+%(code)04X") % {"code": ord(found[0])},
            _("Delete that character, or type the value again."),
        )
    if CELL_ERROR.match(value):
        raise Unfit(
            "cell_error",
            _("is an error or a formula without a value in the spreadsheet"),
            _("Repair the formula, or paste the value in its place."),
        )
    if len(value) > MAX_CELL:
        raise Unfit("too_long", _("is longer than a cell can be"), _("Shorten it."))


def all_sound(cells: Iterable[str]) -> bool:
    """Whether no cell of a row can be unsound; looks at all of them in one go."""
    whole = "\n" + "\n".join(cells)
    return "\n#" not in whole and len(whole) <= MAX_CELL and not FORBIDDEN.search(whole)


def text(limit: int, *, lines: bool = False) -> Parser:
    """A text of at most `limit` characters, on one line unless `lines`."""

    def parse(value: str) -> str:
        value = unicodedata.normalize("NFC", value)
        if not lines and any(mark in value for mark in "\n\r\t"):
            raise Unfit("line_break", _("runs over several lines"), _("Write it on one line."))
        if len(value) > limit:
            raise Unfit(
                "too_long",
                _("has %(length)d characters, at most %(limit)d are possible")
                % {"length": len(value), "limit": limit},
                _("Shorten it."),
            )
        if not value.isascii() and _floods(value):
            raise Unfit(
                "combining_flood", _("piles up combining marks"), _("Type the value again.")
            )
        return value

    return parse


def _floods(value: str) -> bool:
    run = 0
    for character in value:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MARKS_IN_A_ROW:
            return True
    return False


def code(limit: int, pattern: str = "") -> Parser:
    """An identifier: one line, no lost digits, no full-width characters, `pattern` if given."""
    one_line = text(limit)
    shape = re.compile(pattern + r"\Z") if pattern else None

    def parse(value: str) -> str:
        _refuse_lost_digits(value)
        value = one_line(value)
        _refuse_wide(value)
        if shape and not shape.match(value):
            raise Unfit(
                "pattern",
                _("does not have the form %(pattern)s") % {"pattern": pattern},
                _("Write the code as it stands in the register."),
            )
        return value

    return parse


def _refuse_lost_digits(value: str) -> None:
    if isinstance(value, NumberCell | DateCell) or SCIENTIFIC.match(value):
        raise Unfit(
            "lost_digits",
            _("is a code that the spreadsheet turned into a number; digits may be lost"),
            _("Format the column as text and enter the code again."),
        )


def _refuse_wide(value: str) -> None:
    if not value.isascii() and unicodedata.normalize("NFKC", value) != value:
        raise Unfit(
            "full_width",
            _("holds full-width digits, letters or signs"),
            _("Type it with half-width characters."),
        )


def credit_code(value: str) -> str:
    """A unified social credit code of GB 32100, or a 15-digit number of before 2015."""
    value = code(18)(value)
    wrong = uscc.fault(value)
    if wrong:
        rules = {
            "length": _("has neither the 18 characters of a credit code nor the 15 of an old one"),
            "department": _("begins with a character no registering department has"),
            "character": _("holds a character GB 32100 does not use (I, O, S, V, Z, lower case)"),
            "check": _("has a check character that does not fit"),
        }
        raise Unfit(wrong, rules[wrong], _("Compare it with the licence."))
    return value


def narrow(name: str) -> str:
    """The name with its marks half as wide, as keyboards set to Latin write them."""
    return name.translate(_NARROW)


class Choice:
    """One of the codes of `choices`, or its name in either language."""

    def __init__(self, choices: type[models.TextChoices]) -> None:
        self.choices = choices

    @cached_property
    def known(self) -> dict[str, str]:
        """The code that each code or name stands for."""
        names = {member.value: member.value for member in self.choices}
        for language in ("en", "zh-hans"):
            with override(language):
                names.update({narrow(str(one.label)): one.value for one in self.choices})
        return names

    def __call__(self, value: str) -> str:
        if narrow(value) not in self.known:
            raise Unfit(
                "choice",
                _("is not one of the possible values"),
                _("Choose from: %(values)s.")
                % {"values": [_named(*one) for one in self.choices.choices]},
            )
        return self.known[narrow(value)]


def _named(code: str, label: Any) -> Said:
    return Said("%(code)s %(label)s", {"code": code, "label": label})


def choice(choices: type[models.TextChoices]) -> Choice:
    """One of the codes of `choices`, or its name in either language."""
    return Choice(choices)


def listed(parser: Parser) -> Parser:
    """Several values parted by semicolons, none twice."""
    parser = lru_cache(16_384)(parser)

    def parse(value: str) -> list[Any]:
        found = [parser(part.strip()) for part in re.split("[;；]", value) if part.strip()]
        if len(set(found)) < len(found):
            raise Unfit("repeated", _("names something twice"), _("Name each thing once."))
        return found

    return parse


class Day:
    """A calendar day: year first with four digits, or exactly one of `formats` if any are given."""

    def __init__(self, formats: tuple[str, ...] = ()) -> None:
        self.formats = formats

    def __call__(self, value: str) -> date:
        try:
            found = _written(value, () if isinstance(value, DateCell) else self.formats)
        except ValueError:
            found = None
        if found is None:
            wanted = " / ".join(self.formats) or "2022-03-05"
            raise Unfit("date", _("is not a date"), _("Write it as %(how)s.") % {"how": wanted})
        if not EARLIEST <= found <= LATEST:
            raise Unfit(
                "date_range", _("lies before 1949-10-01 or after 2100"), _("Correct the year.")
            )
        return found


def day(formats: tuple[str, ...] = ()) -> Day:
    """A calendar day: year first with four digits, or exactly one of `formats` if any are given."""
    return Day(formats)


def _written(value: str, formats: tuple[str, ...]) -> date | None:
    if isinstance(value, NumberCell):
        return None
    if formats:
        for form in formats if value.isascii() else ():
            try:
                return datetime.strptime(value, form).date()
            except ValueError:
                continue
        return None
    found = YEAR_FIRST.match(value)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


def whole(low: int, high: int) -> Parser:
    """A whole number written in plain digits."""

    def parse(value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) < 11):
            raise Unfit("whole_number", _("is not a whole number"), _("Write digits only."))
        if not low <= int(value) <= high:
            raise Unfit(
                "range",
                _("lies outside %(low)d to %(high)d") % {"low": low, "high": high},
                _("Correct the number."),
            )
        return int(value)

    return parse


def degrees(limit: int) -> Parser:
    """A coordinate in degrees with at most six places."""

    def parse(value: str) -> Decimal:
        if not re.match(r"-?[0-9]{1,3}(\.[0-9]{1,6})?\Z", value) or abs(Decimal(value)) > limit:
            raise Unfit(
                "coordinate",
                _("is not a coordinate within %(limit)d degrees") % {"limit": limit},
                _("Write it in decimal degrees with at most six places."),
            )
        return Decimal(value)

    return parse


def flag(value: str) -> bool:
    """Yes or no, in the ways clerks write it."""
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise Unfit("flag", _("is neither yes nor no"), _("Write true or false, 是 or 否."))
