"""The document that shows the life of a filing says what the workflow says."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from filings.management.commands.draw_states import drawing
from filings.workflow import STEPS


def test_the_document_is_not_stale():
    call_command("draw_states", check=True)


def test_a_stale_document_is_noticed(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError, match="stale"):
        call_command("draw_states", check=True)
    call_command("draw_states")
    call_command("draw_states", check=True)
    assert (Path(tmp_path) / "docs" / "states.md").read_text(encoding="utf-8") == drawing()


def test_every_way_is_drawn_and_every_verb_listed():
    drawn = drawing()
    for verb, step in STEPS.items():
        assert f"| `{verb}` |" in drawn
        for source in step.sources:
            assert f"{source} --> {step.target or source}: {verb}\n" in drawn
