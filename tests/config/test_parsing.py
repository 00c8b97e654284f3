"""What a client sends: every unreadable body is refused with a code that names the fault."""

import pytest
from django.http import QueryDict
from rest_framework.exceptions import ParseError

from agencies.query import BadParameter, check_parameters
from config.parsing import parse_object


class TestParseObject:
    def test_reads_one_object(self):
        assert parse_object('{"名": ["a\\n", 1, 1.5, null]}'.encode()) == {
            "名": ["a\n", 1, 1.5, None]
        }

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (b'{"a": 1, "a": 2}', "duplicate_key"),
            (b'{"a": {"b": 1, "b": 2}}', "duplicate_key"),
            (b'{"a": NaN}', "not_a_number"),
            (b'{"a": -Infinity}', "not_a_number"),
            (b'{"a": 1e999}', "not_a_number"),
            (b'{"a": ' + b"9" * 5000 + b"}", "number_too_long"),
            (b"[" * 100_000, "too_deep"),
            (b'{"a": ' * 33 + b"1" + b"}" * 33, "too_deep"),
            (b'{"a": "\\u0000"}', "control_character"),
            (b'{"a": ["\\ud800"]}', "control_character"),
            (b'{"\\u001b": 1}', "control_character"),
            (b"[1]", "not_an_object"),
            (b"null", "not_an_object"),
            (b"", "not_json"),
            (b"{", "not_json"),
            (b"\xef\xbb\xbf{}", "not_json"),
            ('{"a": "检"}'.encode("gbk"), "use_utf8"),
        ],
    )
    def test_refuses(self, body, code):
        with pytest.raises(ParseError) as refused:
            parse_object(body)
        assert refused.value.get_codes() == code

    def test_brackets_in_texts_are_not_depth(self):
        text = "[{" * 100 + '\\"'
        assert parse_object(b'{"a": "' + text.encode() + b'"}')["a"] == "[{" * 100 + '"'


class TestCheckParameters:
    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("agencyy=5", "unknown_parameter"),
            ("agency=1&agency=2", "repeated_parameter"),
            ("agency=%00", "control_character"),
            ("agency=" + "x" * 1001, "too_long"),
        ],
    )
    def test_refuses_by_name(self, query, code):
        with pytest.raises(BadParameter, match="agency") as refused:
            check_parameters(QueryDict(query), {"agency"})
        assert refused.value.code == code

    def test_lists_the_known_ones(self):
        with pytest.raises(BadParameter, match="agency, region"):
            check_parameters(QueryDict("x=1"), {"region", "agency"})

    def test_accepts_several_where_several_are_meant(self):
        check_parameters(QueryDict("status=a&status=b"), {"status"}, several={"status"})
