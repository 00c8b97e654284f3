"""The document of the rules says what the catalogue says."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from filings.management.commands.describe_rules import description
from filings.rules.catalogue import CATALOGUE, Asked


def test_the_document_is_not_stale():
    call_command("describe_rules", check=True)


def test_a_stale_document_is_noticed(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError, match="stale"):
        call_command("describe_rules", check=True)
    call_command("describe_rules")
    call_command("describe_rules", check=True)
    assert (Path(tmp_path) / "docs" / "rules.md").read_text(encoding="utf-8") == description()


def test_every_rule_stands_in_it_once():
    told = description()
    for code, entry in CATALOGUE.items():
        hard = "" if entry.asked == Asked.CLOCK else f" {entry.severity} |"
        assert told.count(f"| {entry.rule} | `{code}` | {entry.title} |{hard}") == 1
