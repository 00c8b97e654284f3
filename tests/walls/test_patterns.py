"""No pattern can hold a request up: each reads 50,000 unfriendly characters at once (P38)."""

import ast
import re
import time
from pathlib import Path
from re import _constants as kinds
from re import _parser as parser

import pytest
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parents[2]
APPS = ("agencies", "config", "filings", "officers", "reports")
LONG = 50_000
UNFRIENDLY = [
    *(sign * LONG + "!" for sign in "a0A -_.:名"),
    "a " * (LONG // 2) + "!",
    "aA0_-. " * (LONG // 7) + "\x00",
    "12:" * (LONG // 3),
]
SECONDS = 0.05
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT)
MANY = 1000


def collected():
    """Every pattern written in the code and every address, once."""
    found = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            found |= written(path.read_text(encoding="utf-8"))
    found |= set(_addresses(get_resolver()))
    return sorted(found)


def written(source):
    """The patterns given to the module re as literals, and those of views and fields."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if of_re and node.args and isinstance(node.args[0], ast.Constant):
            found.add(node.args[0].value)
    return {one for one in found if isinstance(one, str)}


def _addresses(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.pattern.regex.pattern
        else:
            yield from _addresses(entry)


def nested(pattern):
    """Whether something repeated without end is itself repeated without end."""
    return _nested(parser.parse(pattern), inside=False)


def _nested(parts, *, inside):
    for kind, value in parts:
        if kind in REPEATS:
            _least, most, repeated = value
            endless = most is kinds.MAXREPEAT or most >= MANY
            if (endless and inside) or _nested(repeated, inside=inside or endless):
                return True
        inner = [value[-1]] if kind is kinds.SUBPATTERN else []
        inner += value[1] if kind is kinds.BRANCH else []
        if any(_nested(one, inside=inside) for one in inner):
            return True
    return False


PATTERNS = collected()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_answers_at_once(pattern):
    compiled = re.compile(pattern)
    for text in UNFRIENDLY:
        began = time.process_time()
        compiled.match(text)
        compiled.fullmatch(text)
        assert time.process_time() - began <= 2 * SECONDS, text[:10]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_repetition_is_repeated(pattern):
    assert not nested(pattern)


def test_the_patterns_are_found():
    assert len(PATTERNS) > 100
    assert written("import re\nre.fullmatch('x+', text)") == {"x+"}


def test_a_dangerous_pattern_is_flagged():
    assert nested(r"^(\w+\s?)*$")
    assert not nested(r"[a-z]{1,40}(-[a-z]{1,40}){0,3}")
