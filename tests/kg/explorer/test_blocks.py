from __future__ import annotations

import base64
import json
import zlib

import pytest

from kg.explorer.blocks import columns, packed, script_json


@pytest.mark.parametrize(
    "text", ["</script><script>x()</script>", "<!-- <script>", "a\u2028b\u2029c", "]]>", "\x00\x1b"]
)
def test_script_json_cannot_leave_its_block(text: str) -> None:
    written = script_json({text: [text]})
    assert "<" not in written
    assert json.loads(written) == {text: [text]}


def test_script_json_survives_half_a_character() -> None:
    assert json.loads(script_json("a\ud800b")) == "a?b"


@pytest.mark.parametrize("value", [{"甲": ["</script>", 1.5, None]}, [], "半\ud800个"])
def test_packed_is_inert_and_can_be_unpacked(value: object) -> None:
    text = packed(value)
    assert text.isascii()
    assert not set(text) & set("<>&\"'")
    expected = "半?个" if value == "半\ud800个" else value
    assert json.loads(zlib.decompress(base64.b64decode(text))) == expected


def test_columns_write_what_is_missing_as_nought() -> None:
    assert columns([{"a": 1, "b": "x"}, {"b": ""}, {"a": None}], ("a", "b")) == {
        "a": [1, 0, 0],
        "b": ["x", 0, 0],
    }
