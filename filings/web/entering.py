"""How one column of a register is typed in a page: chosen, picked in a calendar, or written."""

from django.utils.translation import gettext as _

from agencies.imports.checking import MAX_CELL, Choice, Day, flag
from agencies.imports.kind import Field
from agencies.imports.points import points
from filings.web.fields import DayField, one_of, words

LONGEST = 5000


def entry_field(ours: Field):
    """The form field that asks for what `ours` parses; its values are cells of a file."""
    said = {"label": str(ours.label).capitalize(), "required": ours.required}
    if isinstance(ours.parse, Choice):
        return one_of(choices=_chosen(ours.parse.choices.choices), **said)
    if ours.parse is flag:
        return one_of(choices=_chosen([("true", _("Yes")), ("false", _("No"))]), **said)
    if isinstance(ours.parse, Day):
        return DayField(**said)
    if ours.parse is points:
        told = _("One point a line: point | standard | method | severity")
        return words(most=MAX_CELL, rows=6, help_text=told, **said)
    told = _("For example: %(value)s") % {"value": ours.example} if ours.example else ""
    return words(most=LONGEST, help_text=told, **said)


def _chosen(choices):
    return [("", _("Choose")), *choices]
