"""A file on disk and its way through the import."""

import pytest
from django.utils import translation

from agencies.imports import batch, mapping
from agencies.journal import Actor
from tests.factories import NOW

REGIONS = "code,name,kind,parent,valid_from\n"
AGENCIES = "code,name,kind,region,qualified_from,valid_from\n"


@pytest.fixture(autouse=True)
def _english():
    """The refusals are compared in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def write(tmp_path):
    """Puts text or bytes into a file and gives its path."""

    def make(content, name="rows.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def take(write):
    """Takes a text, bytes or path in as `kind`, under a map given as TOML text."""

    def run(kind, content, rules="", **options):
        path = content if hasattr(content, "exists") else write(content)
        loaded = mapping.load(write(rules, "map.toml"), kind) if rules else mapping.Map()
        order = batch.Order(path=path, rules=loaded, **options)
        return batch.take(kind, order, by=Actor("沈会计"), at=NOW)

    return run


def rules_broken(account):
    """The codes of the rules that the shown rows break, by row number."""
    return {row.number: [fault.code for fault in row.faults] for row in account.first}
