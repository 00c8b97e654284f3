"""What holds for the whole project: layers, sizes, migrations, translations, commands."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.utils import translation
from importlinter.cli import lint_imports

from agencies import jobs
from config import messages

BASE = Path(settings.BASE_DIR)
SOURCES = sorted(
    path
    for app in messages.APPS
    for path in (BASE / app).rglob("*.py")
    if "migrations" not in path.parts
)
TESTS = sorted((BASE / "tests").rglob("*.py"))
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
OURS = sorted(name for name, app in get_commands().items() if app in messages.APPS)


def name(path):
    return str(path.relative_to(BASE))


def code_lines(node):
    """The lines of a function without its docstring."""
    told = ast.get_docstring(node, clean=False)
    return node.end_lineno - node.lineno + 1 - (told.count("\n") + 1 if told else 0)


class TestImports:
    def test_go_one_way(self, monkeypatch, capsys):
        monkeypatch.chdir(BASE)
        assert lint_imports() == 0, capsys.readouterr().out


class TestSizes:
    def test_modules_have_at_most_300_lines(self):
        long = [name(path) for path in SOURCES if path.read_text("utf-8").count("\n") > 300]
        assert long == []

    def test_functions_have_at_most_45_lines(self):
        long = [
            f"{name(path)}:{node.lineno} {node.name}"
            for path in SOURCES
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.FunctionDef) and code_lines(node) > 45
        ]
        assert long == []

    def test_nothing_is_left_unfinished(self):
        left = [name(p) for p in SOURCES + TESTS if UNFINISHED.search(p.read_text("utf-8"))]
        assert left == []

    def test_every_module_says_what_it_is_for(self):
        silent = [
            name(path)
            for path in SOURCES
            if path.name not in ("__init__.py", "apps.py")
            and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
        ]
        assert silent == []


class TestDatabase:
    @pytest.mark.django_db
    def test_every_model_has_its_migration(self):
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)

    def test_a_task_ends_before_its_lease(self):
        assert jobs.LEASE.total_seconds() > settings.CELERY_TASK_TIME_LIMIT


class TestWords:
    def test_every_sentence_is_translated(self):
        assert messages.faults() == []

    def test_settings_are_described(self):
        call_command("describe_settings", "--check")

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    @pytest.mark.parametrize("command", OURS)
    def test_every_command_explains_itself(self, command, language):
        with translation.override(language):
            parser = load_command_class(get_commands()[command], command).create_parser(
                "manage.py", command
            )
            text = parser.format_help()
        assert parser.description
        assert "manage.py" in text


class TestPages:
    def test_load_nothing_from_elsewhere(self):
        foreign = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""")
        parts = ("templates/**/*.html", "static/**/*.css", "static/**/*.js")
        files = [p for app in messages.APPS for part in parts for p in (BASE / app).glob(part)]
        found = [name(path) for path in files if foreign.search(path.read_text("utf-8"))]
        assert found == []

    def test_carry_no_script_or_style_of_their_own(self):
        inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)")
        files = [p for app in messages.APPS for p in (BASE / app).glob("templates/**/*.html")]
        found = [name(path) for path in files if inline.search(path.read_text("utf-8"))]
        assert found == []
