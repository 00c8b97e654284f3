"""What a clerk needs to begin: the header, one example row, and what each column holds."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from agencies.imports.kind import Kind


def table(kind: Kind) -> str:
    """A CSV of the header and one example row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([ours.name for ours in kind.fields])
    writer.writerow([ours.example for ours in kind.fields])
    return out.getvalue()


def explained(kind: Kind) -> Iterator[str]:
    """One line for every column."""
    for ours in kind.fields:
        need = _("required") if ours.required else _("may be empty")
        yield f"{ours.name}: {ours.label} ({need})"
