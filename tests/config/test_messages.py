"""The catalogue: what the program says is found, kept and checked."""

import os

import pytest
from babel.messages.pofile import read_po, write_po

from config import messages


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A small program that says three sentences, beside an empty catalogue."""
    (tmp_path / "agencies" / "templates").mkdir(parents=True)
    (tmp_path / "agencies" / "words.py").write_text(
        'a = _("Hello %(name)s")\nb = ngettext("%(n)d row", "%(n)d rows", 2)\n'
    )
    (tmp_path / "agencies" / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "Page" %}'
        "{% blocktranslate with x=y trimmed %}So {{ x }}{% endblocktranslate %}"
    )
    monkeypatch.setattr(messages.settings, "BASE_DIR", tmp_path)
    return tmp_path / "locale/zh_Hans/LC_MESSAGES/django.po"


def fill(path, **changes):
    with path.open("rb") as source:
        found = read_po(source, locale="zh_Hans")
    for message in found:
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            text = changes.get(first, first)
            message.string = text if isinstance(message.id, str) else (text,)
    with path.open("wb") as out:
        write_po(out, found)


class TestMessages:
    def test_are_found_in_python_and_templates(self, catalogue):
        missing = messages.update()
        assert sorted(missing) == ["%(n)d row", "Hello %(name)s", "Page", "So %(x)s"]
        assert len(messages.faults()) == 4

    def test_are_complete_when_filled_and_stay_so(self, catalogue):
        messages.update()
        fill(catalogue, Page="页面")
        assert messages.faults() == []
        assert messages.update() == []
        assert "页面" in catalogue.read_text("utf-8")

    def test_a_sentence_no_longer_said_is_stale(self, catalogue):
        messages.update()
        fill(catalogue)
        (messages.settings.BASE_DIR / "agencies/templates/a.html").write_text("")
        assert messages.faults() == ["stale: Page", "stale: So %(x)s"]

    def test_a_foreign_placeholder_is_a_fault(self, catalogue):
        messages.update()
        fill(catalogue, **{"Hello %(name)s": "你好%(nom)s"})
        assert messages.faults() == ["placeholders differ: Hello %(name)s"]

    def test_are_compiled_only_when_newer(self, catalogue):
        messages.update()
        fill(catalogue)
        assert messages.compile_catalog() is True
        assert messages.compile_catalog() is False
        os.utime(catalogue, ns=(2**62, 2**62))
        assert messages.compile_catalog() is True
