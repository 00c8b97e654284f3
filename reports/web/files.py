"""The files of a published version: what each is, in which format, and how large."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports import leaves
from reports.exports import FORMATS
from reports.models import Seal
from reports.schema import schema

JSON, TEXT = "application/json; charset=utf-8", "text/plain; charset=utf-8"
LINES = "application/x-ndjson; charset=utf-8"
VERIFIER = settings.BASE_DIR / "docs" / "verify_published.py"


@dataclass(frozen=True, slots=True)
class File:
    """One file: what it is, how it is written, and its content; `made` when it is asked for."""

    name: str
    title: Promise
    form: str
    media: str
    content: Callable[[Seal], str | bytes]
    made: bool = False

    def bytes_of(self, seal: Seal) -> bytes:
        """The whole file.  What is made tells its size from now on."""
        found = self.content(seal)
        whole = found.encode() if isinstance(found, str) else found
        if self.made:
            cache.set(self._place(seal), len(whole), None)
        return whole

    def size(self, seal: Seal) -> int | None:
        """How many bytes; None for what is made when asked for and nobody asked for yet."""
        return cache.get(self._place(seal)) if self.made else len(self.bytes_of(seal))

    def _place(self, seal: Seal) -> str:
        return f"published-size:{seal.pk}:{self.name}:{get_language()}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as the page names it."""

    name: str
    title: Promise
    form: str
    size: int | None


def _made(name: str, title: Promise, form: str, kind: str) -> File:
    """The figures in a format for people, in the language of the page."""
    write = FORMATS[kind]
    return File(name, title, form, write.media, lambda seal: write(seal.compilation), made=True)


TO_READ = (
    _made("report.pdf", _("The report to print"), "PDF/A", "pdf"),
    _made("figures.xlsx", _("Every table as a workbook"), "XLSX", "xlsx"),
    _made("figures.csv", _("Every table as text"), "CSV", "csv"),
    File(
        "figures.json", _("The figures as they were sealed"), "JSON", JSON,
        lambda seal: seal.compilation.figures,
    ),
    File(
        "schema.json", _("What is in figures.json"), "JSON Schema", JSON,
        lambda seal: json.dumps(schema(seal.compilation.found()), indent=1),
    ),
    _made("figures.parquet", _("A row for each figure, for programs"), "Parquet", "parquet"),
)  # fmt: skip
TO_CHECK = (
    File(
        "manifest.json", _("What was sealed, when and by whom"), "JSON", JSON,
        lambda seal: seal.manifest,
    ),
    File(
        "signature.txt", _("The signature of the manifest"), "Ed25519, Base64", TEXT,
        lambda seal: seal.signature,
    ),
    File(
        "public_key.txt", _("The key that checks it"), "Ed25519, Base64", TEXT,
        lambda seal: seal.public_key,
    ),
    File(
        "leaves.ndjson", _("A line for every filing counted"), "NDJSON", LINES,
        lambda seal: leaves.text_of(seal.leaves),
    ),
    File(
        "changes.json", _("What differs from the version before, and why"), "JSON", JSON,
        lambda seal: seal.changes,
    ),
    File(
        "verify_published.py", _("The program that checks all this, to be read and run"), "Python",
        TEXT, lambda seal: VERIFIER.read_text(encoding="utf-8"),
    ),
)  # fmt: skip
FILES = {one.name: one for one in (*TO_READ, *TO_CHECK)}


def shown(files: tuple[File, ...], seal: Seal) -> list[Shown]:
    """The files as the page of `seal` names them."""
    return [Shown(one.name, one.title, one.form, one.size(seal)) for one in files]
